using GpuSampling.Generators.Tests.Support;
using GpuSampling.Modeling;

namespace GpuSampling.Generators.Tests;

/// <summary>Sizes and bounds in every order and form that C# allows, and data without rows.</summary>
public class DeclarationTests
{
    [Fact]
    public void Sizes_may_be_those_of_other_data_and_call_functions() => ModelCase.CheckAll(
        """{"N": 4, "K": 2, "x": [[1, 2], [0.5, 1], [3, 1], [2, 2]], "w": [0.3, 0.4], "v": [1, 2], "z": [1, 2, 3]}""",
        """
        [Model]
        public partial class Sized
        {
            [Data("x.GetLength(1)")] public required double[] w;
            [Data("Half(N)")] public required double[] v;
            [Data("Half(n: w.Length) + w.Length")] public required double[] z;
            [Data] public required int N, K;
            [Data("N", "K")] public required double[,] x;
            [Parameter("Half(N)", Lower = "-Twice(w[0], 1)")] double[] p = [];
            [Parameter] double a;
            [Parameter(Lower = "a", Upper = "a + Twice(b: Half(N), a: v[1])")] double q;
            static int Half(int n) => n / 2;
            static double Twice(double a, double b) => 2 * a + b;
            double LogDensity()
            {
                double t = -a * a - q * q;
                for (int k = 0; k < K; k++)
                {
                    for (int n = 0; n < N; n++) { t -= x[n, k] * w[k] * a * a; }
                    t += v[k] * p[k] - z[k] * p[k] * p[k];
                }

                return t;
            }
        }
        """);

    /// <summary>An empty array of rows has as many columns as its declaration says.</summary>
    [Fact]
    public void Data_may_have_no_rows() => ModelCase.CheckAll(
        """{"N": 0, "K": 2, "x": [], "j": [], "y": [], "free": []}""",
        """
        [Model]
        public partial class Rowless
        {
            [Data] public required int N, K;
            [Data("N", "K")] public required double[,] x;
            [Data("N", "K")] public required int[,] j;
            [Data("N")] public required double[] y;
            [Data] public required double[,] free;
            [Parameter("K")] double[] beta = [];
            [Parameter(Lower = 0)] double sigma;
            double LogDensity()
            {
                double t = Density.StandardNormal(beta[0]) + Density.StandardNormal(beta[1]) + Density.HalfNormal(sigma, 1);
                for (int n = 0; n < N; n++)
                {
                    t += Density.Normal(y[n], LinearAlgebra.RowDot(x, n, beta) + j[n, 0] * free[n, 0], sigma);
                }

                return t;
            }
        }
        """);

    /// <summary>Plain C# and the kernel see the same columns, those declared, already when data are prepared.</summary>
    [Fact]
    public void Columns_without_rows_are_those_declared() => ModelCase.CheckAll(
        """{"N": 0, "K": 3, "x": [], "j": [], "y": [], "v": [1, 2], "free": []}""",
        """
        [Model]
        public partial class Columns
        {
            [Data] public required int N, K;
            [Data("N", "K")] public required double[,] x;
            [Data("N", "2 * K + 1")] public required int[,] j;
            [Data("N", "v.Length")] public required double[,] y;
            [Data] public required double[] v;
            [Data] public required double[,] free;
            [TransformedData("K", "K")] double[,] R = new double[0, 0];
            [TransformedData("N", "4")] double[,] W = new double[0, 0];
            [Parameter] double mu;
            [Parameter("x.GetLength(1)")] double[] beta = [];
            [Generated] double a, b, c, d, e;
            void Prepare()
            {
                R = new double[x.GetLength(1), x.GetLength(1)];
                R[0, j.GetLength(1) - 5] = 2;
            }
            double LogDensity() => -mu * mu * x.GetLength(1) * j.GetLength(1) - x.Length + beta[2] * R[0, 2] - W.GetLength(1) * mu - y.GetLength(1) - free.GetLength(1);
            void Generate()
            {
                a = x.GetLength(1);
                b = j.GetLength(1) + j.GetLength(0);
                c = W.GetLength(1);
                d = y.GetLength(1);
                e = free.GetLength(1);
            }
        }
        """);

    [Theory]
    [InlineData("1", "2", true)]
    [InlineData("2", "1", false)]
    [InlineData("1", "1", false)]
    public void Bounds_that_data_give_are_in_order(string low, string high, bool isAllowed)
    {
        IModelDefinition model = (IModelDefinition)ModelCase.Create(
            """
            [Model]
            public partial class Bounded
            {
                [Data] public required double low, high;
                [Parameter] double a;
                [Parameter(Lower = "low", Upper = "high + 0.25")] double b;
                [Parameter(Lower = "a", Upper = "a + b")] double c;
                double LogDensity() => -a * a - b - c;
            }
            """, $$"""{"low": {{low}}.25, "high": {{high}}}""");
        if (isAllowed)
        {
            Assert.Equal(3, model.ToPosterior().Dimension);
            return;
        }

        ArgumentException refusal = Assert.Throws<ArgumentException>(() => model.ToPosterior());
        Assert.Contains($"the bounds of 'b' are {low}.25 and {high}.25", refusal.Message, StringComparison.Ordinal);
    }
}
