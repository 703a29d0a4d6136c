using GpuSampling.Generators.Tests.Support;
using GpuSampling.Modeling;

namespace GpuSampling.Generators.Tests;

/// <summary>
/// Values computed outside any branch whose derivative is infinite or NaN, and which the program then chooses away: C# does not
/// depend on them, so the gradient is that of the branch taken. Zero times infinity must not come into it. (Stan and JAX return
/// NaN here.) Against the same C# run with dual numbers, and finite wherever a value is.
/// </summary>
public class ChosenAwayTests
{
    [Theory]
    [InlineData("double z = Math.Sqrt(a); r += a > 0 ? z : 0;")]
    [InlineData("double z = Math.Sqrt(a); if (a > 0) { r += z; }")]
    [InlineData("double z = Math.Log(a) * b; double u = z / a; r += a > 0 ? u : b;")]
    [InlineData("double z = Math.Exp(900 * a) * b; r += a < 0.7 ? z : b * a;")] // overflows
    [InlineData("double z = Math.Pow(a, b); z *= z; r += a > 0 ? z : a;")]
    [InlineData("double z = Math.Sqrt(a); double u = z; if (a < 0) { u = b; } r += u * u;")]
    public void Scalars(string statements) => Check(statements);

    [Theory]
    [InlineData("double z = Math.Sqrt(a); if (k[0] > 5) { for (int i = 0; i < 3; i++) { r += z * i; } } else { r += a > 0 ? z : b; }")]
    [InlineData("double z = Math.Sqrt(a); if (k[0] > 5) { double[] v = [z, b]; for (int i = 0; i < 2; i++) { r += v[i]; } }")]
    [InlineData("double z = Math.Sqrt(a); for (int i = 0; i < k[1]; i++) { r += z * i; }")] // no iteration
    [InlineData("double z = Math.Sqrt(a); for (int i = 0; i < k[1]; i++) { r += z; }")]
    [InlineData("double z = Math.Sqrt(a); for (int i = 0; i < 3; i++) { r += a > 0.2 * i ? z * i : b; }")] // chosen away in every iteration
    [InlineData("double z = Math.Sqrt(a); for (int i = 0; i < 3; i++) { if (a > 0.2 * i) { r += z * i; } }")]
    [InlineData("double z = Math.Sqrt(a); for (int i = 0; i < 3; i++) { if (k[i] > 5) { for (int j = 0; j < 2; j++) { r += z * j; } } }")]
    public void Scalars_of_loops_and_branches_around(string statements) => Check(statements);

    [Theory]
    [InlineData("double[] v = new double[3]; for (int i = 0; i < 3; i++) { v[i] = Math.Sqrt(a - 0.3 * i); } for (int i = 0; i < 3; i++) { r += a > 0.3 * i ? v[i] : b; }")]
    [InlineData("double[] v = new double[3]; for (int i = 0; i < 3; i++) { v[i] = Math.Sqrt(a - 0.3 * i); } for (int i = 0; i < 3; i++) { if (a > 0.3 * i) { r += v[i] * b; } }")]
    [InlineData("double[] v = [Math.Sqrt(a), b]; r += a > 0 ? v[0] : v[1];")]
    [InlineData("double[] v = [Math.Sqrt(a), b]; if (a < 0) { v[0] = b * b; } r += v[0] * v[1];")]
    [InlineData("double[] v = [Math.Sqrt(a), b]; v[0] = a; r += v[0] * v[1];")] // overwritten
    [InlineData("double[] v = new double[3]; for (int i = 0; i < 3; i++) { v[i] = Math.Sqrt(a - i); } v[k[0]] = b; r += v[k[0]];")] // not read
    [InlineData("double[] v = [b, b]; for (int i = 0; i < 3; i++) { v[i % 2] += Math.Log(a) / a; } r += a > 0 ? v[0] + v[1] : a;")]
    [InlineData("double[] v = [Math.Log(a), b]; double[] w = [v[0] * v[1], b]; r += a > 0 ? w[0] : w[1];")]
    [InlineData("double[] v = [a, b]; for (int i = 0; i < 3; i++) { v[0] = Math.Sqrt(v[0] - 0.1) * v[1]; } r += v[0] > 0 ? v[0] : v[1];")]
    [InlineData("double[,] m = new double[2, 2]; for (int i = 0; i < 2; i++) { for (int j = 0; j < 2; j++) { m[i, j] = Math.Log(a - 0.2 * i) * Math.Sqrt(b + j); } } for (int i = 0; i < 2; i++) { for (int j = 0; j < 2; j++) { if (a > 0.2 * i && b > -j) { r += m[i, j]; } } }")]
    public void Arrays(string statements) => Check(statements);

