using GpuSampling.Kernels.Functions;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Metrics;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Variates;

namespace GpuSampling.Kernels.Transitions;

/// <summary>
/// Generalised Hamiltonian Monte Carlo: momenta that are only partly refreshed, one leapfrog step, and an acceptance level that moves
/// on slowly, so that rejections, which turn chains round, come in clusters. Horowitz, A generalized guided Monte Carlo algorithm
/// (1991); Neal, Non-reversibly updating a uniform [0,1] value for Metropolis accept/reject decisions (2020), arXiv 2001.11950.
/// </summary>
/// <typeparam name="TMetric">The metric.</typeparam>
/// <remarks>
/// The momentum and the level u on (−1, 1) are a part of the chain's state. Settings: the metric's reals; after them √(1 − a²), a and
/// the level's step δ. Integer t is 1 where transition t of the launch refreshes everything, else 0. Not reversible.
/// </remarks>
public readonly struct GeneralizedHamiltonian<TMetric> : ITransition
    where TMetric : struct, IMetric
{
    /// <summary>The metric.</summary>
    public TMetric Metric { get; init; }

    /// <summary>An energy error above this marks a transition as divergent.</summary>
    public double DivergenceThreshold { get; init; }

    /// <inheritdoc/>
    public static int StatisticCount => 0;

    /// <summary>Reals of settings after the metric's.</summary>
    public static int ExtraSettingLength => 3;

    /// <inheritdoc/>
    public static int KeptLength(int dimension) => dimension + 1;

    /// <inheritdoc/>
    public int OwnLength(int dimension) => (4 * dimension) + 1;

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
        TVector momentum = state.Slice(rows.Own);
        TVector proposal = momentum.Slice(dimension + 1);
        TVector proposedGradient = proposal.Slice(dimension);
        TVector proposedMomentum = proposal.Slice(2 * dimension);
        int extra = Metric.SettingLength(dimension);
        Mask<T> refreshes = T.UniformMask(settings.Integer(transition) == 1);

        // r ← √(1 − a²) r + a ξ
        T kept = T.Select(refreshes, T.Zero, settings.Real(extra));
        T renewed = T.Select(refreshes, T.One, settings.Real(extra + 1));
        VectorVariates.FillNormal(random, proposedMomentum, dimension);
        for (int i = 0; i < dimension; i++)
        {
            T old = T.Select(refreshes, T.Zero, momentum[i]);
            T partly = T.FusedMultiplyAdd(kept, old, renewed * proposedMomentum[i]);
            momentum[i] = partly;
            proposedMomentum[i] = partly;
            proposal[i] = position[i];
            proposedGradient[i] = gradient[i];
        }

        T uniform = UniformVariate.HalfOpen(random.At(StreamPurpose.Acceptance, random.Step), 0);
        T level = T.Select(refreshes, (uniform + uniform) - T.One, momentum[dimension]);
        T energyBefore = ChainVectors.HalfSquaredNorm<T, TVector>(momentum, dimension) - logDensity;
        T proposedLogDensity = LeapfrogIntegrator.Integrate<T, TVector, TData, TModel, TMetric>(
            model, Metric, proposal, proposedMomentum, proposedGradient, proposal.Slice(3 * dimension), data, settings, 1);
        T energyAfter = ChainVectors.HalfSquaredNorm<T, TVector>(proposedMomentum, dimension) - proposedLogDensity;
        T energyError = energyAfter - energyBefore;
        Mask<T> diverged = !(energyError <= T.Constant(DivergenceThreshold));

        // Accept where |u| < e^(−error); then u e^error is again within (−1, 1).
        T weight = T.Select(diverged, T.Zero, Elementary.Exp(T.Min(-energyError, T.Constant(60))));
        Mask<T> accepted = (T.Abs(level) < weight) & moves;
        T next = T.Select(accepted, level / weight, level);
        T shifted = (next + T.One) + settings.Real(extra + 2);
        momentum[dimension] = (shifted - (T.Constant(2) * T.Floor(T.Constant(0.5) * shifted))) - T.One;
        for (int i = 0; i < dimension; i++)
        {
            position[i] = T.Select(accepted, proposal[i], position[i]);
            gradient[i] = T.Select(accepted, proposedGradient[i], gradient[i]);
            momentum[i] = T.Select(accepted, proposedMomentum[i], -momentum[i]);
        }

        return new TransitionOutcome<T>
        {
            LogDensity = T.Select(accepted, proposedLogDensity, logDensity),
            Energy = T.Select(accepted, energyAfter, energyBefore),
            AcceptanceProbability = T.Min(weight, T.One),
            EvaluationCount = T.One,
            Diverged = diverged,
        };
    }
}
