using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Models;

namespace GpuSampling.Kernels.Transitions;

/// <summary>
/// A step uphill from each chain's start: Kingma and Ba, Adam: A method for stochastic optimization (2015), algorithm 1, with the sign of
/// an ascent. The chain's position is the best point seen.
/// </summary>
/// <typeparam name="TModel">The model.</typeparam>
/// <remarks>
/// Rows as in <see cref="ChainRows"/>: position, gradient and log density are those of the best point; the iterate θ and its gradient
/// are in the sampler's own rows, the moments m and v in those of the running mean and deviations, which samplers begin anew. An iterate
/// without finite density goes back to the best point, without momentum.
/// </remarks>
public readonly struct AdamStep<TModel> : IChainKernel
    where TModel : struct, IModel
{
    /// <summary>The model.</summary>
    public TModel Model { get; init; }

    /// <summary>α.</summary>
    public double LearningRate { get; init; }

    /// <summary>β₁.</summary>
    public double MeanDecay { get; init; }

    /// <summary>β₂.</summary>
    public double SquareDecay { get; init; }

    /// <summary>1 − β₁.</summary>
    public double MeanShare { get; init; }

    /// <summary>1 − β₂.</summary>
    public double SquareShare { get; init; }

    /// <summary>1 / (1 − β₁ᵗ).</summary>
    public double MeanCorrection { get; init; }

    /// <summary>1 / (1 − β₂ᵗ).</summary>
    public double SquareCorrection { get; init; }

    /// <summary>ε, beside the root of v̂.</summary>
    public double Stabilizer { get; init; }

    /// <summary>1: the first step, which begins at the chain's position with both moments 0.</summary>
    public int Begins { get; init; }

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
        int dimension = Model.Dimension;
        ChainRows rows = new(dimension);
        TVector best = state.Slice(ChainRows.Position);
        TVector bestGradient = state.Slice(rows.Gradient);
        TVector iterate = state.Slice(rows.Own);
        TVector gradient = state.Slice(rows.Own + dimension);
        TVector mean = state.Slice(rows.Mean);
        if (Begins != 0)
        {
            for (int i = 0; i < dimension; i++)
            {
                iterate[i] = best[i];
                gradient[i] = bestGradient[i];
                mean[i] = T.Zero;
                state[rows.SquaredDeviations + i] = T.Zero;
            }
        }

        Climb<T, TVector>(iterate, gradient, mean, state.Slice(rows.SquaredDeviations));
        T logDensity = ModelGradient.LogDensityGradient<T, TVector, TData, TModel>(
            Model, iterate, gradient, state.Slice(ScratchRow), data);
        Mask<T> finite = StartRules.IsFinite<T, TVector>(logDensity, gradient, dimension);
        Mask<T> isBest = finite & (logDensity > state[ChainRows.LogDensity]);
        state[ChainRows.LogDensity] = T.Select(isBest, logDensity, state[ChainRows.LogDensity]);
        for (int i = 0; i < dimension; i++)
        {
            best[i] = T.Select(isBest, iterate[i], best[i]);
            bestGradient[i] = T.Select(isBest, gradient[i], bestGradient[i]);
            iterate[i] = T.Select(finite, iterate[i], best[i]);
            gradient[i] = T.Select(finite, gradient[i], bestGradient[i]);
            mean[i] = T.Select(finite, mean[i], T.Zero);
        }
    }

    private void Climb<T, TVector>(TVector iterate, TVector gradient, TVector mean, TVector square)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
    {
        for (int i = 0; i < Model.Dimension; i++)
        {
            T component = gradient[i];
            T m = T.FusedMultiplyAdd(T.Constant(MeanDecay), mean[i], T.Constant(MeanShare) * component);
            T v = T.FusedMultiplyAdd(T.Constant(SquareDecay), square[i], T.Constant(SquareShare) * (component * component));
            mean[i] = m;
            square[i] = v;
            T direction = (m * T.Constant(MeanCorrection)) / (T.Sqrt(v * T.Constant(SquareCorrection)) + T.Constant(Stabilizer));
            iterate[i] = T.FusedMultiplyAdd(T.Constant(LearningRate), direction, iterate[i]);
        }
    }
}
