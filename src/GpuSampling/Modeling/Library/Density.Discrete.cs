namespace GpuSampling.Modeling;

/// <content>Distributions over integers, and mixtures.</content>
public static partial class Density
{
    /// <summary>The Bernoulli distribution.</summary>
    /// <param name="y">0 or 1.</param>
    /// <param name="probability">The probability of 1.</param>
    public static double Bernoulli(int y, double probability) => y == 1 ? Math.Log(probability) : Special.Log1p(-probability);

    /// <summary>The Bernoulli distribution, by the logit of its probability.</summary>
    /// <param name="y">0 or 1.</param>
    /// <param name="logit">log(p / (1 − p)).</param>
    public static double BernoulliLogit(int y, double logit) => -Special.Softplus((1 - 2 * y) * logit);

    /// <summary>The binomial distribution.</summary>
    /// <param name="y">The successes, from 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">The trials.</param>
    /// <param name="probability">The probability of success, between 0 and 1.</param>
    public static double Binomial(int y, int trials, double probability) =>
        LogBinomialCoefficient(trials, y) + (y * Math.Log(probability) + (trials - y) * Special.Log1p(-probability));

    /// <summary>The binomial distribution, by the logit of its probability.</summary>
    /// <param name="y">The successes, from 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">The trials.</param>
    /// <param name="logit">log(p / (1 − p)).</param>
    public static double BinomialLogit(int y, int trials, double logit) =>
        LogBinomialCoefficient(trials, y) + (y * logit - trials * Special.Softplus(logit));

    /// <summary>The Poisson distribution.</summary>
    /// <param name="y">A count, at least 0.</param>
    /// <param name="mean">The mean, above 0.</param>
    public static double Poisson(int y, double mean) => y * Math.Log(mean) - mean - Special.LogGamma(y + 1.0);

    /// <summary>The Poisson distribution, by the logarithm of its mean.</summary>
    /// <param name="y">A count, at least 0.</param>
    /// <param name="logMean">The logarithm of the mean.</param>
    public static double PoissonLog(int y, double logMean) => y * logMean - Math.Exp(logMean) - Special.LogGamma(y + 1.0);

    /// <summary>The negative binomial distribution, by its mean; the variance is mean + mean² / precision.</summary>
    /// <param name="y">A count, at least 0.</param>
    /// <param name="mean">The mean, above 0.</param>
    /// <param name="precision">Above 0; the larger, the closer to Poisson.</param>
    public static double NegativeBinomial(int y, double mean, double precision)
    {
        double logTotal = Math.Log(mean + precision);
        return Special.LogGamma(y + precision) - Special.LogGamma(precision) - Special.LogGamma(y + 1.0)
            + (precision * (Math.Log(precision) - logTotal) + y * (Math.Log(mean) - logTotal));
    }

    /// <summary>The distribution over 0, …, K − 1 of given probabilities.</summary>
    /// <param name="y">From 0 to K − 1.</param>
    /// <param name="probabilities">K probabilities.</param>
    public static double Categorical(int y, double[] probabilities) => Math.Log(probabilities[y]);

    /// <summary>The distribution over 0, …, K − 1 whose probabilities are proportional to exp(logits).</summary>
    /// <param name="y">From 0 to K − 1.</param>
    /// <param name="logits">K numbers.</param>
    public static double CategoricalLogit(int y, double[] logits) => logits[y] - Special.LogSumExp(logits);

    /// <summary>A mixture of two densities: log(p e^a + (1 − p) e^b).</summary>
    /// <param name="probability">The weight p of the first, between 0 and 1.</param>
    /// <param name="first">The logarithm of the first density.</param>
    /// <param name="second">The logarithm of the second density.</param>
    public static double LogMix(double probability, double first, double second) =>
        Special.LogAddExp(Math.Log(probability) + first, Special.Log1p(-probability) + second);

    private static double LogBinomialCoefficient(int n, int k) =>
        Special.LogGamma(n + 1.0) - Special.LogGamma(k + 1.0) - Special.LogGamma(n - k + 1.0);
}
