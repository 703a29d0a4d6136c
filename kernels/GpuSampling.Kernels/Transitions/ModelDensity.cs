using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Models;

namespace GpuSampling.Kernels.Transitions;

/// <summary>The log posterior of a model without its gradient.</summary>
public static class ModelDensity
{
    /// <summary>The log posterior density up to a constant.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <typeparam name="TVector">The accessor of chain vectors.</typeparam>
    /// <typeparam name="TData">The accessor of shared data.</typeparam>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="position">The unconstrained parameters.</param>
    /// <param name="scratch">The model's scratch memory.</param>
    /// <param name="data">The model's data.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T LogDensity<T, TVector, TData, TModel>(TModel model, TVector position, TVector scratch, TData data)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
        where TModel : struct, IModel
    {
        T logPrior = model.LogPrior<T, TVector, TData>(position, scratch, data);
        return logPrior + model.LogLikelihood<T, TVector, TData>(position, scratch, data, 0, model.DataTermCount);
    }
}