    [Theory]
    [InlineData("double z = a; for (int i = 0; i < 3; i++) { r += z > 0 ? z : b; z = Math.Sqrt(z - 0.4); }")] // the last is not read
    [InlineData("double z = Math.Sqrt(a); for (int i = 0; i < 3; i++) { z = a > 0 ? Math.Sin(z + i) : b; } r += z;")]
    [InlineData("double z = a; for (int i = 0; i < 4; i++) { z = i == 3 && a < 0.5 ? b : Math.Sqrt(z) + 0.1; } r += z;")]
    [InlineData("double z = a; for (int i = 0; i < 4; i++) { z = k[i] > 0 ? b : Math.Sqrt(z) * b; } r += z;")]
    [InlineData("double z = a, u = b; for (int i = 0; i < 3; i++) { u = z > 0 ? u * z : u; z = Math.Log(z) + 0.2; } r += u;")]
    [InlineData("for (int i = 0; i < 3; i++) { double z = Math.Sqrt(a - 0.2 * i); double[] v = [z, z * b]; if (a > 0.2 * i) { r += v[1]; } }")]
    [InlineData("double z = a; for (int i = 0; i < 3; i++) { double u = b; for (int j = 0; j < 2; j++) { u = Math.Sqrt(u) + z; } z = b > 0 && z > 0 ? Math.Sin(u) : a; } r += z;")]
    public void Values_that_loops_carry(string statements) => Check(statements);

    [Theory]
    [InlineData("r += Guarded(a) * b;", "static double Guarded(double x) { double s = Math.Sqrt(x); return x > 0 ? s : 0; }")]
    [InlineData("r += Guarded(a) * b;", "static double Guarded(double x) { double s = Math.Sqrt(x); if (x <= 0) { return 0; } return s; }")]
    [InlineData("r += Guarded(Roots(a));", "static double[] Roots(double x) { double[] v = new double[3]; for (int i = 0; i < 3; i++) { v[i] = Math.Sqrt(x - 0.3 * i); } return v; } double Guarded(double[] v) { double s = 0; foreach (double one in v) { if (one > 0) { s += one; } } return s; }")]
    [InlineData("for (int i = 0; i < 3; i++) { r += First(a - 0.2 * i, i); }", "double First(double x, int n) { double s = Math.Log(x), t = Math.Sqrt(x); for (int i = 0; i < n; i++) { if (x > 0.1) { s += t; continue; } s = b; } return x > 0 ? s : n; }")]
    public void Values_of_methods(string statements, string method) => Check(statements, method);

    /// <summary>The comparison would see it: a value that is not chosen away passes its infinite derivative on.</summary>
    [Fact]
    public void Infinite_derivatives_of_what_counts_are_kept()
    {
        object model = ModelCase.Create(Source("double[] v = [Math.Sqrt(a), b]; r += k[1] == 0 ? v[0] : v[1];", ""), Data);
        Assert.Equal(double.PositiveInfinity, KernelRun.At(((IModelDefinition)model).ToPosterior(), [0, 0.5]).Gradient[0]);
    }

    private const string Data = """{ "k": [1, 0, 2, 1] }""";

    private static void Check(string statements, string method = "")
    {
        object model = ModelCase.Check(Source(statements, method), Data, points: 30);
        Posterior posterior = ((IModelDefinition)model).ToPosterior();
        double[][] points = [.. GradientCheck.Points(2, 30, 1, 3)];
        Assert.Contains(points, point => point[0] < 0);
        foreach (double[] point in points)
        {
            Evaluation at = KernelRun.At(posterior, point);
            Assert.True(double.IsFinite(at.LogDensity) && at.Gradient.All(double.IsFinite), $"The gradient at {point[0]}, {point[1]} is {at.Gradient[0]}, {at.Gradient[1]}.");
        }

        LaneBits.AssertSameForAllWidths(posterior, [.. GradientCheck.Points(2, 16, 1, 3)]);
    }

    private static string Source(string statements, string method) => $$"""
        [Model]
        public partial class Chosen
        {
            [Data("4")] public required int[] k;
            [Parameter] double a, b;

            double LogDensity()
            {
                double r = 0.3 * b;
                {{statements}}
                return r - a * a - b * b;
            }

            {{method}}
        }
        """;
}
