using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Tests.Functions;
using GpuSampling.Kernels.Transitions;

namespace GpuSampling.Ilgpu.Tests.Kernels;

/// <summary>A function of one variable, of each chain's state.</summary>
internal readonly struct FunctionKernel<TFunction> : IChainKernel
    where TFunction : struct, IElementaryFunction
{
    public void Run<T, TVector, TOutput, TData>(Word<T> chain, TVector state, TOutput output, TData data, TData settings)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TOutput : struct, IChainVector<TOutput, T>
        where TData : struct, IDataTable<T>
    {
        output[0] = TFunction.Apply(state[0]);
    }
}
