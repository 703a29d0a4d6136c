using GpuSampling.Kernels.Functions;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Metrics;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Variates;

namespace GpuSampling.Kernels.Transitions;

/// <summary>
/// The Metropolis-adjusted microcanonical sampler: dynamics of constant speed, whose velocity u of length 1 only turns. Robnik,
/// Cohn-Gordon and Seljak, Metropolis Adjusted Microcanonical Hamiltonian Monte Carlo (2025), arXiv 2503.01707v2: the dynamics of eq. 3 by
/// the leapfrog steps of eq. 5, accepted by lemma 4.2; a new velocity for every trajectory, and none of the Langevin noise of algorithm 1.
/// The dynamics are those of Robnik, De Luca, Silverstein and Seljak, Microcanonical Hamiltonian Monte Carlo, JMLR 24 (2023).
/// </summary>
/// <typeparam name="TMetric">The metric.</typeparam>
/// <remarks>
/// In whitened space with n parameters and gradient g = ∇log π the flow is ẋ = u, u̇ = (1 − uuᵀ)g/(n − 1). It keeps π times the
/// uniform distribution on the sphere: what π gains along u the sphere loses in volume. Settings: the metric's reals; integer t is the
/// number of leapfrog steps of the launch's transition t. At least two parameters.
/// </remarks>
public readonly struct Microcanonical<TMetric> : ITransition
    where TMetric : struct, IMetric
{
    /// <summary>The metric.</summary>
    public TMetric Metric { get; init; }

    /// <summary>An energy error above this marks a transition as divergent.</summary>
    public double DivergenceThreshold { get; init; }

    /// <inheritdoc/>
    public static int StatisticCount => 0;

    /// <summary>The first own row of the proposed position; after a transition it is still there.</summary>
    public static int ProposedPosition => 0;

    /// <inheritdoc/>
    public static int KeptLength(int dimension) => 0;

    /// <summary>The first own row of the velocity at the proposed position.</summary>
    /// <param name="dimension">The number of unconstrained parameters.</param>
    public static int Velocity(int dimension) => 2 * dimension;

    /// <inheritdoc/>
    public int OwnLength(int dimension) => 4 * dimension;

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
        TVector proposal = own.Slice(ProposedPosition);
        TVector proposedGradient = own.Slice(dimension);
        TVector velocity = own.Slice(Velocity(dimension));
        TVector slope = own.Slice(3 * dimension);
        TVector scratch = own.Slice(OwnLength(dimension));
        int leapfrogCount = settings.Integer(transition);

        VectorVariates.FillNormal(random, velocity, dimension);
        Normalize<T, TVector>(velocity, dimension);
        ChainVectors.Copy<T, TVector>(position, proposal, dimension);
        ChainVectors.Copy<T, TVector>(gradient, proposedGradient, dimension);

        // Half a turn at both ends, whole ones between drifts: the two halves between drifts are one turn of twice the angle.
        T kinetic = Turn<T, TVector, TData>(velocity, proposedGradient, slope, settings, dimension, T.Constant(0.5));
        T proposedLogDensity = logDensity;
        for (int step = 0; step < leapfrogCount; step++)
        {
            Metric.Drift<T, TVector, TData>(proposal, velocity, settings, dimension);
            proposedLogDensity = ModelGradient.LogDensityGradient<T, TVector, TData, TModel>(model, proposal, proposedGradient, scratch, data);
            T share = step + 1 < leapfrogCount ? T.One : T.Constant(0.5);
            kinetic += Turn<T, TVector, TData>(velocity, proposedGradient, slope, settings, dimension, share);
        }

        T energyError = kinetic - (proposedLogDensity - logDensity);
        Mask<T> diverged = !(energyError <= T.Constant(DivergenceThreshold));
        T level = ExponentialVariate.At(random.At(StreamPurpose.Acceptance, random.Step), 0);
        Mask<T> accepted = (energyError < level) & !diverged & moves;
        ChainVectors.CopyWhere(accepted, proposal, position, dimension);
        ChainVectors.CopyWhere(accepted, proposedGradient, gradient, dimension);
        T kept = T.Select(accepted, proposedLogDensity, logDensity);
        return new TransitionOutcome<T>
        {
            LogDensity = kept,
            Energy = -kept,
            AcceptanceProbability = T.Select(diverged, T.Zero, Elementary.Exp(T.Min(-energyError, T.Zero))),
            EvaluationCount = T.FromInteger(leapfrogCount),
            Diverged = diverged,
        };
    }

    /// <summary>
    /// Turns u towards the gradient, exactly as the flow at a fixed position: with angle δ = ε‖g‖/(n − 1) and e = g/‖g‖,
    /// u ← (u + e(sinh δ + ⟨e, u⟩(cosh δ − 1)))/(cosh δ + ⟨e, u⟩ sinh δ). Robnik et al. (2025), eq. 28.
    /// </summary>
    /// <returns>(n − 1) log(cosh δ + ⟨e, u⟩ sinh δ), their eq. 8: the volume that the sphere loses.</returns>
    private T Turn<T, TVector, TData>(TVector velocity, TVector gradient, TVector slope, TData settings, int dimension, T share)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
    {
        for (int i = 0; i < dimension; i++)
        {
            slope[i] = T.Zero;
        }

        Metric.Kick(slope, gradient, settings, dimension, share);
        T squares = T.Zero;
        T along = T.Zero;
        for (int i = 0; i < dimension; i++)
        {
            squares = T.FusedMultiplyAdd(slope[i], slope[i], squares);
            along = T.FusedMultiplyAdd(slope[i], velocity[i], along);
        }

        // Without a gradient there is no turn.
        T norm = T.Sqrt(squares);
        T inverse = T.Select(norm > T.Zero, T.One / norm, T.Zero);
        T cosine = along * inverse;
        T angle = norm / T.FromInteger(dimension - 1);

        // Numerator and denominator times 2e^−δ, so that nothing overflows.
        T decay = Elementary.Exp(-angle);
        T rest = T.One - decay;
        T towards = (rest * ((T.One + decay) + (cosine * rest))) * inverse;
        T twice = decay + decay;
        for (int i = 0; i < dimension; i++)
        {
            velocity[i] = T.FusedMultiplyAdd(towards, slope[i], twice * velocity[i]);
        }

        Normalize<T, TVector>(velocity, dimension);
        T denominator = T.FusedMultiplyAdd((T.One - cosine) * decay, decay, T.One + cosine);
        T logarithm = angle + Elementary.Log(T.Constant(0.5) * denominator);
        return T.FromInteger(dimension - 1) * logarithm;
    }

    private static void Normalize<T, TVector>(TVector vector, int dimension)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
    {
        T half = ChainVectors.HalfSquaredNorm<T, TVector>(vector, dimension);
        T factor = T.One / T.Sqrt(half + half);
        for (int i = 0; i < dimension; i++)
        {
            vector[i] = factor * vector[i];
        }
    }
}
