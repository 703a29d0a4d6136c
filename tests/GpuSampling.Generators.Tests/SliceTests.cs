using GpuSampling.Generators.Tests.Support;

namespace GpuSampling.Generators.Tests;

public class SliceTests
{
    private const string EightSchools = """
        [Model]
        public partial class EightSchools
        {
            [Data] public required int J;
            [Data(nameof(J))] public required double[] y, sigma;

            [Parameter("J")] double[] thetaTrans = [];
            [Parameter] double mu;
            [Parameter(Lower = 0)] double tau;

            [Generated("J")] double[] theta = [];

            double LogDensity()
            {
                double target = Density.Normal(mu, 0, 5) + Density.HalfCauchy(tau, 5);
                for (int j = 0; j < J; j++)
                {
                    target += Density.StandardNormal(thetaTrans[j]);
                    target += Density.Normal(y[j], mu + tau * thetaTrans[j], sigma[j]);
                }

                return target;
            }

            void Generate()
            {
                for (int j = 0; j < J; j++)
                {
                    theta[j] = mu + tau * thetaTrans[j];
                }
            }
        }
        """;

    private const string Logistic = """
        [Model]
        public partial class LogisticRegression
        {
            [Data] public required int N, D;
            [Data("N", "D")] public required double[,] x;
            [Data("N")] public required int[] y;

            [Parameter("D")] double[] beta = [];

            double LogDensity()
            {
                double target = 0;
                for (int d = 0; d < D; d++)
                    target += Density.StandardNormal(beta[d]);

                for (int n = 0; n < N; n++)
                {
                    double eta = 0;
                    for (int d = 0; d < D; d++)
                        eta += x[n, d] * beta[d];
                    target += Density.BernoulliLogit(y[n], eta);
                }

                return target;
            }
        }
        """;

    [Fact]
    public void Slice()
    {
        GeneratorRun run = GeneratorRun.Of(EightSchools, Logistic);
        foreach (string s in run.Sources)
        {
            Console.WriteLine(s);
        }
        Assert.NotNull(run.Load());
    }
}
