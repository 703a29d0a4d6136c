using GpuSampling.Engines;
using GpuSampling.Kernels.Lattices;
using GpuSampling.Kernels.Streams;
using GpuSampling.Sampling;

namespace GpuSampling.Lattices;

/// <summary>How restricted Boltzmann machines are sampled. Immutable; every value is checked when set.</summary>
public sealed record RestrictedBoltzmannOptions : SweepOptions;

/// <summary>
/// A binary restricted Boltzmann machine, p(v, h) ∝ exp(Σ v_i W_ij h_j + Σ a_i v_i + Σ b_j h_j), sampled by block Gibbs: all hidden units
/// given the visible ones, and back, with the same states on every engine.
/// </summary>
public sealed class RestrictedBoltzmannMachine
{
    private readonly double[] data;

    /// <summary>Makes a machine.</summary>
    /// <param name="weights">W, [visible, hidden], finite, at least one of each.</param>
    /// <param name="visibleBiases">a, one for each visible unit, finite.</param>
    /// <param name="hiddenBiases">b, one for each hidden unit, finite.</param>
    /// <exception cref="ArgumentException">A shape or value is not allowed.</exception>
    public RestrictedBoltzmannMachine(double[,] weights, ReadOnlySpan<double> visibleBiases, ReadOnlySpan<double> hiddenBiases)
    {
        ArgumentNullException.ThrowIfNull(weights);
        (VisibleCount, HiddenCount) = (weights.GetLength(0), weights.GetLength(1));
        if (weights.Length == 0 || visibleBiases.Length != VisibleCount || hiddenBiases.Length != HiddenCount)
        {
            throw new ArgumentException(
                $"The weights are {VisibleCount} by {HiddenCount}, with {visibleBiases.Length} and {hiddenBiases.Length} biases: allowed are one bias for each row and each column, and at least one of each.",
                nameof(weights));
        }

        data = [.. weights.Cast<double>(), .. visibleBiases, .. hiddenBiases];
        int bad = Array.FindIndex(data, value => !double.IsFinite(value));
        if (bad >= 0)
        {
            throw new ArgumentException($"A weight or bias is {data[bad]}; allowed are finite numbers.", nameof(weights));
        }
    }

    /// <summary>The visible units.</summary>
    public int VisibleCount { get; }

    /// <summary>The hidden units.</summary>
    public int HiddenCount { get; }

    /// <summary>Samples many machines at once.</summary>
    /// <param name="options">For how long; a sweep draws all units.</param>
    /// <param name="engine">Where to run.</param>
    /// <param name="progress">Told the number of measurements made.</param>
    /// <param name="cancellationToken">
    /// Observed between launches. Before the first measurement, and with <see cref="SweepOptions.Checkpoint"/>, the run ends with
    /// <see cref="OperationCanceledException"/>; else, also where that cannot be written, with the measurements made so far, fewer than asked for.
    /// </param>
    /// <exception cref="InsufficientEngineMemoryException">The machines do not fit the engine's memory.</exception>
    /// <exception cref="OperationCanceledException">Cancelled as said above; a checkpoint is written before.</exception>
    /// <exception cref="CheckpointException">The folder of <see cref="SweepOptions.Checkpoint"/> cannot be written, or holds something that this run cannot go on from.</exception>
    public RestrictedBoltzmannStates Sample(
        RestrictedBoltzmannOptions options, Engine engine, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(engine);
        int units = VisibleCount + HiddenCount;
        (float[][] states, string? failure) = LatticeRun.Measure(
            options,
            new LatticeSize(units, units, Math.Max(1, 2 * VisibleCount * HiddenCount / 8)),
            engine,
            range => new RestrictedBoltzmannSweep
            {
                VisibleCount = VisibleCount,
                HiddenCount = HiddenCount,
                Key = new StreamKey(options.Seed),
                FirstSweep = range.First,
                SweepCount = range.Count,
                Measures = range.MeasureInterval,
            },
            FormattableString.Invariant($"restricted Boltzmann machine {VisibleCount} x {HiddenCount}"),
            progress,
            cancellationToken,
            data);
        return new RestrictedBoltzmannStates(
            [.. states[..VisibleCount].Select(unit => (ReadOnlyMemory<float>)unit)], [.. states[VisibleCount..].Select(unit => (ReadOnlyMemory<float>)unit)])
        {
            CheckpointFailure = failure,
        };
    }
}

/// <summary>The states of the units, 0 or 1: [unit], and of each [measurement][chain]. The last measurement is the state at the end.</summary>
/// <param name="Visible">The visible units.</param>
/// <param name="Hidden">The hidden units, as they were when the visible ones were drawn.</param>
public sealed record RestrictedBoltzmannStates(IReadOnlyList<ReadOnlyMemory<float>> Visible, IReadOnlyList<ReadOnlyMemory<float>> Hidden)
{
    /// <summary>Why the last checkpoint that was due could not be written, such as a full disk; null where it was, or none was asked for.</summary>
    public string? CheckpointFailure { get; init; }
}
