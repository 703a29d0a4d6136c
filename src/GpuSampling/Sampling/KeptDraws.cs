using System.Runtime.CompilerServices;
using GpuSampling.Diagnostics;
using GpuSampling.Numerics;

namespace GpuSampling.Sampling;

/// <summary>Keeps every draw in memory, [row][draw][chain].</summary>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class KeptDraws<TElement> : DrawSink<TElement>, IDrawSource<TElement>
    where TElement : unmanaged
{
    private TElement[][] rows = [];
    private DrawRows layout = new([]);

    /// <summary>The number of chains.</summary>
    public int ChainCount { get; private set; }

    /// <summary>The number of draws made; 0 until the run has ended.</summary>
    public int DrawCount { get; private set; }

    /// <summary>The labels of the outputs, in order.</summary>
    public IReadOnlyList<string> Labels => layout.OutputLabels;

    /// <summary>The labels of the sampler's own statistics; that of place i is row <see cref="DrawRows.Outputs"/> + number of labels + i.</summary>
    public IReadOnlyList<string> StatisticLabels => layout.StatisticLabels;

    int IDrawSource<TElement>.Parameters => layout.OutputLabels.Length;

    int IDrawSource<TElement>.Chains => ChainCount;

    string IDrawSource<TElement>.Name(int parameter) => layout.OutputLabels[parameter];

    ReadOnlySpan<TElement> IDrawSource<TElement>.Values(int parameter) => Output(parameter);

    /// <summary>The draws of one output: [draw][chain], chain fastest.</summary>
    /// <param name="label">A label such as <c>tau</c> or <c>theta[3]</c>.</param>
    /// <exception cref="ArgumentException">There is no such output.</exception>
    public ReadOnlySpan<TElement> this[string label]
    {
        get
        {
            int index = layout.OutputLabels.IndexOf(label);
            return index >= 0
                ? Output(index)
                : throw new ArgumentException($"No output is named {label}; there are {string.Join(", ", layout.OutputLabels)}.", nameof(label));
        }
    }

    /// <summary>The values of one of the sampler's own statistics: [draw][chain], chain fastest.</summary>
    /// <param name="label">A label such as <c>tree_depth</c>.</param>
    /// <exception cref="ArgumentException">There is no such statistic.</exception>
    public ReadOnlySpan<TElement> Statistic(string label)
    {
        int index = layout.StatisticLabels.IndexOf(label);
        return index >= 0
            ? Row(DrawRows.Outputs + layout.OutputLabels.Length + index)
            : throw new ArgumentException($"No statistic is named {label}; there are: {string.Join(", ", layout.StatisticLabels)}.", nameof(label));
    }

    /// <summary>The draws of the output at a place: [draw][chain], chain fastest.</summary>
    /// <param name="index">From 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such output.</exception>
    public ReadOnlySpan<TElement> Output(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, layout.OutputLabels.Length);
        return Row(DrawRows.Outputs + index);
    }

    /// <summary>A row of statistics or outputs: [draw][chain], chain fastest.</summary>
    /// <param name="row">As <see cref="DrawRows"/> numbers them.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public ReadOnlySpan<TElement> Row(int row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, rows.Length);
        return rows[row].AsSpan(0, DrawCount * ChainCount);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The draws exceed what an array or the machine's memory holds; thin, or use another sink.</exception>
    public override void Begin(DrawRows rows, int chainCount, int drawCount)
    {
        ArgumentNullException.ThrowIfNull(rows);
        long elements = (long)chainCount * drawCount;
        if (elements > Array.MaxLength)
        {
            throw new ArgumentOutOfRangeException(
                nameof(drawCount), drawCount, $"{chainCount} chains times {drawCount} draws exceed the {Array.MaxLength} numbers that can be kept of an output: thin the draws or keep moments only.");
        }

        HostMemory.Demand(
            (double)elements * rows.Count * Unsafe.SizeOf<TElement>(), "Keeping every draw", "thin the draws, take fewer, or keep moments only", nameof(drawCount), drawCount);
        layout = rows;
        ChainCount = chainCount;
        DrawCount = 0;
        this.rows = new TElement[rows.Count][];
        for (int row = 0; row < rows.Count; row++)
        {
            this.rows[row] = GC.AllocateUninitializedArray<TElement>((int)elements);
        }
    }

    /// <inheritdoc/>
    public override Span<TElement> Destination(int draw, int row, int firstChain, int count) =>
        rows[row].AsSpan((draw * ChainCount) + firstChain, count);

    /// <inheritdoc/>
    public override void End(int drawCount) => DrawCount = drawCount;

    /// <inheritdoc/>
    public override void EndUneven(int drawCount) => DrawCount = drawCount;
}
