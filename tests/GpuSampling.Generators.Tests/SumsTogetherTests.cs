using System.Text.RegularExpressions;
using GpuSampling.Generators.Tests.Support;

namespace GpuSampling.Generators.Tests;

/// <summary>Parts of one derivative that a recurrence adds up are one sum, and the derivatives stay right.</summary>
public partial class SumsTogetherTests
{
    private const string Data = """{"N": 5, "y": [0.5, -0.2, 1.1, 0.3, -0.7]}""";

    /// <summary>Four calls of a function of a and b in each step: four parts of each of their derivatives.</summary>
    private const string Recurrence = """
        [Model]
        public partial class Recurrence
        {
            [Data] public required int N;
            [Data("N")] public required double[] y;
            [Parameter] double a, b;
            double Rate(double u) => a * Math.Sin(u) - b * Math.Cos(2 * u);
            double LogPrior() => -a * a - b * b;
            double LogLikelihood()
            {
                double t = 0, u = 0.3;
                for (int n = 0; n < N; n++)
                {
                    for (int s = 0; s < 3; s++)
                    {
                        double first = Rate(u), second = Rate(u + 0.02 * first), third = Rate(u + 0.03 * second);
                        u = 0.5 * u + 0.02 * (first - second) - 0.03 * third + 0.01 * Rate(u - 0.1 * third);
                    }
                    t -= (y[n] - u) * (y[n] - u);
                }
                return t;
            }
        }
        """;

    /// <summary>The same calls of a function of data: nothing is carried, and no part waits for another.</summary>
    private const string Independent = """
        [Model]
        public partial class Independent
        {
            [Data] public required int N;
            [Data("N")] public required double[] y;
            [Parameter] double a, b;
            double Rate(double u) => Math.Sin(a * u) - Math.Sin(b * u + u);
            double LogPrior() => -a * a - b * b;
            double LogLikelihood()
            {
                double t = 0;
                for (int n = 0; n < N; n++) { t += Rate(y[n]) - Rate(2 * y[n]) + Rate(3 * y[n]); }
                return t;
            }
        }
        """;

    [Fact]
    public void Parts_of_a_derivative_that_a_recurrence_adds_up_are_one_sum()
    {
        ModelCase.CheckAll(Data, Recurrence, Independent);
        Assert.Equal(6, SumCount(Recurrence)); // one for a and one for b in each of two loops, the density, and the derivative by u
        Assert.Equal(12, SumCount(Independent)); // two for each call, and as many for the density
    }

    /// <summary>The variables that the gradient's loops add to.</summary>
    private static int SumCount(string model)
    {
        string text = Assert.Single(GeneratorRun.Of(model).Sources, source => source.Contains("LogLikelihoodGradient", StringComparison.Ordinal));
        return ZeroedSum().Count(text[text.IndexOf("LogLikelihoodGradient", StringComparison.Ordinal)..]);
    }

    [GeneratedRegex(@"T \w+ = T\.Zero;")]
    private static partial Regex ZeroedSum();
}
