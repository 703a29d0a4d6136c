namespace GpuSampling.Diagnostics;

/// <summary>
/// Everything that the diagnostics of one parameter share: the split chains, their order, their normal scores and the series whose
/// autocovariances are wanted. Each part is made when first asked for. One instance serves one parameter after another.
/// </summary>
internal sealed class ParameterAnalysis : IDisposable
{
    private readonly ScoreColumns scores;
    private readonly AlignedBuffer<double> work = new();
    private readonly DrawOrder order = new();
    private CancellationToken cancellation;
    private bool sorted;
    private PooledMoments? moments;

    /// <param name="scoreCache">Shared with the analyses of other parameters, or null for one of its own.</param>
    public ParameterAnalysis(NormalScoreCache? scoreCache = null) => scores = new ScoreColumns(Split, scoreCache ?? new NormalScoreCache());

    /// <summary>The split chains.</summary>
    public SplitChains Split { get; } = new();

    /// <summary>Whether no diagnostic is defined: a draw is not finite, or all draws are equal.</summary>
    public bool IsDegenerate => !Split.IsFinite || Split.IsConstant;

    /// <summary>The sorted draws. Not for draws that are not finite.</summary>
    public DrawOrder Order
    {
        get
        {
            if (!sorted)
            {
                scores.Sort(order, cancellation);
                sorted = true;
            }

            return order;
        }
    }

    /// <summary>The mean of all draws.</summary>
    public double Mean => Split.Mean;

    /// <summary>The central moments of all draws.</summary>
    public PooledMoments Moments => moments ??= PooledMoments.Of(Split, Mean);

    /// <summary>Replaces the parameter.</summary>
    public void Load<T>(ParameterDraws<T> draws, CancellationToken cancellationToken = default)
        where T : unmanaged
    {
        cancellation = cancellationToken;
        sorted = false;
        moments = null;
        Split.Load(draws);
    }

    /// <summary>A series whose mean is the parameter's mean.</summary>
    public static ChainSeries MeanSeries() => new ChainSeries<IdentityMap>(default);

    /// <summary>The normal scores: bulk effective sample size and R-hat.</summary>
    public static ChainSeries ScoreSeries() => new ChainSeries<IdentityMap>(default, SeriesSource.Scores);

    /// <summary>The normal scores of the draws folded about their median: folded R-hat. It has no effective sample size.</summary>
    public static ChainSeries FoldedScoreSeries() => new ChainSeries<IdentityMap>(default, SeriesSource.FoldedScores);

    /// <summary>A series whose mean is the parameter's variance.</summary>
    public ChainSeries VarianceSeries() => new ChainSeries<SquaredDeviationMap>(new SquaredDeviationMap(Mean));

    /// <summary>A series whose mean is the distribution function at a quantile.</summary>
    public ChainSeries QuantileSeries(double probability) => new IndicatorSeries(Order.Quantile(probability));

    /// <summary>The effective sample size of each of some series, found together in as few sweeps as they need.</summary>
    /// <returns>One for each; NaN where it is not defined.</returns>
    public double[] EffectiveSampleSizes(params IReadOnlyList<ChainSeries> series)
    {
        var sizes = new double[series.Count];
        Array.Fill(sizes, double.NaN);
        if (IsDegenerate || Split.HalfLength == 0)
        {
            return sizes;
        }

        List<ChainSeries> open = [.. series];
        while (open.Count > 0)
        {
            bool plain = open.Exists(one => one.Source == SeriesSource.Scores);
            bool folded = open.Exists(one => one.Source == SeriesSource.FoldedScores);
            if (plain || folded)
            {
                _ = Order;
                scores.StartReading(plain, folded);
            }

            ChainSeries.Extend(open, Split, plain || folded ? scores : null, work, cancellation);
            for (int i = 0; i < series.Count; i++)
            {
                if (open.Contains(series[i]) && TrySize(series[i], out sizes[i]))
                {
                    open.Remove(series[i]);
                }
            }
        }

        return sizes;
    }

    /// <summary>Split R-hat of a series whose effective sample size was asked for; NaN if it takes one value only.</summary>
    public double SplitRHat(ChainSeries series)
    {
        if (IsDegenerate || Split.HalfLength < 2)
        {
            return double.NaN;
        }

        // Vehtari et al. (2021), equations 1 to 4, with B / n the variance of the means.
        double n = Split.HalfLength;
        double within = series.Autocovariance[0] * n / (n - 1);
        return Math.Sqrt(((n * series.VarianceOfMeans / within) + n - 1) / n);
    }

    /// <summary>The mean of a series over each whole chain, its middle draw included.</summary>
    public double[] ChainMeans(ChainSeries series)
    {
        int chains = Split.Chains;
        var means = new double[chains];
        ReadOnlySpan<double> middle = Split.Middle;
        for (int chain = 0; chain < chains; chain++)
        {
            double first = Split.HalfLength == 0 ? 0 : series.Means[chain];
            double last = Split.HalfLength == 0 ? 0 : series.Means[chains + chain];
            double sum = Split.HalfLength * (first + last);
            means[chain] = (sum + (middle.IsEmpty ? 0 : series.Value(middle[chain]))) / Split.Draws;
        }

        return means;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        scores.Dispose();
        work.Dispose();
        order.Dispose();
        Split.Dispose();
    }

    private bool TrySize(ChainSeries series, out double size)
    {
        if (series.Source == SeriesSource.FoldedScores)
        {
            size = double.NaN;
            return true;
        }

        // A function that takes one value only, such as an indicator that is always one, has no autocorrelation.
        double varianceOfMeans = series.VarianceOfMeans;
        if (series.Autocovariance[0] + varianceOfMeans == 0)
        {
            size = double.NaN;
            return true;
        }

        if (!GeyerInitialSequence.TryTime(series.Autocovariance, Split.HalfLength, varianceOfMeans, out double time))
        {
            size = double.NaN;
            return false;
        }

        // Antithetic chains may have more than one effective draw per draw, but not without bound: Vehtari et al. (2021), section 3.1.
        double draws = Split.SplitCount;
        size = draws / Math.Max(time, 1 / Math.Log10(draws));
        return true;
    }
}
