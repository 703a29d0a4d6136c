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

    [Fact]
    public void ElementaryFunctionsHaveTheirDerivatives()
    {
        const string source = """
            [Model]
            public partial class Functions
            {
                [Data] public required int N;
                [Data("N")] public required int[] k;
                [Parameter] double x;
                [Parameter(Lower = 0)] double y;

                double LogDensity()
                {
                    double target = Math.Sin(x) + Math.Cos(y * x) + Math.Atan(x) + 0.1 * Math.Sinh(0.5 * x) + 0.1 * Math.Cosh(0.3 * x) + Math.Tanh(x);
                    target += Math.Pow(y, 1.3) + Math.Pow(y, 0.2 * x) + Math.Tan(0.1 * Math.Tanh(x));
                    target += Math.Log(2 + x * x, 10) + Math.Log(3, 2 + y) + 0.3 * Math.Clamp(x, -0.5, y) + x * k[Math.Clamp(7 - N, 0, N - 1)];
                    for (int n = 0; n < N; n++)
                    {
                        target += 0.1 * Math.Pow(x, k[n]) - Math.Exp(-y) * Math.Pow(0.5 * x, n);
                    }

                    return target - x * x - y;
                }
            }
            """;
        ModelCase.Check(source, """{"N": 4, "k": [0, 1, 2, 3]}""", scale: 1.5);
    }
}
