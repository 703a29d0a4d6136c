using System.Runtime.CompilerServices;

namespace GpuSampling.Diagnostics;

/// <summary>
/// The running mean and variance of every chain and parameter, for runs whose draws are not kept: memory does not grow with the
/// number of draws.
/// </summary>
/// <remarks>
/// Welford, Technometrics 4 (1962); merged by Chan, Golub and LeVeque, "Updating formulae and a pairwise algorithm for computing
/// sample variances" (1979). Each chain has its own sums, so that results do not depend on how chains are spread over threads;
/// a merge takes its two parts in the order given. Not thread-safe.
/// </remarks>
public sealed class StreamingMoments
{
    private readonly double[] means;
    private readonly double[] sumsOfSquares;

    /// <summary>Starts with no draws.</summary>
    /// <param name="parameters">The number of parameters, at least 1.</param>
    /// <param name="chains">The number of chains, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is less than 1.</exception>
    public StreamingMoments(int parameters, int chains)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parameters, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(chains, 1);
        Parameters = parameters;
        Chains = chains;
        means = new double[checked(parameters * chains)];
        sumsOfSquares = new double[means.Length];
    }

    /// <summary>Takes over moments computed elsewhere, element <c>parameter * chains + chain</c>.</summary>
    internal StreamingMoments(int parameters, int chains, long draws, ReadOnlySpan<double> means, ReadOnlySpan<double> sumsOfSquares)
        : this(parameters, chains)
    {
        means.CopyTo(this.means);
        sumsOfSquares.CopyTo(this.sumsOfSquares);
        Draws = draws;
    }

    /// <summary>The number of parameters.</summary>
    public int Parameters { get; }

    /// <summary>The number of chains.</summary>
    public int Chains { get; }

    /// <summary>The number of draws that each chain has added.</summary>
    public long Draws { get; private set; }

    /// <summary>Adds one draw of every chain.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="draw">The values: element <c>parameter * Chains + chain</c>.</param>
    /// <exception cref="ArgumentException">The number of values is not that of parameters times chains.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is neither float nor double.</exception>
    public void Add<T>(ReadOnlySpan<T> draw)
        where T : unmanaged
    {
        if (draw.Length != means.Length)
        {
            throw new ArgumentException(
                $"draw has {draw.Length} values; it must have {Parameters} x {Chains} = {means.Length}.", nameof(draw));
        }

        Draws++;
        double inverseCount = 1.0 / Draws;
        for (int i = 0; i < draw.Length; i++)
        {
            double value = ToDouble(draw[i]);
            double deviation = value - means[i];
            double mean = means[i] + (deviation * inverseCount);
            sumsOfSquares[i] += deviation * (value - mean);
            means[i] = mean;
        }
    }

    /// <summary>Adds the draws that another instance has seen, as if they had come after this one's.</summary>
    /// <param name="later">Moments of the same shape; not changed.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public void Merge(StreamingMoments later)
    {
        ArgumentNullException.ThrowIfNull(later);
        if (later.Parameters != Parameters || later.Chains != Chains)
        {
            throw new ArgumentException(
                $"later has {later.Parameters} parameters x {later.Chains} chains; it must have {Parameters} x {Chains}.", nameof(later));
        }

        long total = Draws + later.Draws;
        if (later.Draws == 0)
        {
            return;
        }

        double laterShare = (double)later.Draws / total;
        double cross = Draws * laterShare;
        for (int i = 0; i < means.Length; i++)
        {
            double deviation = later.means[i] - means[i];
            means[i] += deviation * laterShare;
            sumsOfSquares[i] += later.sumsOfSquares[i] + (deviation * deviation * cross);
        }

        Draws = total;
    }

    /// <summary>The mean of each chain.</summary>
    /// <param name="parameter">From 0 to <see cref="Parameters"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such parameter.</exception>
    public ReadOnlySpan<double> ChainMeans(int parameter) => means.AsSpan(Start(parameter), Chains);

    /// <summary>The variance of one chain, with divisor n - 1; NaN for fewer than two draws.</summary>
    /// <param name="parameter">From 0 to <see cref="Parameters"/> - 1.</param>
    /// <param name="chain">From 0 to <see cref="Chains"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such parameter or chain.</exception>
    public double ChainVariance(int parameter, int chain)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(chain);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(chain, Chains);
        return Draws < 2 ? double.NaN : sumsOfSquares[Start(parameter) + chain] / (Draws - 1);
    }

    /// <summary>The mean of all draws of all chains; NaN without draws.</summary>
    /// <param name="parameter">From 0 to <see cref="Parameters"/> - 1.</param>
    public double Mean(int parameter) => Draws == 0 ? double.NaN : SampleVariance.Mean(ChainMeans(parameter));

    /// <summary>The variance of all draws of all chains, with divisor S - 1; NaN for fewer than two draws altogether.</summary>
    /// <param name="parameter">From 0 to <see cref="Parameters"/> - 1.</param>
    public double Variance(int parameter)
    {
        double count = (double)Draws * Chains;
        if (count < 2)
        {
            return double.NaN;
        }

        double mean = Mean(parameter);
        double sum = 0;
        int start = Start(parameter);
        for (int i = start; i < start + Chains; i++)
        {
            double deviation = means[i] - mean;
            sum += sumsOfSquares[i] + (Draws * deviation * deviation);
        }

        return sum / (count - 1);
    }

    /// <summary>Standard error and effective sample size of the mean from the spread of the chains' means.</summary>
    /// <param name="parameter">From 0 to <see cref="Parameters"/> - 1.</param>
    public CrossChainEffectiveSampleSize CrossChain(int parameter) =>
        CrossChainEffectiveSampleSize.FromChainMeans(ChainMeans(parameter), Variance(parameter));

    private int Start(int parameter)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(parameter);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(parameter, Parameters);
        return parameter * Chains;
    }

    private static double ToDouble<T>(T value)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            return Unsafe.BitCast<T, float>(value);
        }

        return typeof(T) == typeof(double)
            ? Unsafe.BitCast<T, double>(value)
            : throw new NotSupportedException($"Draws of type {typeof(T).Name} are not supported; use float or double.");
    }
}
