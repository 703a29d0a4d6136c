using GpuSampling.Generators.Tests.Support;

namespace GpuSampling.Generators.Tests;

/// <summary>
/// How log-densities are parted into prior and likelihood: no part counts twice or never. The check compares with the same C# run
/// with dual numbers, and sums the likelihood over ranges of its terms.
/// </summary>
public class TermSplitTests
{
    [Theory]
    [InlineData("return 1;")]
    [InlineData("return 1.5 - Density.Normal(x[0], a, 1) + 2 * 3.0;")]
    [InlineData("double target = 2; if (a > 0) { target -= 1.4; } target += Density.Normal(x[0], a, 1); return target;")]
    [InlineData("double scale = 2; double target = Density.Normal(a, 0, scale); target += Density.Normal(x[0], a, scale); return target + scale;")]
    [InlineData("double r = Math.Tanh(a); double target = r; if (r > 0.1) { target += x[0] * b; } return target;")]
    [InlineData("double r = Math.Tanh(a); double target = r; double[] v = new double[2]; v[1] = r; target += x[1] * v[1]; return target;")]
    [InlineData("double r = Math.Tanh(a), q = r; double target = r; for (int n = 0; n < N; n++) { q = 0.5 * q + x[n] * b; } target += q; return target;")]
    [InlineData("double target = Math.Tanh(a) - N * (x[0] * a); for (int n = 0; n < N; n++) { target += Density.Normal(x[n], a, 1); } return target;")]
    [InlineData("double target = 0; for (int n = 0; n < N; n++) { target += x[0] * a; } for (int n = 0; n < N; n++) { target += Density.Normal(x[n], b, 1); } return target;")]
    [InlineData("if (a < -1) { return double.NegativeInfinity; } double target = Density.Normal(a, 0, 1); for (int n = 0; n < N; n++) { target += Density.Normal(x[n], a, 1); } return target;")]
    public void Every_part_counts_once(string body) => ModelCase.Check(
        $$"""
        [Model]
        public partial class Parted
        {
            [Data] public required int N;
            [Data("N")] public required double[] x;
            [Parameter] double a, b;

            double LogDensity()
            {
                {{body}}
            }
        }
        """, """{"N": 5, "x": [0.3, -1.2, 0.8, 1.9, 0.4]}""", points: 20);
}
