namespace GpuSampling.Diagnostics;

/// <summary>Computes the summary of one parameter after another, keeping its working memory.</summary>
internal sealed class ParameterSummarizer(DiagnosticsOptions options, NormalScoreCache scores) : IDisposable
{
    private const double LowerTail = 0.05;
    private const double UpperTail = 0.95;

    private readonly ParameterAnalysis analysis = new(scores);

    /// <summary>Summarises one parameter.</summary>
    public ParameterSummary Summarize<T>(string name, ParameterDraws<T> draws, CancellationToken cancellation)
        where T : unmanaged
    {
        analysis.Load(draws, cancellation);
        if (!analysis.Split.IsFinite)
        {
            return new ParameterSummary { Name = name, NonFiniteDraws = CountNonFinite(draws) };
        }

        if (analysis.Split.IsConstant)
        {
            double value = analysis.Split.Minimum;
            return new ParameterSummary
            {
                Name = name,
                Mean = value,
                StandardDeviation = draws.Values.Length > 1 ? 0 : double.NaN,
                Quantile5 = value,
                Median = value,
                Quantile95 = value,
            };
        }

        PooledMoments moments = analysis.Moments;
        ChainSeries normalScores = ParameterAnalysis.ScoreSeries();
        ChainSeries folded = ParameterAnalysis.FoldedScoreSeries();
        ChainSeries mean = ParameterAnalysis.MeanSeries();
        ChainSeries variance = analysis.VarianceSeries();
        ChainSeries lowerTail = analysis.QuantileSeries(LowerTail);
        ChainSeries median = analysis.QuantileSeries(0.5);
        ChainSeries upperTail = analysis.QuantileSeries(UpperTail);
        double[] sizes = analysis.EffectiveSampleSizes(normalScores, mean, variance, lowerTail, median, upperTail, folded);
        CrossChainEffectiveSampleSize crossChain = CrossChain(mean, moments.Variance);
        return new ParameterSummary
        {
            Name = name,
            StuckChains = draws.Draws > 1 ? moments.StuckChains : 0,
            Mean = analysis.Mean,
            MeanError = MonteCarloStandardError.OfMean(moments, sizes[1]),
            StandardDeviation = Math.Sqrt(moments.Variance),
            StandardDeviationError = MonteCarloStandardError.OfStandardDeviation(moments, sizes[2]),
            Quantile5 = analysis.Order.Quantile(LowerTail),
            Quantile5Error = MonteCarloStandardError.OfQuantile(analysis.Order, LowerTail, sizes[3]),
            Median = analysis.Order.Median(),
            MedianError = MonteCarloStandardError.OfQuantile(analysis.Order, 0.5, sizes[4]),
            Quantile95 = analysis.Order.Quantile(UpperTail),
            Quantile95Error = MonteCarloStandardError.OfQuantile(analysis.Order, UpperTail, sizes[5]),
            RHat = RankNormalizedSplitRHat.Larger(analysis.SplitRHat(normalScores), analysis.SplitRHat(folded)),
            NestedRHat = options.Superchains.IsEmpty ? double.NaN : NestedRHat.Compute(draws, options.Superchains.Span),
            BulkEffectiveSize = sizes[0],
            TailEffectiveSize = Math.Min(sizes[3], sizes[5]),
            TailShape = TailShape.Of(analysis.Order.Values, Math.Min(sizes[3], sizes[5])),
            MeanEffectiveSize = sizes[1],
            StandardDeviationEffectiveSize = sizes[2],
            CrossChainMeanError = crossChain.StandardError,
            CrossChainMeanEffectiveSize = crossChain.EffectiveSize,
            CrossChainTailEffectiveSize = Math.Min(CrossChainTail(lowerTail), CrossChainTail(upperTail)),
        };
    }

    /// <inheritdoc/>
    public void Dispose() => analysis.Dispose();

    private CrossChainEffectiveSampleSize CrossChain(ChainSeries series, double variance) =>
        analysis.Split.Chains < CrossChainEffectiveSampleSize.RecommendedChains || options.ChainsAreCoupled
            ? new CrossChainEffectiveSampleSize(analysis.Split.Chains, double.NaN, double.NaN)
            : CrossChainEffectiveSampleSize.FromChainMeans(analysis.ChainMeans(series), variance);

    private double CrossChainTail(ChainSeries tail)
    {
        // The variance of an indicator follows from its mean.
        double probability = SampleVariance.Mean(analysis.ChainMeans(tail));
        double count = analysis.Split.Count;
        return CrossChain(tail, probability * (1 - probability) * count / (count - 1)).EffectiveSize;
    }

    private static int CountNonFinite<T>(ParameterDraws<T> draws)
        where T : unmanaged
    {
        int count = 0;
        for (int draw = 0; draw < draws.Draws; draw++)
        {
            for (int chain = 0; chain < draws.Chains; chain++)
            {
                count += double.IsFinite(draws.ToDouble(draw, chain)) ? 0 : 1;
            }
        }

        return count;
    }
}
