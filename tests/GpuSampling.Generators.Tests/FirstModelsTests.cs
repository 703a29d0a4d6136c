using GpuSampling.Generators.Tests.Support;

namespace GpuSampling.Generators.Tests;

public class FirstModelsTests
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
    public void EightSchoolsHasTheRightGradient()
    {
        System.Reflection.Assembly assembly = GeneratorRun.Of(EightSchools).Load();
        dynamic model = Activator.CreateInstance(assembly.GetType("EightSchools")!)!;
        model.J = 8;
        model.y = new double[] { 28, 8, -3, 7, -1, 1, 18, 12 };
        model.sigma = new double[] { 15, 10, 16, 11, 9, 11, 10, 18 };
        GradientCheck.Run((object)model, DualModel.Compile(EightSchools)["EightSchools"], points: 100, seed: 1);
    }

    [Fact]
    public void LogisticRegressionHasTheRightGradient()
    {
        System.Reflection.Assembly assembly = GeneratorRun.Of(Logistic).Load();
        dynamic model = Activator.CreateInstance(assembly.GetType("LogisticRegression")!)!;
        var random = new System.Random(3);
        model.N = 37;
        model.D = 5;
        model.x = new double[37, 5];
        model.y = new int[37];
        for (int n = 0; n < 37; n++)
        {
            model.y[n] = random.Next(2);
            for (int d = 0; d < 5; d++)
            {
                model.x[n, d] = GradientCheck.Normal(random);
            }
        }

        GradientCheck.Run((object)model, DualModel.Compile(Logistic)["LogisticRegression"], points: 100, seed: 2);
    }
}
