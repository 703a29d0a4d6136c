namespace GpuSampling.Diagnostics;

/// <summary>
/// Standard error and effective sample size of a mean from nothing but the spread of the chains' means, for many independent chains
/// of any length, a single draw included.
/// </summary>
/// <remarks>
/// The pooled mean of M independent chains is the mean of their means, so that its variance is Var(chain means) / M; no
/// autocorrelation needs to be estimated. The relative error of that variance is about sqrt(2 / (M - 1)): 18 % for 64 chains, 4.4 %
/// for 1,024. Not valid for chains that influence each other (ensemble moves, adaptation across chains still going on), nor for
/// chains that still remember a common start.
/// </remarks>
/// <param name="Chains">M, the number of chains.</param>
/// <param name="StandardError">The Monte Carlo standard error of the pooled mean, in the unit of the quantity.</param>
/// <param name="EffectiveSize">The variance of the draws over the squared standard error. NaN if all draws are equal.</param>
public readonly record struct CrossChainEffectiveSampleSize(int Chains, double StandardError, double EffectiveSize)
{
    /// <summary>With fewer chains than this the spread of their means is too uncertain to report unasked.</summary>
    public const int RecommendedChains = 64;

    /// <summary>For the mean of a parameter.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="draws">The draws. All results are NaN for a single chain or a draw that is not finite.</param>
    public static CrossChainEffectiveSampleSize OfMean<T>(ParameterDraws<T> draws)
        where T : unmanaged
    {
        var moments = new StreamingMoments(1, draws.Chains);
        for (int draw = 0; draw < draws.Draws; draw++)
        {
            moments.Add(draws.Values.Slice(draw * draws.Chains, draws.Chains));
        }

        return moments.CrossChain(0);
    }

    /// <summary>For the probability that a parameter is at most a threshold, a tail for example.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="draws">The draws. All results are NaN for a single chain or a draw that is not finite.</param>
    /// <param name="threshold">The threshold, in the parameter's unit.</param>
    public static CrossChainEffectiveSampleSize OfProbabilityAtMost<T>(ParameterDraws<T> draws, double threshold)
        where T : unmanaged
    {
        var indicators = new double[draws.Chains];
        var moments = new StreamingMoments(1, draws.Chains);
        for (int draw = 0; draw < draws.Draws; draw++)
        {
            for (int chain = 0; chain < draws.Chains; chain++)
            {
                double value = draws.ToDouble(draw, chain);
                indicators[chain] = double.IsFinite(value) ? (value <= threshold ? 1 : 0) : double.NaN;
            }

            moments.Add<double>(indicators);
        }

        return moments.CrossChain(0);
    }

    /// <summary>From the means of the chains.</summary>
    /// <param name="chainMeans">The mean of each chain, all over equally many draws.</param>
    /// <param name="variance">The variance of the draws of all chains.</param>
    public static CrossChainEffectiveSampleSize FromChainMeans(ReadOnlySpan<double> chainMeans, double variance)
    {
        if (chainMeans.Length < 2)
        {
            return new CrossChainEffectiveSampleSize(chainMeans.Length, double.NaN, double.NaN);
        }

        double squaredError = SampleVariance.Of(chainMeans) / chainMeans.Length;
        double effectiveSize = variance == 0 ? double.NaN : variance / squaredError;
        return new CrossChainEffectiveSampleSize(chainMeans.Length, Math.Sqrt(squaredError), effectiveSize);
    }
}
