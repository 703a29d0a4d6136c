using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GpuSampling.Diagnostics;

/// <summary>
/// A function of the draws along all half-chains: the mean of each half-chain, and the autocovariances averaged over them,
/// computed for as many lags as somebody asks.
/// </summary>
internal abstract class ChainSeries
{
    // Beyond this many lags one Fourier transform for all of them is cheaper than going on lag by lag.
    private const int DirectLags = 1024;

    private static readonly int[] LagStages = [16, 64, 256, DirectLags];

    private double[] autocovariance = [];
    private int stage;

    /// <summary>What the series is a function of.</summary>
    public SeriesSource Source { get; protected init; }

    /// <summary>The mean of each half-chain.</summary>
    public double[] Means { get; private set; } = [];

    /// <summary>The averaged autocovariances (divisor n) of the lags known so far, from lag 0.</summary>
    public ReadOnlySpan<double> Autocovariance => autocovariance.AsSpan(0, KnownLags);

    /// <summary>The number of lags known so far.</summary>
    public int KnownLags { get; private set; }

    /// <summary>The variance (divisor M - 1) of the means of the M half-chains.</summary>
    public double VarianceOfMeans => SampleVariance.Of(Means);

    /// <summary>The value of the function at a draw.</summary>
    public abstract double Value(double draw);

    /// <summary>Finds more lags of several series in one sweep over the columns.</summary>
    /// <param name="series">The series, each of which has lags left.</param>
    /// <param name="split">The split draws.</param>
    /// <param name="scores">Their normal scores; needed only if a series is of scores.</param>
    /// <param name="work">Memory for one column.</param>
    /// <param name="cancellation">Asked once a column.</param>
    public static void Extend(
        IReadOnlyList<ChainSeries> series, SplitChains split, ScoreColumns? scores, AlignedBuffer<double> work, CancellationToken cancellation)
    {
        foreach (ChainSeries one in series)
        {
            one.Begin(split);
        }

        Span<Vector512<double>> centred = MemoryMarshal.Cast<double, Vector512<double>>(work.Take(split.ColumnLength));
        for (int column = 0; column < split.Columns; column++)
        {
            cancellation.ThrowIfCancellationRequested();
            scores?.ReadNext();
            int lanes = split.LanesIn(column);
            foreach (ChainSeries one in series)
            {
                ReadOnlySpan<Vector512<double>> source = one.Source switch
                {
                    SeriesSource.Scores => scores!.Scores,
                    SeriesSource.FoldedScores => scores!.FoldedScores,
                    _ => split.Column(column),
                };
                one.AddColumn(source, centred, one.Means.AsSpan(column * SplitChains.Lanes, lanes));
            }
        }

        foreach (ChainSeries one in series)
        {
            one.Finish(split);
        }
    }

    /// <summary>Prepares for the sums of products at some lags.</summary>
    /// <param name="n">The length of the half-chains.</param>
    /// <param name="firstLag">The first lag.</param>
    /// <param name="lags">The number of consecutive lags.</param>
    protected virtual void BeginLags(int n, int firstLag, int lags)
    {
    }

    /// <summary>Adds the products of centred values at the lags announced, and finds the means where they are not yet known.</summary>
    /// <param name="column">Eight half-chains of what the series is a function of.</param>
    /// <param name="work">Memory for one column.</param>
    /// <param name="means">The means of the half-chains; fewer than eight where the other lanes do not count.</param>
    /// <param name="sums">May be added to, one sum for each lag.</param>
    protected virtual void AddLags(ReadOnlySpan<Vector512<double>> column, Span<Vector512<double>> work, Span<double> means, Span<double> sums)
    {
        Centre(column, work, means);
        LaggedProducts.Add(work, KnownLags, sums, means.Length);
    }

    /// <summary>Puts the sums into place where <see cref="AddLags"/> kept them elsewhere.</summary>
    protected virtual void FinishLags(Span<double> sums)
    {
    }

