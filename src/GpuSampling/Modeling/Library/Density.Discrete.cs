namespace GpuSampling.Modeling;

/// <content>Distributions over integers.</content>
public static partial class Density
{
    /// <summary>The Bernoulli distribution, by the logit of its probability.</summary>
    /// <param name="y">0 or 1.</param>
    /// <param name="logit">log(p / (1 − p)).</param>
    public static double BernoulliLogit(int y, double logit) => -Special.Softplus((1 - 2 * y) * logit);
}
