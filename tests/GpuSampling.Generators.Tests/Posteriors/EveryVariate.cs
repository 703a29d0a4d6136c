using GpuSampling.Modeling;

namespace GpuSampling.Models.Tests.Posteriors;

/// <summary>A random number of every distribution of the library, with parameters that every draw shares.</summary>
[Model]
public partial class EveryVariate
{
    [Data("3")] public required double[] p;
    [Data("3", "3")] public required double[,] S;
    [Parameter] double free;
    [Generated] double halfNormal, logNormal, studentT, heavyStudentT, halfStudentT, cauchy, halfCauchy, laplace, logistic, gumbel;
    [Generated] double exponential, gamma, smallGamma, largeGamma, inverseGamma, chiSquare, weibull, pareto, rayleigh, uniform, beta, smallBeta;
    [Generated] double interval, narrow, tail, farInterval, lowerTail, upperHalf, vonMises, flatVonMises, sharpVonMises;
    [Generated] double bernoulliLogit, binomial, binomialLogit, poisson, poissonLog, negativeBinomial, negativeBinomialLog, betaBinomial;
    [Generated] double categorical, categoricalLogit, orderedLogistic;
    [Generated("3")] double[] dirichlet = [], multinomial = [], normal = [];
    [Generated("3", "3")] double[,] correlation = new double[0, 0], wishart = new double[0, 0], inverseWishart = new double[0, 0];

    double LogDensity() => Density.Normal(free, 0, 1);

    void Generate(RandomSource random)
    {
        halfNormal = random.HalfNormal(0.7);
        logNormal = random.LogNormal(0.3, 0.6);
        studentT = random.StudentT(4.5, 1, 0.5);
        heavyStudentT = random.StudentT(0.8, 0, 1);
        halfStudentT = random.HalfStudentT(3, 2);
        cauchy = random.Cauchy(-1, 2);
        halfCauchy = random.HalfCauchy(1.5);
        laplace = random.Laplace(0.5, 2);
        logistic = random.Logistic(-0.5, 0.4);
        gumbel = random.Gumbel(1, 0.8);
        exponential = random.Exponential(2.5);
        gamma = random.Gamma(2.5, 1.5);
        smallGamma = random.Gamma(0.3, 0.5);
        largeGamma = random.Gamma(2000, 100);
        inverseGamma = random.InverseGamma(3, 2);
        chiSquare = random.ChiSquare(5);
        weibull = random.Weibull(1.7, 2);
        pareto = random.Pareto(1.2, 2.5);
        rayleigh = random.Rayleigh(1.3);
        uniform = random.Uniform(-1, 3);
        beta = random.Beta(2.5, 1.5);
        smallBeta = random.Beta(0.4, 0.6);
        interval = random.TruncatedNormal(0.5, 1, -1, 2.5);
        narrow = random.TruncatedNormal(0.5, 1, 0, 0.8);
        tail = random.TruncatedNormal(0, 1, 3, 9);
        farInterval = random.TruncatedNormal(1, 0.5, -2.6, -2.5);
        lowerTail = random.LowerTruncatedNormal(1, 2, 12);
        upperHalf = random.UpperTruncatedNormal(1, 2, 1.5);
        vonMises = random.VonMises(0.5, 2);
        flatVonMises = random.VonMises(0, 0.01);
        sharpVonMises = random.VonMises(0, 500);
        bernoulliLogit = random.BernoulliLogit(0.8);
        binomial = random.Binomial(12, 0.3);
        binomialLogit = random.BinomialLogit(10, -0.5);
        poisson = random.Poisson(4.5);
        poissonLog = random.PoissonLog(0.7);
        negativeBinomial = random.NegativeBinomial(5, 2.5);
        negativeBinomialLog = random.NegativeBinomialLog(1.2, 0.6);
        betaBinomial = random.BetaBinomial(9, 1.5, 2);
        categorical = random.Categorical(p);
        double[] logits = new double[p.Length];
        for (int k = 0; k < p.Length; k++)
        {
            logits[k] = 3 * p[k] + 40;
        }

        categoricalLogit = random.CategoricalLogit(logits);
        orderedLogistic = random.OrderedLogistic(0.4, [-1, 0.5, 1.7]);
        Copy(random.Dirichlet(p), dirichlet);
        Copy(random.Multinomial(7, p), multinomial);
        double[,] factor = LinearAlgebra.Cholesky(S);
        Copy(random.MultivariateNormalCholesky(p, factor), normal);
        double[] centred = random.MultivariateNormalCholesky(factor);
        normal[2] = centred[2] - centred[0];
        Copy(LinearAlgebra.MultiplyByTranspose(random.LkjCholesky(3, 1.5)), correlation);
        Copy(random.Wishart(5.5, S), wishart);
        Copy(random.InverseWishart(6.5, S), inverseWishart);
    }

    static void Copy(double[] from, double[] to)
    {
        for (int i = 0; i < from.Length; i++)
        {
            to[i] = from[i];
        }
    }

    static void Copy(double[,] from, double[,] to)
    {
        for (int i = 0; i < from.GetLength(0); i++)
        {
            for (int j = 0; j < from.GetLength(1); j++)
            {
                to[i, j] = from[i, j];
            }
        }
    }
}