    /// <summary>Applies the function and takes each half-chain's mean away, which is computed where it is not yet known.</summary>
    protected abstract void Centre(ReadOnlySpan<Vector512<double>> source, Span<Vector512<double>> centred, Span<double> means);

    /// <summary>Whether the means of the half-chains are known from an earlier sweep.</summary>
    protected bool MeansKnown => stage > 0;

    private PowerSpectrum? Spectrum { get; set; }

    private void Begin(SplitChains split)
    {
        int n = split.HalfLength;
        if (!MeansKnown)
        {
            Means = new double[split.HalfChains];
        }

        if (stage >= LagStages.Length && n > DirectLags)
        {
            Spectrum = new PowerSpectrum(n);
            return;
        }

        // Folded scores are there for their means and variances only.
        int lags = Source == SeriesSource.FoldedScores ? 1 : Math.Min(n, stage < LagStages.Length ? LagStages[stage] : n);
        Array.Resize(ref autocovariance, lags);
        BeginLags(n, KnownLags, lags - KnownLags);
    }

    private void AddColumn(ReadOnlySpan<Vector512<double>> column, Span<Vector512<double>> work, Span<double> means)
    {
        if (Spectrum is not null)
        {
            Centre(column, work, means);
            Spectrum.Add(work, means.Length);
        }
        else
        {
            AddLags(column, work, means, autocovariance.AsSpan(KnownLags));
        }
    }

    private void Finish(SplitChains split)
    {
        double scale = 1.0 / ((double)split.HalfLength * split.HalfChains);
        int firstNew = KnownLags;
        if (Spectrum is not null)
        {
            autocovariance = Spectrum.LaggedProducts();
            Spectrum = null;
            firstNew = 0;
        }
        else
        {
            FinishLags(autocovariance.AsSpan(firstNew));
        }

        for (int lag = firstNew; lag < autocovariance.Length; lag++)
        {
            autocovariance[lag] *= scale;
        }

        KnownLags = autocovariance.Length;
        stage++;
    }
}

/// <summary>A series of one function of the draws.</summary>
internal sealed class ChainSeries<TMap> : ChainSeries
    where TMap : struct, ISeriesMap
{
    private readonly TMap map;

    /// <param name="map">The function.</param>
    /// <param name="source">What it is applied to.</param>
    public ChainSeries(TMap map, SeriesSource source = SeriesSource.Draws)
    {
        this.map = map;
        Source = source;
    }

    /// <inheritdoc/>
    public override double Value(double draw) => map.Map(Vector512.Create(draw))[0];

    /// <inheritdoc/>
    protected override void Centre(ReadOnlySpan<Vector512<double>> source, Span<Vector512<double>> centred, Span<double> means)
    {
        centred = centred[..source.Length];
        Vector512<double> mean = Vector512<double>.Zero;
        if (MeansKnown)
        {
            for (int lane = 0; lane < means.Length; lane++)
            {
                mean = mean.WithElement(lane, means[lane]);
            }

            for (int i = 0; i < source.Length; i++)
            {
                centred[i] = map.Map(source[i]) - mean;
            }

            return;
        }

        // About the first draw, so that a half-chain that never moves has exactly its value as mean and no variance.
        Vector512<double> origin = map.Map(source[0]);
        Vector512<double> sum = Vector512<double>.Zero;
        for (int i = 0; i < source.Length; i++)
        {
            Vector512<double> deviation = map.Map(source[i]) - origin;
            centred[i] = deviation;
            sum += deviation;
        }

        Vector512<double> meanDeviation = sum / Vector512.Create((double)source.Length);
        for (int i = 0; i < source.Length; i++)
        {
            centred[i] -= meanDeviation;
        }

        mean = origin + meanDeviation;
        for (int lane = 0; lane < means.Length; lane++)
        {
            means[lane] = mean[lane];
        }
    }
}
