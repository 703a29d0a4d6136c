namespace GpuSampling.Sampling;

/// <summary>
/// Passes every so-manieth draw on to another sink. Alone, <see cref="RunOptions.Thinning"/> does so at less cost; beside other
/// sinks of the same run, in <see cref="CombinedSinks{TElement}"/>, this one sees fewer draws than they.
/// </summary>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class ThinnedDraws<TElement> : DrawSink<TElement>
    where TElement : unmanaged
{
    private readonly DrawSink<TElement> inner;
    private TElement[] unused = [];

    /// <summary>Passes on the last of every <paramref name="interval"/> draws.</summary>
    /// <param name="inner">The sink that receives them.</param>
    /// <param name="interval">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="interval"/> is below 1.</exception>
    public ThinnedDraws(DrawSink<TElement> inner, int interval)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(interval);
        this.inner = inner;
        Interval = interval;
    }

    /// <summary>Draws for each that is passed on.</summary>
    public int Interval { get; }

    /// <inheritdoc/>
    public override void Begin(DrawRows rows, int chainCount, int drawCount)
    {
        unused = new TElement[chainCount];
        inner.Begin(rows, chainCount, drawCount / Interval);
    }

    /// <inheritdoc/>
    public override Span<TElement> Destination(int draw, int row, int firstChain, int count) =>
        IsPassedOn(draw) ? inner.Destination(draw / Interval, row, firstChain, count) : unused.AsSpan(0, count);

    /// <inheritdoc/>
    public override void Written(int draw, int row, int firstChain, int count)
    {
        if (IsPassedOn(draw))
        {
            inner.Written(draw / Interval, row, firstChain, count);
        }
    }

    /// <inheritdoc/>
    public override bool SavesState => inner.SavesState;

    /// <inheritdoc/>
    public override string StateKind => FormattableString.Invariant($"every {Interval} of ({inner.StateKind})");

    /// <inheritdoc/>
    public override void SaveState(BinaryWriter writer) => inner.SaveState(writer);

    /// <inheritdoc/>
    public override void RestoreState(BinaryReader reader) => inner.RestoreState(reader);

    /// <inheritdoc/>
    public override void End(int drawCount) => inner.End(drawCount / Interval);

    /// <inheritdoc/>
    public override void EndUneven(int drawCount) => inner.EndUneven(drawCount / Interval);

    private bool IsPassedOn(int draw) => draw % Interval == Interval - 1;
}
