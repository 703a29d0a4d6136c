using GpuSampling.Kernels.Functions;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Transitions;
using GpuSampling.Kernels.Variates;

namespace GpuSampling.Kernels.Annealing;

/// <summary>
/// A Hamiltonian move on π^β that remembers the best position a chain has seen: the step of simulated annealing. Kirkpatrick, Gelatt and
/// Vecchi, Optimization by simulated annealing, Science 220 (1983); Neal (2011), section 5.3.2.1, for the move.
/// </summary>
/// <remarks>
/// Each chain adapts its own step size, in units of 1/√β, so that one that lags behind finds a step short enough to come down. Settings:
/// 1/√β, √β and β of each transition of the launch. Integer t: leapfrog steps of transition t; negative where chains first go back to
/// the best position seen.
/// </remarks>
public readonly struct AnnealedTrajectory : ITransition
{
    // How fast a step size follows the acceptance: Robbins and Monro with a constant gain.
    private const double Gain = 0.2;

    /// <summary>The acceptance probability that step sizes are adapted to.</summary>
    public double TargetAcceptance { get; init; }

    /// <summary>1/√β, √β and β.</summary>
    public static int Coefficients => 3;

    /// <inheritdoc/>
    public static int StatisticCount => 0;

    /// <summary>Own row: the largest log density seen.</summary>
    public static int BestLogDensity => 0;

    /// <summary>Own row: the step size.</summary>
    public static int StepSize => 1;

    /// <summary>Own row: the first of the position where the best was seen.</summary>
    public static int BestPosition => 2;

    /// <inheritdoc/>
    public static int KeptLength(int dimension) => BestPosition + dimension;

    /// <inheritdoc/>
    public int OwnLength(int dimension) => BestPosition + (4 * dimension);

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
        TVector best = own.Slice(BestPosition);
        TVector proposal = best.Slice(dimension);
        TVector proposedGradient = proposal.Slice(dimension);
        TVector momentum = proposedGradient.Slice(dimension);
        int coefficients = Coefficients * transition;
        T stepSize = own[StepSize];
        T drift = stepSize * settings.Real(coefficients, 0);
        T kick = stepSize * settings.Real(coefficients, 1);
        T half = T.Constant(0.5) * kick;
        T inverseTemperature = settings.Real(coefficients, 2);
        int stepCount = settings.Integer(transition);
        if (stepCount < 0)
        {
            stepCount = -stepCount;
            ChainVectors.Copy<T, TVector>(best, position, dimension);
            logDensity = ModelGradient.LogDensityGradient<T, TVector, TData, TModel>(
                model, position, gradient, own.Slice(OwnLength(dimension)), data);
        }

        VectorVariates.FillNormal(random, momentum, dimension);
        T before = ChainVectors.HalfSquaredNorm<T, TVector>(momentum, dimension);
        for (int i = 0; i < dimension; i++)
        {
            proposal[i] = position[i];
            momentum[i] = T.FusedMultiplyAdd(half, gradient[i], momentum[i]);
        }

        T proposed = logDensity;
        for (int step = 1; step <= stepCount; step++)
        {
            for (int i = 0; i < dimension; i++)
            {
                proposal[i] = T.FusedMultiplyAdd(drift, momentum[i], proposal[i]);
            }

            proposed = ModelGradient.LogDensityGradient<T, TVector, TData, TModel>(
                model, proposal, proposedGradient, own.Slice(OwnLength(dimension)), data);
            T factor = step == stepCount ? half : kick;
            for (int i = 0; i < dimension; i++)
            {
                momentum[i] = T.FusedMultiplyAdd(factor, proposedGradient[i], momentum[i]);
            }
        }

        // The difference of log densities is taken before it is multiplied: at a large β their products would not be accurate.
        T error = ChainVectors.HalfSquaredNorm<T, TVector>(momentum, dimension) - before - (inverseTemperature * (proposed - logDensity));
        T level = ExponentialVariate.At(random.At(StreamPurpose.Acceptance, random.Step), 0);
        Mask<T> accepted = (error < level) & moves;
        ChainVectors.CopyWhere(accepted, proposal, position, dimension);
        ChainVectors.CopyWhere(accepted, proposedGradient, gradient, dimension);
        T kept = T.Select(accepted, proposed, logDensity);
        T probability = T.Select(T.AreEqual(error, error), Elementary.Exp(T.Min(-error, T.Zero)), T.Zero);
        own[StepSize] = stepSize * Elementary.Exp(T.Constant(Gain) * (probability - T.Constant(TargetAcceptance)));
        Mask<T> improves = kept > own[BestLogDensity];
        own[BestLogDensity] = T.Select(improves, kept, own[BestLogDensity]);
        ChainVectors.CopyWhere(improves, position, best, dimension);
        return new TransitionOutcome<T>
        {
            LogDensity = kept,
            Energy = -kept,
            AcceptanceProbability = probability,
            EvaluationCount = T.FromInteger(stepCount),
            Diverged = T.UniformMask(false),
        };
    }
}
