namespace GpuSampling.Modeling;

/// <content>Distributions over integers, and mixtures.</content>
public static partial class Density
{
    /// <summary>The Bernoulli distribution.</summary>
    /// <param name="y">0 or 1.</param>
    /// <param name="probability">The probability of 1.</param>
    public static double Bernoulli(int y, double probability) =>
        y == 1 ? Math.Log(probability) : y == 0 ? Special.Log1p(-probability) : double.NegativeInfinity;

    /// <summary>The Bernoulli distribution, by the logit of its probability.</summary>
    /// <param name="y">0 or 1. Not checked, for speed: other values give meaningless results, so check data where they may occur.</param>
    /// <param name="logit">log(p / (1 − p)).</param>
    public static double BernoulliLogit(int y, double logit) => -Special.Softplus((1 - 2 * y) * logit);

    /// <summary>The binomial distribution.</summary>
    /// <param name="y">The successes, from 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">The trials.</param>
    /// <param name="probability">The probability of success, between 0 and 1.</param>
    public static double Binomial(int y, int trials, double probability) =>
        LogBinomialCoefficient(trials, y) + (Special.MultiplyLog(y, probability) + Special.MultiplyLog1p(trials - y, -probability));

    /// <summary>The binomial distribution, by the logit of its probability.</summary>
    /// <param name="y">The successes, from 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">The trials.</param>
    /// <param name="logit">log(p / (1 − p)).</param>
    public static double BinomialLogit(int y, int trials, double logit) =>
        LogBinomialCoefficient(trials, y) + (y * logit - trials * Special.Softplus(logit));

    /// <summary>The Poisson distribution.</summary>
    /// <param name="y">A count, at least 0.</param>
    /// <param name="mean">The mean, above 0.</param>
    public static double Poisson(int y, double mean) => Special.MultiplyLog(y, mean) - mean - LogFactorial(y);

    /// <summary>The Poisson distribution, by the logarithm of its mean.</summary>
    /// <param name="y">A count, at least 0.</param>
    /// <param name="logMean">The logarithm of the mean.</param>
    public static double PoissonLog(int y, double logMean) => y * logMean - Math.Exp(logMean) - LogFactorial(y);

    /// <summary>The negative binomial distribution, by its mean; the variance is mean + mean² / precision.</summary>
    /// <param name="y">A count, at least 0.</param>
    /// <param name="mean">The mean, above 0.</param>
    /// <param name="precision">Above 0; the larger, the closer to Poisson.</param>
    public static double NegativeBinomial(int y, double mean, double precision)
    {
        double logTotal = Math.Log(mean + precision);
        return y < 0
            ? double.NegativeInfinity
            : Special.LogGamma(y + precision) - Special.LogGamma(precision) - LogFactorial(y)
                + (precision * (Math.Log(precision) - logTotal) + (Special.MultiplyLog(y, mean) - y * logTotal));
    }

    /// <summary>The negative binomial distribution, by the logarithm of its mean.</summary>
    /// <param name="y">A count, at least 0.</param>
    /// <param name="logMean">The logarithm of the mean.</param>
    /// <param name="precision">Above 0; the larger, the closer to Poisson.</param>
    public static double NegativeBinomialLog(int y, double logMean, double precision)
    {
        double logTotal = Special.LogAddExp(logMean, Math.Log(precision));
        return y < 0
            ? double.NegativeInfinity
            : Special.LogGamma(y + precision) - Special.LogGamma(precision) - LogFactorial(y)
                + (precision * (Math.Log(precision) - logTotal) + y * (logMean - logTotal));
    }

    /// <summary>The beta-binomial distribution: binomial with a probability of beta distribution.</summary>
    /// <param name="y">The successes, from 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">The trials.</param>
    /// <param name="a">The first parameter of the beta distribution, above 0.</param>
    /// <param name="b">The second parameter of the beta distribution, above 0.</param>
    public static double BetaBinomial(int y, int trials, double a, double b) =>
        y < 0 || y > trials
            ? double.NegativeInfinity
            : LogBinomialCoefficient(trials, y)
                + (Special.LogGamma(y + a) + Special.LogGamma(trials - y + b) - Special.LogGamma(trials + a + b))
                - (Special.LogGamma(a) + Special.LogGamma(b) - Special.LogGamma(a + b));

