using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Variates;

namespace GpuSampling.Kernels.Transitions;

/// <summary>
/// Starts each chain uniformly within ±radius in unconstrained space, over-dispersed against most posteriors; a start whose
/// density or gradient is not finite is drawn again.
/// </summary>
/// <typeparam name="TModel">The model.</typeparam>
/// <remarks>
/// Rows as in <see cref="ChainRows"/>; starts are tried in the sampler's own rows. A chain that never found a finite start keeps a
/// log density that is not finite.
/// </remarks>
public readonly struct UniformInitialization<TModel> : IChainKernel
    where TModel : struct, IModel
{
    /// <summary>The model.</summary>
    public TModel Model { get; init; }

    /// <summary>The seed.</summary>
    public StreamKey Key { get; init; }

    /// <summary>The half width of the interval.</summary>
    public double Radius { get; init; }

    /// <summary>How often a start is drawn before giving up.</summary>
    public int AttemptLimit { get; init; }

    /// <summary>The row of the state where the model's scratch memory begins.</summary>
    public int ScratchRow { get; init; }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<T, TVector, TOutput, TData>(Word<T> chain, TVector state, TOutput output, TData data, TData settings)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TOutput : struct, IChainVector<TOutput, T>
        where TData : struct, IDataTable<T>
    {
        ChainRows rows = new(Model.Dimension);
        TVector position = state.Slice(ChainRows.Position);
        TVector gradient = state.Slice(rows.Gradient);
        TVector candidate = state.Slice(rows.Own);
        TVector candidateGradient = state.Slice(rows.Own + Model.Dimension);
        T logDensity = T.Zero;
        Mask<T> missing = T.UniformMask(true);
        for (int attempt = 0; attempt < AttemptLimit && T.Any(missing); attempt++)
        {
            DrawCandidate(new StreamAddress<T>(Key, StreamPurpose.Initialization, chain, 0, (uint)attempt), candidate);
            T candidateLogDensity = ModelGradient.LogDensityGradient<T, TVector, TData, TModel>(
                Model, candidate, candidateGradient, state.Slice(ScratchRow), data);
            Mask<T> finite = StartRules.IsFinite<T, TVector>(candidateLogDensity, candidateGradient, Model.Dimension);

            // A start that is still missing takes the candidate, good or not, so that a failure can be shown.
            for (int i = 0; i < Model.Dimension; i++)
            {
                position[i] = T.Select(missing, candidate[i], position[i]);
                gradient[i] = T.Select(missing, candidateGradient[i], gradient[i]);
            }

            T shown = T.Select(finite, candidateLogDensity, T.Zero / T.Zero);
            logDensity = T.Select(missing, shown, logDensity);
            missing &= !finite;
        }

        state[ChainRows.LogDensity] = logDensity;
    }

    private void DrawCandidate<T, TVector>(StreamAddress<T> random, TVector candidate)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
    {
        T radius = T.Constant(Radius);
        T width = radius + radius;
        VectorVariates.FillUniform(random, candidate, Model.Dimension);
        for (int i = 0; i < Model.Dimension; i++)
        {
            candidate[i] = T.FusedMultiplyAdd(width, candidate[i], -radius);
        }
    }
}
