namespace GpuSampling.Sampling;

/// <summary>One draw of a run of chains: a view that is valid only during the call that receives it.</summary>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>.</typeparam>
public readonly ref struct DrawView<TElement>
    where TElement : unmanaged
{
    private readonly ReadOnlySpan<TElement> values;

    internal DrawView(DrawRows rows, int draw, int firstChain, int chainCount, ReadOnlySpan<TElement> values)
    {
        Rows = rows;
        Draw = draw;
        FirstChain = firstChain;
        ChainCount = chainCount;
        this.values = values;
    }

    /// <summary>What the rows are.</summary>
    public DrawRows Rows { get; }

    /// <summary>The draw, from 0.</summary>
    public int Draw { get; }

    /// <summary>The first chain of the view, from 0: above 0 only when the chains of a run take turns in the engine's memory.</summary>
    public int FirstChain { get; }

    /// <summary>The number of chains in the view.</summary>
    public int ChainCount { get; }

    /// <summary>A row: one number for each chain of the view.</summary>
    /// <param name="row">As <see cref="DrawRows"/> numbers them.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public ReadOnlySpan<TElement> this[int row]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(row);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Rows.Count);
            return values.Slice(row * ChainCount, ChainCount);
        }
    }
}

/// <summary>Something to do with each draw.</summary>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="view">The draw. An exception ends the run and reaches its caller.</param>
public delegate void DrawAction<TElement>(DrawView<TElement> view)
    where TElement : unmanaged;

/// <summary>Keeps nothing and calls somebody with every draw.</summary>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class DrawCallback<TElement> : DrawSink<TElement>
    where TElement : unmanaged
{
    private readonly DrawAction<TElement> action;
    private DrawRows layout = new([]);
    private TElement[] values = [];

    /// <summary>Calls <paramref name="action"/> with every draw, on the thread that samples.</summary>
    /// <param name="action">What to do.</param>
    public DrawCallback(DrawAction<TElement> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        this.action = action;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The rows of one draw exceed what an array holds.</exception>
    public override void Begin(DrawRows rows, int chainCount, int drawCount)
    {
        ArgumentNullException.ThrowIfNull(rows);
        long length = (long)rows.Count * chainCount;
        if (length > Array.MaxLength)
        {
            throw new ArgumentOutOfRangeException(
                nameof(chainCount), chainCount, $"{rows.Count} rows of each chain exceed {Array.MaxLength} numbers: take fewer chains.");
        }

        layout = rows;
        values = new TElement[length];
    }

    /// <inheritdoc/>
    public override Span<TElement> Destination(int draw, int row, int firstChain, int count) => values.AsSpan(row * count, count);

    /// <inheritdoc/>
    public override void Written(int draw, int row, int firstChain, int count)
    {
        if (row == layout.Count - 1)
        {
            action(new DrawView<TElement>(layout, draw, firstChain, count, values.AsSpan(0, layout.Count * count)));
        }
    }
}
