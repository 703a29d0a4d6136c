using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Functions;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Transitions;
using GpuSampling.Kernels.Variates;

namespace GpuSampling.Kernels.Tempering;

/// <summary>
/// A move of Hamiltonian Monte Carlo at each replica's own temperature, with step sizes of its level: Neal (2011), section 5.3.2.1, on
/// log π_β = base + β · tilt.
/// </summary>
public static class TemperedTrajectory
{
    /// <summary>Moves the replicas.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <typeparam name="TVector">The accessor of chain vectors.</typeparam>
    /// <typeparam name="TData">The accessor of shared data.</typeparam>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="density">The path.</param>
    /// <param name="random">The replicas' address at this step.</param>
    /// <param name="state">Their memory, with the step size of each parameter in the last of the own rows.</param>
    /// <param name="data">The model's data.</param>
    /// <param name="inverseTemperature">β.</param>
    /// <param name="leapfrogCount">Steps of the trajectory, at least 1.</param>
    /// <param name="divergenceThreshold">An energy error above this is a divergence.</param>
    /// <param name="moves">Where it does not hold, replicas stay: only the acceptance probability is asked for.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static TransitionOutcome<T> Move<T, TVector, TData, TModel>(
        TModel model,
        TemperedDensity density,
        StreamAddress<T> random,
        TVector state,
        TData data,
        T inverseTemperature,
        int leapfrogCount,
        double divergenceThreshold,
        Mask<T> moves)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
        where TModel : struct, IModel
    {
        int dimension = model.Dimension;
        ChainRows rows = new(dimension);
        TVector own = state.Slice(rows.Own);
        TVector proposal = own.Slice(ReplicaRows.KeptLength(dimension));
        TVector baseGradient = proposal.Slice(dimension);
        TVector tiltGradient = baseGradient.Slice(dimension);
        TVector momentum = tiltGradient.Slice(dimension);
        TVector stepSizes = momentum.Slice(dimension);
        TVector scratch = own.Slice(ReplicaRows.Length(dimension));
        VectorVariates.FillNormal(random.At(StreamPurpose.Momentum, random.Step), momentum, dimension);
        ChainVectors.Copy<T, TVector>(state.Slice(ChainRows.Position), proposal, dimension);
        ChainVectors.Copy<T, TVector>(state.Slice(rows.Gradient), baseGradient, dimension);
        ChainVectors.Copy<T, TVector>(own.Slice(ReplicaRows.TiltGradient), tiltGradient, dimension);
        T before = ChainVectors.HalfSquaredNorm<T, TVector>(momentum, dimension)
            - T.FusedMultiplyAdd(inverseTemperature, own[ReplicaRows.Tilt], own[ReplicaRows.Base]);

        T half = T.Constant(0.5);
        TemperedParts<T> parts = default;
        Kick(momentum, baseGradient, tiltGradient, stepSizes, inverseTemperature, dimension, half);
        for (int step = 0; step < leapfrogCount; step++)
        {
            for (int i = 0; i < dimension; i++)
            {
                proposal[i] = T.FusedMultiplyAdd(stepSizes[i], momentum[i], proposal[i]);
            }

            parts = density.Evaluate<T, TVector, TData, TModel>(model, proposal, baseGradient, tiltGradient, scratch, data);
            Kick(momentum, baseGradient, tiltGradient, stepSizes, inverseTemperature, dimension, step == leapfrogCount - 1 ? half : T.One);
        }

        T after = ChainVectors.HalfSquaredNorm<T, TVector>(momentum, dimension)
            - T.FusedMultiplyAdd(inverseTemperature, parts.Tilt, parts.Base);
        T error = after - before;
        Mask<T> diverged = !(error <= T.Constant(divergenceThreshold));
        T level = ExponentialVariate.At(random.At(StreamPurpose.Acceptance, random.Step), 0);
        Mask<T> accepted = (error < level) & !diverged & moves;
        ChainVectors.CopyWhere(accepted, proposal, state.Slice(ChainRows.Position), dimension);
        ChainVectors.CopyWhere(accepted, baseGradient, state.Slice(rows.Gradient), dimension);
        ChainVectors.CopyWhere(accepted, tiltGradient, own.Slice(ReplicaRows.TiltGradient), dimension);
        own[ReplicaRows.Base] = T.Select(accepted, parts.Base, own[ReplicaRows.Base]);
        own[ReplicaRows.Tilt] = T.Select(accepted, parts.Tilt, own[ReplicaRows.Tilt]);
        return new TransitionOutcome<T>
        {
            LogDensity = own[ReplicaRows.Base] + own[ReplicaRows.Tilt],
            Energy = T.Select(accepted, after, before),
            AcceptanceProbability = T.Select(diverged, T.Zero, Elementary.Exp(T.Min(-error, T.Zero))),
            EvaluationCount = T.FromInteger(leapfrogCount),
            Diverged = diverged,
        };
    }

    // r ← r + factor · ε (∇base + β ∇tilt).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Kick<T, TVector>(
        TVector momentum, TVector baseGradient, TVector tiltGradient, TVector stepSizes, T inverseTemperature, int dimension, T factor)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
    {
        for (int i = 0; i < dimension; i++)
        {
            T gradient = T.FusedMultiplyAdd(inverseTemperature, tiltGradient[i], baseGradient[i]);
            momentum[i] = T.FusedMultiplyAdd(factor * stepSizes[i], gradient, momentum[i]);
        }
    }
}
