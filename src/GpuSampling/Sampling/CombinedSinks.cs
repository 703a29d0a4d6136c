using System.Collections.Immutable;

namespace GpuSampling.Sampling;

/// <summary>Gives the draws of one run to several sinks: moments of all of them and every hundredth kept, say.</summary>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class CombinedSinks<TElement> : DrawSink<TElement>
    where TElement : unmanaged
{
    private readonly ImmutableArray<DrawSink<TElement>> sinks;
    private TElement[] row = [];

    /// <summary>Combines sinks, which are told everything in this order.</summary>
    /// <param name="sinks">At least one.</param>
    /// <exception cref="ArgumentException">There are none.</exception>
    public CombinedSinks(params ReadOnlySpan<DrawSink<TElement>> sinks)
    {
        if (sinks.IsEmpty)
        {
            throw new ArgumentException("There are no sinks; allowed is at least one.", nameof(sinks));
        }

        foreach (DrawSink<TElement> sink in sinks)
        {
            ArgumentNullException.ThrowIfNull(sink, nameof(sinks));
        }

        this.sinks = [.. sinks];
    }

    /// <inheritdoc/>
    public override void Begin(DrawRows rows, int chainCount, int drawCount)
    {
        foreach (DrawSink<TElement> sink in sinks)
        {
            sink.Begin(rows, chainCount, drawCount);
        }

        row = new TElement[chainCount];
    }

    /// <inheritdoc/>
    public override Span<TElement> Destination(int draw, int row, int firstChain, int count) => this.row.AsSpan(0, count);

    /// <inheritdoc/>
    public override void Written(int draw, int row, int firstChain, int count)
    {
        foreach (DrawSink<TElement> sink in sinks)
        {
            this.row.AsSpan(0, count).CopyTo(sink.Destination(draw, row, firstChain, count));
            sink.Written(draw, row, firstChain, count);
        }
    }

    /// <inheritdoc/>
    public override bool SavesState => sinks.All(sink => sink.SavesState);

    /// <inheritdoc/>
    public override string StateKind => string.Join(" and ", sinks.Select(sink => sink.StateKind));

    /// <inheritdoc/>
    public override void SaveState(BinaryWriter writer)
    {
        foreach (DrawSink<TElement> sink in sinks)
        {
            sink.SaveState(writer);
        }
    }

    /// <inheritdoc/>
    public override void RestoreState(BinaryReader reader)
    {
        foreach (DrawSink<TElement> sink in sinks)
        {
            sink.RestoreState(reader);
        }
    }

    /// <inheritdoc/>
    public override void End(int drawCount)
    {
        foreach (DrawSink<TElement> sink in sinks)
        {
            sink.End(drawCount);
        }
    }

    /// <inheritdoc/>
    public override void EndUneven(int drawCount)
    {
        foreach (DrawSink<TElement> sink in sinks)
        {
            sink.EndUneven(drawCount);
        }
    }
}
