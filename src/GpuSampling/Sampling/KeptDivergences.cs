using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace GpuSampling.Sampling;

/// <summary>
/// Keeps the draws whose transitions diverged, the first so many of them, and counts all: where they lie tells what of the posterior
/// trajectories cannot follow. Combine it with other sinks by <see cref="CombinedSinks{TElement}"/>.
/// </summary>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class KeptDivergences<TElement> : DrawSink<TElement>
    where TElement : unmanaged
{
    private readonly List<DivergentDraw> kept = [];
    private readonly int limit;
    private readonly DrawCallback<TElement> whole;
    private DrawRows layout = new([]);

    /// <summary>Keeps divergent draws.</summary>
    /// <param name="limit">The most to keep, 0 or more; further ones are counted only. Default 10,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is below 0.</exception>
    public KeptDivergences(int limit = 10_000)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        this.limit = limit;
        whole = new DrawCallback<TElement>(Keep);
    }

    /// <summary>The labels of the outputs, in order.</summary>
    public ImmutableArray<string> Labels => layout.OutputLabels;

    /// <summary>Those kept, in the order in which they were made.</summary>
    public IReadOnlyList<DivergentDraw> Draws => kept;

    /// <summary>All divergent draws, kept or not.</summary>
    public long Count { get; private set; }

    /// <inheritdoc/>
    public override bool SavesState => true;

    /// <summary>The divergent draws among those that were all kept, the first so many.</summary>
    /// <param name="draws">The draws.</param>
    /// <param name="limit">The most to return, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is below 0.</exception>
    public static ImmutableArray<DivergentDraw> Of(KeptDraws<TElement> draws, int limit = 10_000)
    {
        ArgumentNullException.ThrowIfNull(draws);
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        ImmutableArray<DivergentDraw>.Builder found = ImmutableArray.CreateBuilder<DivergentDraw>();
        ReadOnlySpan<TElement> divergent = draws.Row(DrawRows.Divergent);
        for (int place = 0; place < divergent.Length && found.Count < limit; place++)
        {
            if (Number(divergent[place]) != 0)
            {
                double[] outputs = new double[draws.Labels.Count];
                for (int output = 0; output < outputs.Length; output++)
                {
                    outputs[output] = Number(draws.Output(output)[place]);
                }

                found.Add(new DivergentDraw(place % draws.ChainCount, place / draws.ChainCount, [.. outputs]));
            }
        }

        return found.ToImmutable();
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The rows of one draw exceed what an array holds.</exception>
    public override void Begin(DrawRows rows, int chainCount, int drawCount)
    {
        ArgumentNullException.ThrowIfNull(rows);
        whole.Begin(rows, chainCount, drawCount);
        layout = rows;
        kept.Clear();
        Count = 0;
    }

    /// <inheritdoc/>
    public override Span<TElement> Destination(int draw, int row, int firstChain, int count) => whole.Destination(draw, row, firstChain, count);

    /// <inheritdoc/>
    public override void Written(int draw, int row, int firstChain, int count) => whole.Written(draw, row, firstChain, count);

    /// <inheritdoc/>
    public override string StateKind => FormattableString.Invariant($"{base.StateKind} of {limit}");

    /// <inheritdoc/>
    public override void SaveState(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(Count);
        writer.Write(kept.Count);
        foreach (DivergentDraw one in kept)
        {
            writer.Write(one.Chain);
            writer.Write(one.Draw);
            foreach (double value in one.Outputs)
            {
                writer.Write(value);
            }
        }
    }

    /// <inheritdoc/>
    public override void RestoreState(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        kept.Clear();
        Count = reader.ReadInt64();
        int number = reader.ReadInt32();
        for (int i = 0; i < number; i++)
        {
            (int chain, int draw) = (reader.ReadInt32(), reader.ReadInt32());
            double[] outputs = new double[layout.OutputLabels.Length];
            for (int output = 0; output < outputs.Length; output++)
            {
                outputs[output] = reader.ReadDouble();
            }

            kept.Add(new DivergentDraw(chain, draw, [.. outputs]));
        }
    }

    private void Keep(DrawView<TElement> view)
    {
        ReadOnlySpan<TElement> divergent = view[DrawRows.Divergent];
        for (int chain = 0; chain < divergent.Length; chain++)
        {
            if (Number(divergent[chain]) == 0)
            {
                continue;
            }

            Count++;
            if (kept.Count < limit)
            {
                double[] outputs = new double[layout.OutputLabels.Length];
                for (int output = 0; output < outputs.Length; output++)
                {
                    outputs[output] = Number(view[DrawRows.Outputs + output][chain]);
                }

                kept.Add(new DivergentDraw(view.FirstChain + chain, view.Draw, [.. outputs]));
            }
        }
    }

    private static double Number(TElement value) =>
        typeof(TElement) == typeof(float) ? Unsafe.BitCast<TElement, float>(value) : Unsafe.BitCast<TElement, double>(value);
}