    /// <summary>The distribution over 0, …, K − 1 of given probabilities.</summary>
    /// <param name="y">From 0 to K − 1.</param>
    /// <param name="probabilities">K probabilities.</param>
    public static double Categorical(int y, double[] probabilities) =>
        y < 0 || y >= probabilities.Length
            ? double.NegativeInfinity
            : Math.Log(probabilities[Math.Max(0, Math.Min(y, probabilities.Length - 1))]);

    /// <summary>The distribution over 0, …, K − 1 whose probabilities are proportional to exp(logits).</summary>
    /// <param name="y">From 0 to K − 1.</param>
    /// <param name="logits">K numbers.</param>
    public static double CategoricalLogit(int y, double[] logits) =>
        y < 0 || y >= logits.Length
            ? double.NegativeInfinity
            : logits[Math.Max(0, Math.Min(y, logits.Length - 1))] - Special.LogSumExp(logits);

    /// <summary>The multinomial distribution of counts.</summary>
    /// <param name="y">K counts, each at least 0; the trials are their sum.</param>
    /// <param name="probabilities">K probabilities.</param>
    public static double Multinomial(int[] y, double[] probabilities)
    {
        double total = 0;
        double sum = 0;
        for (int k = 0; k < y.Length; k++)
        {
            total += y[k];
            sum += Special.MultiplyLog(y[k], probabilities[k]) - LogFactorial(y[k]);
        }

        return sum + Special.LogGamma(Math.Max(total, 0) + 1);
    }

    /// <summary>
    /// Ordered categories 0, …, K − 1 of a quantity with logistic distribution about <paramref name="location"/>: category k is
    /// where it lies between cut k − 1 and cut k.
    /// </summary>
    /// <param name="y">From 0 to K − 1.</param>
    /// <param name="location">The median of the quantity.</param>
    /// <param name="cuts">K − 1 ascending numbers.</param>
    public static double OrderedLogistic(int y, double location, double[] cuts)
    {
        int last = cuts.Length;
        double below = cuts[Math.Max(0, Math.Min(y - 1, last - 1))] - location;
        double above = cuts[Math.Max(0, Math.Min(y, last - 1))] - location;

        // logistic(b) − logistic(a) = logistic(b) logistic(−a) (1 − e^−(b − a))
        return y < 0 || y > last ? double.NegativeInfinity
            : y == 0 ? -Special.Softplus(-above)
            : y == last ? -Special.Softplus(below)
            : -Special.Softplus(-above) - Special.Softplus(below) + Special.Log1mExpNegative(above - below);
    }

    /// <summary>A mixture of two densities: log(p e^a + (1 − p) e^b).</summary>
    /// <param name="probability">The weight p of the first, between 0 and 1.</param>
    /// <param name="first">The logarithm of the first density.</param>
    /// <param name="second">The logarithm of the second density.</param>
    public static double LogMix(double probability, double first, double second) =>
        Special.LogAddExp(Math.Log(probability) + first, Special.Log1p(-probability) + second);

    /// <summary>A mixture of several densities: log Σ p_k e^(a_k).</summary>
    /// <param name="probabilities">K weights.</param>
    /// <param name="logDensities">The logarithms of the K densities.</param>
    public static double LogMix(double[] probabilities, double[] logDensities)
    {
        double[] terms = new double[probabilities.Length];
        for (int k = 0; k < probabilities.Length; k++)
        {
            terms[k] = Math.Log(probabilities[k]) + logDensities[k];
        }

        return Special.LogSumExp(terms);
    }

    /// <summary>log n!, and ∞ for n below 0, so that a distribution that divides by n! is 0 there.</summary>
    private static double LogFactorial(int n) => n < 0 ? double.PositiveInfinity : Special.LogGamma(Math.Max(n, 0) + 1.0);

    private static double LogBinomialCoefficient(int n, int k) =>
        k < 0 || k > n ? double.NegativeInfinity : LogFactorial(n) - LogFactorial(k) - LogFactorial(n - k);
}
