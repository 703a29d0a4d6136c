using System.Reflection;
using GpuSampling.Generators.Tests.Support;
using GpuSampling.Modeling;

namespace GpuSampling.Generators.Tests;

/// <summary>Faults of data are told of the data. Kernels check no index: data with which one leaves its array are refused when they are bound, not read from foreign memory.</summary>
public class IndexTests
{
    [Theory]
    [InlineData("null", "the data 'y' are missing")]
    [InlineData("NaN", "y[1] is NaN")]
    public void Data_that_cannot_be_prepared_are_named_themselves(string fault, string message)
    {
        const string source = """
            [Model]
            public partial class Prepared
            {
                [Data] public required double[] y;
                [TransformedData] double mean;
                [TransformedData] double[] centred = [];
                [Parameter] double x;

                void Prepare()
                {
                    mean = (y[0] + y[1]) / 2;
                    centred = [y[0] - mean, y[1] - mean];
                }

                double LogDensity() => Density.Normal(x, mean, centred[0]);
            }
            """;
        dynamic model = Activator.CreateInstance(GeneratorRun.Of(source).Load().GetType("Prepared")!)!;
        model.y = fault == "null" ? null : new[] { 1, double.NaN };
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => ((IModelDefinition)model).ToPosterior());
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("t += Density.Normal(y[n], mu[g[n]], 1);", "")]
    [InlineData("t += Density.Normal(y[n], matrix[1, g[n]], 1);", "")]
    [InlineData("t += Density.Normal(y[n] + level[g[n]], mu[0], 1);", "")]
    [InlineData("t += Density.Normal(mu[0], Math.Exp(level[g[n]]), 1);", "")]
    [InlineData("t += Density.Normal(Pick(mu, g[n]), y[n], 1);", "")]
    [InlineData("t += Density.Normal(mu[0], y[n], 1);", "for (int n = 0; n < N; n++) shown[n] = mu[g[n]];")]
    public void Out_of_bounds_is_refused_when_data_are_bound(string term, string generated)
    {
        string source = $$"""
            [Model]
            public partial class Groups
            {
                [Data] public required int N, G;
                [Data(nameof(N))] public required double[] y;
                [Data(nameof(N))] public required int[] g;
                [Data(nameof(G))] public required double[] level;
                [Parameter(nameof(G))] double[] mu = [];
                [Parameter("2", nameof(G))] double[,] matrix = new double[0, 0];
                [Generated(nameof(N))] double[] shown = [];

                double LogDensity()
                {
                    double t = 0;
                    for (int k = 0; k < G; k++)
                    {
                        t += Density.Normal(mu[k], 0, 1) + Density.Normal(matrix[0, k], matrix[1, k], 1);
                    }

                    for (int n = 0; n < N; n++)
                    {
                        {{term}}
                    }

                    return t;
                }

                static double Pick(double[] values, int index) => values[index];

                void Generate() { {{generated}} }
            }
            """;
        MethodInfo read = GeneratorRun.Of(source).Load().GetType("Groups")!.GetMethod("FromJson")!;
        Bind("[0, 2, 1]");
        foreach (string indices in new[] { "[0, 3, 1]", "[0, -1, 1]", "[0, 100000000, 1]" })
        {
            ArgumentException refusal = Assert.Throws<ArgumentException>(() => Bind(indices));
            Assert.Contains("an index lies outside of its array", refusal.Message, StringComparison.Ordinal);
            Assert.Contains("g is from ", refusal.Message, StringComparison.Ordinal);
            Assert.Contains("G = 3", refusal.Message, StringComparison.Ordinal);
        }

        void Bind(string indices)
        {
            using var data = System.Text.Json.JsonDocument.Parse($$"""{"N": 3, "G": 3, "y": [1, 2, 3], "level": [0, 1, 2], "g": {{indices}}}""");
            ((IModelDefinition)read.Invoke(null, [data.RootElement])!).ToPosterior();
        }
    }
}
