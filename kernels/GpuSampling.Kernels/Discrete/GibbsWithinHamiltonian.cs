using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Metrics;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Transitions;

namespace GpuSampling.Kernels.Discrete;

/// <summary>
/// A transition for models with discrete parameters: these are updated given the continuous ones, and those then move by Hamiltonian
/// Monte Carlo given the discrete ones. Both steps keep the posterior, and so does one after the other: Geman and Geman (1984); Neal
/// (2011), section 5.4.
/// </summary>
/// <typeparam name="TMixed">The model.</typeparam>
/// <remarks>Settings as <see cref="HamiltonianMonteCarlo{TMetric}"/> has them with a diagonal metric, whose scales of discrete parameters are 0: trajectories do not move them.</remarks>
public readonly struct GibbsWithinHamiltonian<TMixed> : ITransition
    where TMixed : struct, IMixedModel
{
    /// <summary>The model.</summary>
    public TMixed Mixed { get; init; }

    /// <summary>The move of the continuous parameters.</summary>
    public HamiltonianMonteCarlo<DiagonalMetric> Trajectory { get; init; }

    /// <inheritdoc/>
    public static int StatisticCount => 0;

    /// <inheritdoc/>
    public static int KeptLength(int dimension) => 0;

    /// <inheritdoc/>
    public int OwnLength(int dimension) => Trajectory.OwnLength(dimension);

    /// <inheritdoc/>
    public TransitionOutcome<T> Step<T, TVector, TData, TModel>(
        TModel model,
        StreamAddress<T> random,
        TVector state,
        TData data,
        TData settings,
        int transition,
        T logDensity,
        Mask<T> moves)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
        where TModel : struct, IModel
    {
        // Trials of a step size move nothing.
        if (T.Any(moves))
        {
            ChainRows rows = new(model.Dimension);
            TVector position = state.Slice(ChainRows.Position);
            TVector scratch = state.Slice(rows.Own + OwnLength(model.Dimension));
            Mixed.DrawDiscrete(position, scratch, data, random.At(StreamPurpose.Discrete, random.Step));
            logDensity = ModelGradient.LogDensityGradient<T, TVector, TData, TModel>(model, position, state.Slice(rows.Gradient), scratch, data);
        }

        TransitionOutcome<T> outcome = Trajectory.Step(model, random, state, data, settings, transition, logDensity, moves);

        // Discrete parameters have momenta that move nothing: noise that would hide how well the energies of the others are explored.
        int continuous = model.Dimension - Mixed.DiscreteCount;
        TVector idle = state.Slice(new ChainRows(model.Dimension).Own + HamiltonianMonteCarlo<DiagonalMetric>.Momentum(model.Dimension) + continuous);
        return outcome with
        {
            Energy = outcome.Energy - ChainVectors.HalfSquaredNorm<T, TVector>(idle, Mixed.DiscreteCount),
            EvaluationCount = outcome.EvaluationCount + T.Select(moves, T.One, T.Zero),
        };
    }
}
