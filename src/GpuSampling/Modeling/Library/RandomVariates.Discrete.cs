namespace GpuSampling.Modeling;

/// <content>Counts and categories.</content>
public static partial class RandomVariates
{
    /// <summary>1 with a probability of a given logit, else 0.</summary>
    /// <param name="random">Where random numbers come from.</param>
    /// <param name="logit">log(p / (1 − p)).</param>
    public static double BernoulliLogit(this RandomSource random, double logit) => random.Bernoulli(Special.Logistic(logit));

    /// <summary>The number of successes in independent trials. Takes time in proportion to the trials.</summary>
    /// <param name="random">Where random numbers come from.</param>
    /// <param name="trials">How many, at least 0.</param>
    /// <param name="logit">log(p / (1 − p)).</param>
    public static double BinomialLogit(this RandomSource random, int trials, double logit) => random.Binomial(trials, Special.Logistic(logit));

    /// <summary>A Poisson number. Takes time in proportion to the mean.</summary>
    /// <param name="random">Where random numbers come from.</param>
    /// <param name="logMean">The logarithm of the mean, which is at most 10⁶.</param>
    public static double PoissonLog(this RandomSource random, double logMean) => random.Poisson(Math.Exp(logMean));

    /// <summary>A negative binomial number: Poisson with a mean of gamma distribution. Takes time in proportion to the mean.</summary>
    /// <param name="random">Where random numbers come from.</param>
    /// <param name="mean">The mean, above 0. Where mean and precision make the Poisson mean exceed 10⁶, the result is NaN.</param>
    /// <param name="precision">Above 0, to 10⁸: the variance is mean + mean² / precision.</param>
    public static double NegativeBinomial(this RandomSource random, double mean, double precision) =>
        random.Poisson(mean * random.Gamma(precision, precision));

    /// <summary>A negative binomial number, by the logarithm of its mean. Takes time in proportion to the mean.</summary>
    /// <param name="random">Where random numbers come from.</param>
    /// <param name="logMean">The logarithm of the mean.</param>
    /// <param name="precision">Above 0, to 10⁸: the variance is mean + mean² / precision.</param>
    public static double NegativeBinomialLog(this RandomSource random, double logMean, double precision) =>
        NegativeBinomial(random, Math.Exp(logMean), precision);

    /// <summary>A beta-binomial number: binomial with a probability of beta distribution.</summary>
    /// <param name="random">Where random numbers come from.</param>
    /// <param name="trials">The trials, at least 0.</param>
    /// <param name="a">The first parameter of the beta distribution, above 0.</param>
    /// <param name="b">The second parameter of the beta distribution, above 0.</param>
    public static double BetaBinomial(this RandomSource random, int trials, double a, double b) => random.Binomial(trials, Beta(random, a, b));

    /// <summary>One of 0, …, K − 1 with given probabilities.</summary>
    /// <param name="random">Where random numbers come from.</param>
    /// <param name="probabilities">K numbers of at least 0; only their ratios count.</param>
    public static double Categorical(this RandomSource random, double[] probabilities)
    {
        double total = 0;
        foreach (double probability in probabilities)
        {
            total += probability;
        }

        double rest = total * random.Uniform();
        double category = 0;
        for (int k = 0; k < probabilities.Length - 1; k++)
        {
            rest -= probabilities[k];
            category += rest >= 0 ? 1 : 0;
        }

        return total > 0 ? category : double.NaN;
    }

    /// <summary>One of 0, …, K − 1 with probabilities proportional to exp(logits).</summary>
    /// <param name="random">Where random numbers come from.</param>
    /// <param name="logits">K numbers.</param>
    public static double CategoricalLogit(this RandomSource random, double[] logits)
    {
        double[] weights = new double[logits.Length];
        double largest = double.NegativeInfinity;
        foreach (double logit in logits)
        {
            largest = Math.Max(largest, logit);
        }

        for (int k = 0; k < weights.Length; k++)
        {
            weights[k] = Math.Exp(logits[k] - largest);
        }

        return Categorical(random, weights);
    }

    /// <summary>How many of some independent trials fall into each category. Takes time in proportion to trials times categories.</summary>
    /// <param name="random">Where random numbers come from.</param>
    /// <param name="trials">How many, at least 0.</param>
    /// <param name="probabilities">K probabilities.</param>
    public static double[] Multinomial(this RandomSource random, int trials, double[] probabilities)
    {
        double[] counts = new double[probabilities.Length];
        for (int trial = 0; trial < trials; trial++)
        {
            double category = Categorical(random, probabilities);
            for (int k = 0; k < counts.Length; k++)
            {
                counts[k] += category == k ? 1 : 0;
            }
        }

        return counts;
    }

    /// <summary>A category between cuts of a quantity with logistic distribution.</summary>
    /// <param name="random">Where random numbers come from.</param>
    /// <param name="location">The median of the quantity.</param>
    /// <param name="cuts">K − 1 ascending numbers.</param>
    public static double OrderedLogistic(this RandomSource random, double location, double[] cuts)
    {
        double quantity = Logistic(random, location, 1);
        double category = 0;
        foreach (double cut in cuts)
        {
            category += quantity > cut ? 1 : 0;
        }

        return category;
    }
}
