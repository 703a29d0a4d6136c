using GpuSampling.Kernels.Functions;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Metrics;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Variates;

namespace GpuSampling.Kernels.Transitions;

/// <summary>
/// Hamiltonian Monte Carlo with a trajectory of a given number of leapfrog steps and a Metropolis correction:
/// Duane, Kennedy, Pendleton and Roweth (1987); Neal (2011), section 5.3.2.1.
/// </summary>
/// <typeparam name="TMetric">The metric.</typeparam>
/// <remarks>
/// Settings: the reals are the metric's; integer t is the number of leapfrog steps of the launch's transition t, the same for all
/// chains, so that lanes and GPU threads stay together.
/// </remarks>
public readonly struct HamiltonianMonteCarlo<TMetric> : ITransition
    where TMetric : struct, IMetric
{
    /// <summary>The metric.</summary>
    public TMetric Metric { get; init; }

    /// <summary>An energy error above this marks a transition as divergent (Stan's threshold is 1000).</summary>
    public double DivergenceThreshold { get; init; }

    /// <inheritdoc/>
    public static int StatisticCount => 0;

    /// <summary>The first own row of the proposed position; after a transition it is still there.</summary>
    public static int ProposedPosition => 0;

    /// <inheritdoc/>
    public static int KeptLength(int dimension) => 0;

    /// <summary>The first own row of the gradient at the proposed position.</summary>
    /// <param name="dimension">The number of unconstrained parameters.</param>
    public static int ProposedGradient(int dimension) => dimension;

    /// <summary>The first own row of the whitened momentum at the proposed position.</summary>
    /// <param name="dimension">The number of unconstrained parameters.</param>
    public static int Momentum(int dimension) => 2 * dimension;

    /// <inheritdoc/>
    public int OwnLength(int dimension) => 3 * dimension;

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
        int dimension = model.Dimension;
        ChainRows rows = new(dimension);
        TVector position = state.Slice(ChainRows.Position);
        TVector gradient = state.Slice(rows.Gradient);
        TVector own = state.Slice(rows.Own);
        TVector proposedPosition = own.Slice(ProposedPosition);
        TVector proposedGradient = own.Slice(ProposedGradient(dimension));
        TVector momentum = own.Slice(Momentum(dimension));
        int leapfrogCount = settings.Integer(transition);

        VectorVariates.FillNormal(random, momentum, dimension);
        T kineticBefore = ChainVectors.HalfSquaredNorm<T, TVector>(momentum, dimension);
        for (int i = 0; i < dimension; i++)
        {
            proposedPosition[i] = position[i];
            proposedGradient[i] = gradient[i];
        }

        T proposedLogDensity = LeapfrogIntegrator.Integrate<T, TVector, TData, TModel, TMetric>(
            model, Metric, proposedPosition, momentum, proposedGradient, own.Slice(OwnLength(dimension)), data, settings, leapfrogCount);

        T energyBefore = kineticBefore - logDensity;
        T energyAfter = ChainVectors.HalfSquaredNorm<T, TVector>(momentum, dimension) - proposedLogDensity;
        T energyError = energyAfter - energyBefore;

        // Accept with probability min(1, exp(−error)): a unit exponential variate exceeds the error so often. NaN compares false.
        Mask<T> diverged = !(energyError <= T.Constant(DivergenceThreshold));
        T level = ExponentialVariate.At(random.At(StreamPurpose.Acceptance, random.Step), 0);
        Mask<T> accepted = (energyError < level) & !diverged & moves;
        for (int i = 0; i < dimension; i++)
        {
            position[i] = T.Select(accepted, proposedPosition[i], position[i]);
            gradient[i] = T.Select(accepted, proposedGradient[i], gradient[i]);
        }

        return new TransitionOutcome<T>
        {
            LogDensity = T.Select(accepted, proposedLogDensity, logDensity),
            Energy = T.Select(accepted, energyAfter, energyBefore),
            AcceptanceProbability = T.Select(diverged, T.Zero, Elementary.Exp(T.Min(-energyError, T.Zero))),
            EvaluationCount = T.FromInteger(leapfrogCount),
            Diverged = diverged,
        };
    }
}
