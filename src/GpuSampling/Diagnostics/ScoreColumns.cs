using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GpuSampling.Diagnostics;

/// <summary>The normal scores of one parameter's draws, read column after column in the layout of <see cref="SplitChains"/>.</summary>
internal sealed class ScoreColumns(SplitChains split, NormalScoreCache cache) : IDisposable
{
    private readonly AlignedBuffer<double> slotBuffer = new();
    private readonly AlignedBuffer<double> foldedSlotBuffer = new();
    private readonly RankNormalization normalization = new();
    private readonly AlignedBuffer<double> columnBuffer = new();
    private readonly AlignedBuffer<double> foldedColumnBuffer = new();
    private DrawOrder? order;
    private bool foldedScored;
    private bool readsPlain;
    private bool readsFolded;
    private int column;

    /// <summary>The scores of the column read last.</summary>
    public ReadOnlySpan<Vector512<double>> Scores => Vectors(columnBuffer);

    /// <summary>The folded scores of the column read last.</summary>
    public ReadOnlySpan<Vector512<double>> FoldedScores => Vectors(foldedColumnBuffer);

    /// <summary>Sorts new draws, which finds their scores.</summary>
    public void Sort(DrawOrder order, CancellationToken cancellation)
    {
        this.order = order;
        foldedScored = false;
        order.Sort(split, cache.For(split.SplitCount), slotBuffer.Take(split.Count), cancellation);
    }

    /// <summary>Goes before the first column, and finds the folded scores if they are wanted for the first time.</summary>
    /// <param name="plain">Whether scores are wanted.</param>
    /// <param name="folded">Whether folded scores are wanted.</param>
    public void StartReading(bool plain, bool folded)
    {
        DrawOrder sorted = Sorted;
        readsPlain = plain;
        readsFolded = folded;
        if (folded && !foldedScored)
        {
            normalization.WriteFoldedScores(
                sorted.SplitValues, sorted.SplitSlots, sorted.Median(), cache.For(split.SplitCount), foldedSlotBuffer.Take(split.Count));
            foldedScored = true;
        }

        sorted.StartReading();
        column = 0;
    }

    /// <summary>Reads the next column.</summary>
    public void ReadNext()
    {
        int start = column * split.ColumnLength;
        int lanes = split.LanesIn(column);
        bool full = lanes == SplitChains.Lanes;
        int rows = full ? 1 : split.HalfLength;
        int length = full ? split.ColumnLength : lanes;
        Span<double> plain = Clean(columnBuffer, readsPlain, full);
        Span<double> folded = Clean(foldedColumnBuffer, readsFolded, full);
        ReadOnlySpan<double> slots = readsPlain ? slotBuffer.Take(split.Count) : default;
        ReadOnlySpan<double> foldedSlots = readsFolded ? foldedSlotBuffer.Take(split.Count) : default;
        for (int row = 0; row < rows; row++)
        {
            int offset = row * SplitChains.Lanes;
            Range positions = (start + offset)..(start + offset + length);
            if (readsPlain)
            {
                Sorted.ReadBySlot(positions, slots, plain.Slice(offset, length), foldedSlots, readsFolded ? folded.Slice(offset, length) : default);
            }
            else
            {
                Sorted.ReadBySlot(positions, foldedSlots, folded.Slice(offset, length), default, default);
            }
        }

        column++;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        slotBuffer.Dispose();
        foldedSlotBuffer.Dispose();
        normalization.Dispose();
        columnBuffer.Dispose();
        foldedColumnBuffer.Dispose();
    }

    private DrawOrder Sorted => order ?? throw new InvalidOperationException("The draws must be sorted before their scores are read.");

    private Span<double> Clean(AlignedBuffer<double> buffer, bool wanted, bool full)
    {
        Span<double> span = wanted ? buffer.Take(split.ColumnLength) : default;
        if (!full)
        {
            span.Clear();
        }

        return span;
    }

    private ReadOnlySpan<Vector512<double>> Vectors(AlignedBuffer<double> buffer) =>
        MemoryMarshal.Cast<double, Vector512<double>>(buffer.Take(split.ColumnLength));
}
