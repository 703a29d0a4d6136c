using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Transitions;

namespace GpuSampling.Kernels.Ensembles;

/// <summary>Writes the draws of walkers.</summary>
public static class EnsembleDraw
{
    /// <summary>Writes a draw of every walker as it stands.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <typeparam name="TVector">The accessor of chain vectors.</typeparam>
    /// <typeparam name="TOutput">The accessor of the outputs.</typeparam>
    /// <typeparam name="TData">The accessor of shared tables.</typeparam>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="random">The walkers' address at this step.</param>
    /// <param name="state">Their memory.</param>
    /// <param name="output">The outputs of the launch.</param>
    /// <param name="data">The model's data.</param>
    /// <param name="draw">The place of the draw, from 0.</param>
    public static void Write<T, TVector, TOutput, TData, TModel>(
        TModel model, StreamAddress<T> random, TVector state, TOutput output, TData data, int draw)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TOutput : struct, IChainVector<TOutput, T>
        where TData : struct, IDataTable<T>
        where TModel : struct, IModel
    {
        TVector own = state.Slice(new ChainRows(model.Dimension).Own);
        TOutput drawOutput = output.Slice(draw * (ChainRows.DrawOutputs + model.OutputCount));
        T logDensity = state[ChainRows.LogDensity];
        drawOutput[ChainRows.DrawLogDensity] = logDensity;
        drawOutput[ChainRows.DrawEnergy] = -logDensity;
        drawOutput[ChainRows.DrawAcceptance] = own[EnsembleRows.Acceptance];
        drawOutput[ChainRows.DrawDivergent] = T.Zero;
        model.WriteOutputs<T, TVector, TOutput, TData>(
            state.Slice(ChainRows.Position),
            drawOutput.Slice(ChainRows.DrawOutputs),
            own.Slice(EnsembleRows.Length(model.Dimension)),
            data,
            random.At(StreamPurpose.GeneratedQuantity, random.Step));
    }
}
