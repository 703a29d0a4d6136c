using System.Globalization;
using System.Runtime.InteropServices;
using GpuSampling.Diagnostics;
using GpuSampling.Numerics;

namespace GpuSampling.Sampling;

/// <summary>
/// Keeps the running moments of every output and chain, and what tells a bad run, instead of the draws: memory does not grow with
/// the length of a run.
/// </summary>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>; moments are computed in float64.</typeparam>
public sealed class KeptMoments<TElement> : DrawSink<TElement>
    where TElement : unmanaged
{
    private DrawRows layout = new([]);
    private double[] means = [];
    private double[] squaredDeviations = [];
    private double[] energies = [];
    private double[] energyMeans = [];
    private double[] energySquaredDeviations = [];
    private double[] energySquaredChanges = [];
    private double[] logDensities = [];
    private double[] largest = [];
    private long[] counts = [];
    private TElement[] row = [];

    /// <summary>The labels of the outputs, in order: the parameters of <see cref="Moments"/>.</summary>
    public IReadOnlyList<string> Labels => layout.OutputLabels;

    /// <summary>The number of chains.</summary>
    public int ChainCount { get; private set; }

    /// <summary>The number of draws made; 0 until the run has ended.</summary>
    public int DrawCount { get; private set; }

    /// <summary>The number of draws, of all chains, whose transition diverged.</summary>
    public long DivergenceCount { get; private set; }

    /// <summary>The number of values of each output that are not finite.</summary>
    internal ReadOnlyMemory<long> NonFiniteCounts => counts.AsMemory(1, layout.OutputLabels.Length);

    /// <summary>The draws, of all chains, whose log density is that of the draw before.</summary>
    internal long RepeatCount => counts[0];

    /// <summary>The moments of the draws, when the run has ended; null before. Those of runs that continue each other can be merged.</summary>
    public StreamingMoments? Moments { get; private set; }

    /// <summary>
    /// The energy Bayesian fraction of missing information of each chain, as <see cref="EnergyBayesianFractionOfMissingInformation"/>.
    /// </summary>
    /// <param name="fractions">Receives one value a chain; NaN for a chain with fewer than two draws or of constant energy.</param>
    /// <exception cref="ArgumentException"><paramref name="fractions"/> does not have one element a chain.</exception>
    public void ComputeEnergyFractions(Span<double> fractions)
    {
        if (fractions.Length != ChainCount)
        {
            throw new ArgumentException(
                $"fractions has {fractions.Length} elements; it must have one for each of the {ChainCount} chains.", nameof(fractions));
        }

        // The mean squared change over the variance: both sums have n − 1 as divisor.
        for (int chain = 0; chain < fractions.Length; chain++)
        {
            fractions[chain] = DrawCount < 2 ? double.NaN : energySquaredChanges[chain] / energySquaredDeviations[chain];
        }
    }

    /// <summary>The values of one of the sampler's own statistics that are not below a limit, which none exceeds.</summary>
    internal long CountAtLeast(string statistic, double limit)
    {
        int index = layout.StatisticLabels.IndexOf(statistic);
        return largest[index] >= limit ? counts[1 + layout.OutputLabels.Length + index] : 0;
    }

    /// <summary>The place of an output in <see cref="Moments"/>.</summary>
    /// <param name="label">A label such as <c>tau</c> or <c>theta[3]</c>.</param>
    /// <exception cref="ArgumentException">There is no such output.</exception>
    public int IndexOf(string label)
    {
        int index = layout.OutputLabels.IndexOf(label);
        return index >= 0
            ? index
            : throw new ArgumentException($"No output is named {label}; there are {string.Join(", ", layout.OutputLabels)}.", nameof(label));
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The outputs of all chains exceed what an array or the machine's memory holds.</exception>
    public override void Begin(DrawRows rows, int chainCount, int drawCount)
    {
        ArgumentNullException.ThrowIfNull(rows);
        long moments = (long)rows.OutputLabels.Length * chainCount;
        if (moments > Array.MaxLength)
        {
            throw new ArgumentOutOfRangeException(
                nameof(chainCount),
                chainCount,
                string.Create(CultureInfo.InvariantCulture, $"{rows.OutputLabels.Length} outputs of each chain exceed {Array.MaxLength} numbers: take fewer chains."));
        }

        // Of every output and chain two sums, and their copy at the end; of every chain four more.
        HostMemory.Demand(
            sizeof(double) * ((4.0 * moments) + (5.0 * chainCount)), $"Keeping the moments of {rows.OutputLabels.Length} outputs of each chain", "take fewer chains", nameof(chainCount), chainCount);
        layout = rows;
        ChainCount = chainCount;
        DrawCount = 0;
        DivergenceCount = 0;
        Moments = null;
        means = new double[moments];
        squaredDeviations = new double[moments];
        energies = new double[chainCount];
        energyMeans = new double[chainCount];
        energySquaredDeviations = new double[chainCount];
        energySquaredChanges = new double[chainCount];
        logDensities = new double[chainCount];
        largest = new double[rows.StatisticLabels.Length];
        Array.Fill(largest, double.NegativeInfinity);
        counts = new long[1 + rows.OutputLabels.Length + rows.StatisticLabels.Length];
        row = new TElement[chainCount];
    }

    /// <inheritdoc/>
    public override Span<TElement> Destination(int draw, int row, int firstChain, int count) => this.row.AsSpan(0, count);

    /// <inheritdoc/>
    public override void Written(int draw, int row, int firstChain, int count)
    {
        if (typeof(TElement) == typeof(float))
        {
            Add<float>(MemoryMarshal.Cast<TElement, float>(this.row.AsSpan(0, count)), draw, row, firstChain);
        }
        else
        {
            Add<double>(MemoryMarshal.Cast<TElement, double>(this.row.AsSpan(0, count)), draw, row, firstChain);
        }
    }

    /// <inheritdoc/>
    public override void End(int drawCount)
    {
        DrawCount = drawCount;
        Moments = new StreamingMoments(layout.OutputLabels.Length, ChainCount, drawCount, means, squaredDeviations);
    }

    /// <inheritdoc/>
    public override bool SavesState => true;

    /// <inheritdoc/>
    public override void SaveState(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(DivergenceCount);
        foreach (long count in counts)
        {
            writer.Write(count);
        }

        foreach (double[] values in State)
        {
            NumberBlocks.Write(writer, values);
        }
    }

    /// <inheritdoc/>
    public override void RestoreState(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        DivergenceCount = reader.ReadInt64();
        for (int i = 0; i < counts.Length; i++)
        {
            counts[i] = reader.ReadInt64();
        }

        foreach (double[] values in State)
        {
            NumberBlocks.Read(reader, values);
        }
    }

    private double[][] State => [means, squaredDeviations, energies, energyMeans, energySquaredDeviations, energySquaredChanges, logDensities, largest];

    private void Add<TReal>(ReadOnlySpan<TReal> values, int draw, int row, int firstChain)
        where TReal : unmanaged, System.Numerics.IFloatingPoint<TReal>
    {
        if (row >= DrawRows.Outputs + layout.OutputLabels.Length)
        {
            AddStatistic(values, row - DrawRows.Outputs - layout.OutputLabels.Length);
        }
        else if (row >= DrawRows.Outputs)
        {
            int output = row - DrawRows.Outputs, start = (output * ChainCount) + firstChain;
            AddMoments(values, draw, means.AsSpan(start, values.Length), squaredDeviations.AsSpan(start, values.Length));
            foreach (TReal value in values)
            {
                counts[1 + output] += TReal.IsFinite(value) ? 0 : 1;
            }
        }
        else if (row == DrawRows.LogDensity)
        {
            for (int i = 0; i < values.Length; i++)
            {
                double value = double.CreateTruncating(values[i]);
                counts[0] += draw > 0 && value == logDensities[firstChain + i] ? 1 : 0;
                logDensities[firstChain + i] = value;
            }
        }
        else if (row == DrawRows.Energy)
        {
            for (int i = 0; draw > 0 && i < values.Length; i++)
            {
                double change = double.CreateTruncating(values[i]) - energies[firstChain + i];
                energySquaredChanges[firstChain + i] += change * change;
            }

            for (int i = 0; i < values.Length; i++)
            {
                energies[firstChain + i] = double.CreateTruncating(values[i]);
            }

            AddMoments(values, draw, energyMeans.AsSpan(firstChain), energySquaredDeviations.AsSpan(firstChain));
        }
        else if (row == DrawRows.Divergent)
        {
            foreach (TReal value in values)
            {
                DivergenceCount += TReal.IsZero(value) ? 0 : 1;
            }
        }
    }

    /// <summary>Counts the values that are the largest so far.</summary>
    private void AddStatistic<TReal>(ReadOnlySpan<TReal> values, int statistic)
        where TReal : unmanaged, System.Numerics.IFloatingPoint<TReal>
    {
        foreach (TReal element in values)
        {
            double value = double.CreateTruncating(element);
            if (value >= largest[statistic])
            {
                ref long count = ref counts[1 + layout.OutputLabels.Length + statistic];
                count = value > largest[statistic] ? 1 : count + 1;
                largest[statistic] = value;
            }
        }
    }

    /// <summary>One more value for each chain: Welford (1962), as <see cref="StreamingMoments"/>.</summary>
    private static void AddMoments<TReal>(ReadOnlySpan<TReal> values, int draw, Span<double> means, Span<double> squaredDeviations)
        where TReal : unmanaged, System.Numerics.IFloatingPoint<TReal>
    {
        double inverseCount = 1.0 / (draw + 1.0);
        for (int i = 0; i < values.Length; i++)
        {
            double value = double.CreateTruncating(values[i]);
            double deviation = value - means[i];
            double mean = means[i] + (deviation * inverseCount);
            squaredDeviations[i] += deviation * (value - mean);
            means[i] = mean;
        }
    }
}
