using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Models;

namespace GpuSampling.Kernels.Transitions;

/// <summary>The log posterior of a model: prior plus the whole likelihood.</summary>
public static class ModelGradient
{
    /// <summary>The log posterior density up to a constant; its gradient overwrites <paramref name="gradient"/>.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <typeparam name="TVector">The accessor of chain vectors.</typeparam>
    /// <typeparam name="TData">The accessor of shared data.</typeparam>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="position">The unconstrained parameters.</param>
    /// <param name="gradient">Receives the gradient.</param>
    /// <param name="scratch">The model's scratch memory.</param>
    /// <param name="data">The model's data.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T LogDensityGradient<T, TVector, TData, TModel>(
        TModel model, TVector position, TVector gradient, TVector scratch, TData data)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
        where TModel : struct, IModel
    {
        T logPrior = model.LogPriorGradient<T, TVector, TData>(position, gradient, scratch, data);
        return logPrior
            + model.LogLikelihoodGradient<T, TVector, TData>(position, gradient, scratch, data, 0, model.DataTermCount);
    }
}
