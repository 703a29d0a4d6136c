using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Functions;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Variates;

namespace GpuSampling.Kernels.Transitions;

/// <summary>
/// Hamiltonian Monte Carlo with a trajectory of a given number of leapfrog steps, a diagonal metric and a Metropolis correction:
/// Duane, Kennedy, Pendleton and Roweth (1987); Neal (2011), section 5.3.2.1. A launch makes a block of transitions.
/// </summary>
/// <typeparam name="TModel">The model.</typeparam>
/// <remarks>
/// Settings: real i is ε·s_i, the step size times the scale of parameter i; integer t is the number of leapfrog steps of the
/// block's transition t, the same for all chains, so that lanes and GPU threads stay together.
/// </remarks>
public readonly struct HamiltonianMonteCarlo<TModel> : IChainKernel
    where TModel : struct, IModel
{
    /// <summary>The model.</summary>
    public TModel Model { get; init; }

    /// <summary>The seed.</summary>
    public StreamKey Key { get; init; }

    /// <summary>The number of the block's first transition, counted from the beginning of the run.</summary>
    public uint FirstStep { get; init; }

    /// <summary>How many transitions to make.</summary>
    public int TransitionCount { get; init; }

    /// <summary>Write one draw for every so many transitions; 0 writes none.</summary>
    public int DrawInterval { get; init; }

    /// <summary>1: move the chains; 0: only find out how likely they would be to accept.</summary>
    public int MovesChains { get; init; }

    /// <summary>
    /// The number of positions that the running moments already hold plus 1: moments are updated with weights from 1 over this
    /// number on. 0 leaves the moments alone; 1 begins them anew.
    /// </summary>
    public int FirstMomentCount { get; init; }

    /// <summary>An energy error above this marks a transition as divergent (Stan's threshold is 1000).</summary>
    public double DivergenceThreshold { get; init; }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<T, TVector, TOutput, TData>(Word<T> chain, TVector state, TOutput output, TData data, TData settings)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TOutput : struct, IChainVector<TOutput, T>
        where TData : struct, IDataTable<T>
    {
        HamiltonianMonteCarloLayout rows = new(Model.Dimension);
        TVector position = state.Slice(HamiltonianMonteCarloLayout.Position);
        T logDensity = state[HamiltonianMonteCarloLayout.LogDensity];
        T acceptanceSum = T.Zero;
        T divergenceCount = T.Zero;
        int draw = 0;
        for (int transition = 0; transition < TransitionCount; transition++)
        {
            StreamAddress<T> random = new(Key, StreamPurpose.Momentum, chain, 0, FirstStep + (uint)transition);
            Outcome<T> outcome = Transition(random, state, rows, data, settings, settings.Integer(transition), logDensity);
            acceptanceSum += outcome.AcceptanceProbability;
            divergenceCount += T.Select(outcome.Diverged, T.One, T.Zero);
            if (MovesChains != 0)
            {
                logDensity = outcome.LogDensity;
            }

            if (FirstMomentCount > 0)
            {
                RunningMoments.Add<T, TVector>(
                    position, state.Slice(rows.Mean), state.Slice(rows.SquaredDeviations), Model.Dimension, FirstMomentCount + transition);
            }

            if (DrawInterval > 0 && (transition + 1) % DrawInterval == 0)
            {
                TOutput drawOutput = output.Slice(draw * (HamiltonianMonteCarloLayout.DrawOutputs + Model.OutputCount));
                drawOutput[HamiltonianMonteCarloLayout.DrawLogDensity] = logDensity;
                drawOutput[HamiltonianMonteCarloLayout.DrawEnergy] = outcome.Energy;
                drawOutput[HamiltonianMonteCarloLayout.DrawAcceptance] = outcome.AcceptanceProbability;
                drawOutput[HamiltonianMonteCarloLayout.DrawDivergent] = T.Select(outcome.Diverged, T.One, T.Zero);
                Model.WriteOutputs<T, TVector, TOutput, TData>(
                    position,
                    drawOutput.Slice(HamiltonianMonteCarloLayout.DrawOutputs),
                    state.Slice(rows.Scratch),
                    data,
                    random.At(StreamPurpose.GeneratedQuantity, random.Step));
                draw++;
            }
        }

        state[HamiltonianMonteCarloLayout.LogDensity] = logDensity;
        state[HamiltonianMonteCarloLayout.AcceptanceSum] = acceptanceSum;
        state[HamiltonianMonteCarloLayout.DivergenceCount] = divergenceCount;
    }

    /// <summary>One transition from the state's position, whose log density is <paramref name="logDensity"/>.</summary>
    private Outcome<T> Transition<T, TVector, TData>(
        StreamAddress<T> random,
        TVector state,
        HamiltonianMonteCarloLayout rows,
        TData data,
        TData settings,
        int leapfrogCount,
        T logDensity)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
    {
        int dimension = Model.Dimension;
        TVector position = state.Slice(HamiltonianMonteCarloLayout.Position);
        TVector gradient = state.Slice(rows.Gradient);
        TVector proposedPosition = state.Slice(rows.ProposedPosition);
        TVector proposedGradient = state.Slice(rows.ProposedGradient);
        TVector momentum = state.Slice(rows.Momentum);

        VectorVariates.FillNormal(random, momentum, dimension);
        T kineticBefore = HalfSquaredNorm<T, TVector>(momentum, dimension);
        for (int i = 0; i < dimension; i++)
        {
            proposedPosition[i] = position[i];
            proposedGradient[i] = gradient[i];
        }

        T proposedLogDensity = LeapfrogIntegrator.Integrate<T, TVector, TData, TModel>(
            Model, proposedPosition, momentum, proposedGradient, state.Slice(rows.Scratch), data, settings, 0, leapfrogCount);

        T energyBefore = kineticBefore - logDensity;
        T energyAfter = HalfSquaredNorm<T, TVector>(momentum, dimension) - proposedLogDensity;
        T energyError = energyAfter - energyBefore;

        // Accept with probability min(1, exp(−error)): a unit exponential variate exceeds the error so often. NaN compares false.
        Mask<T> diverged = !(energyError <= T.Constant(DivergenceThreshold));
        T level = ExponentialVariate.At(random.At(StreamPurpose.Acceptance, random.Step), 0);
        Mask<T> accepted = (energyError < level) & !diverged & T.UniformMask(MovesChains != 0);
        for (int i = 0; i < dimension; i++)
        {
            position[i] = T.Select(accepted, proposedPosition[i], position[i]);
            gradient[i] = T.Select(accepted, proposedGradient[i], gradient[i]);
        }

        T acceptance = T.Select(diverged, T.Zero, Elementary.Exp(T.Min(-energyError, T.Zero)));
        return new Outcome<T>(
            T.Select(accepted, proposedLogDensity, logDensity), T.Select(accepted, energyAfter, energyBefore), acceptance, diverged);
    }

    private static T HalfSquaredNorm<T, TVector>(TVector vector, int length)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
    {
        T sum = T.Zero;
        for (int i = 0; i < length; i++)
        {
            T element = vector[i];
            sum = T.FusedMultiplyAdd(element, element, sum);
        }

        return T.Constant(0.5) * sum;
    }

    /// <summary>What one looks at after a transition.</summary>
    private readonly struct Outcome<T>
        where T : struct, IReal<T>
    {
        public Outcome(T logDensity, T energy, T acceptanceProbability, Mask<T> diverged)
        {
            LogDensity = logDensity;
            Energy = energy;
            AcceptanceProbability = acceptanceProbability;
            Diverged = diverged;
        }

        public T LogDensity { get; }

        public T Energy { get; }

        public T AcceptanceProbability { get; }

        public Mask<T> Diverged { get; }
    }
}
