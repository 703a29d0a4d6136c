using System.Runtime.CompilerServices;
using GpuSampling.Diagnostics;

namespace GpuSampling.Sampling;

/// <summary>
/// Keeps a sketch of every output's distribution, of all chains together, instead of the draws: any quantile can be asked for later,
/// and memory hardly grows with the length of a run.
/// </summary>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="bufferLength">The numbers in a buffer of a sketch, 16 to 2²⁰: see <see cref="QuantileSketch"/>.</param>
/// <exception cref="ArgumentOutOfRangeException">It is out of range.</exception>
public sealed class KeptQuantiles<TElement>(int bufferLength = 4096) : DrawSink<TElement>
    where TElement : unmanaged
{
    // An empty one, so that a length out of range is refused at once.
    private readonly QuantileSketch model = new(bufferLength);
    private DrawRows layout = new([]);
    private QuantileSketch[] sketches = [];
    private TElement[] row = [];

    /// <summary>The labels of the outputs, in order.</summary>
    public IReadOnlyList<string> Labels => layout.OutputLabels;

    /// <summary>The number of chains.</summary>
    public int ChainCount { get; private set; }

    /// <summary>The number of draws made; 0 until the run has ended.</summary>
    public int DrawCount { get; private set; }

    /// <summary>The sketches of all outputs, in order.</summary>
    internal IReadOnlyList<QuantileSketch> Sketches => sketches;

    /// <summary>The sketch of an output.</summary>
    /// <param name="label">A label such as <c>tau</c> or <c>theta[3]</c>.</param>
    /// <exception cref="ArgumentException">There is no such output.</exception>
    public QuantileSketch this[string label]
    {
        get
        {
            int index = layout.OutputLabels.IndexOf(label);
            return index >= 0
                ? sketches[index]
                : throw new ArgumentException($"No output is named {label}; there are {string.Join(", ", layout.OutputLabels)}.", nameof(label));
        }
    }

    /// <inheritdoc/>
    public override bool SavesState => true;

    /// <inheritdoc/>
    public override void Begin(DrawRows rows, int chainCount, int drawCount)
    {
        ArgumentNullException.ThrowIfNull(rows);
        layout = rows;
        ChainCount = chainCount;
        DrawCount = 0;
        sketches = [.. rows.OutputLabels.Select(_ => new QuantileSketch(model.BufferLength))];
        row = new TElement[chainCount];
    }

    /// <inheritdoc/>
    public override Span<TElement> Destination(int draw, int row, int firstChain, int count) => this.row.AsSpan(0, count);

    /// <inheritdoc/>
    public override void Written(int draw, int row, int firstChain, int count)
    {
        int output = row - DrawRows.Outputs;
        if (output < 0 || output >= sketches.Length)
        {
            return; // the sampler's statistics
        }

        foreach (TElement value in this.row.AsSpan(0, count))
        {
            sketches[output].Add(typeof(TElement) == typeof(float) ? Unsafe.BitCast<TElement, float>(value) : Unsafe.BitCast<TElement, double>(value));
        }
    }

    /// <inheritdoc/>
    public override string StateKind => FormattableString.Invariant($"{base.StateKind} of {model.BufferLength}");

    /// <inheritdoc/>
    public override void SaveState(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        foreach (QuantileSketch sketch in sketches)
        {
            sketch.Save(writer);
        }
    }

    /// <inheritdoc/>
    public override void RestoreState(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        foreach (QuantileSketch sketch in sketches)
        {
            sketch.Restore(reader);
        }
    }

    /// <inheritdoc/>
    public override void End(int drawCount) => DrawCount = drawCount;
}
