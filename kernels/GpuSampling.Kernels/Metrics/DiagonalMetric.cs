using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;

namespace GpuSampling.Kernels.Metrics;

/// <summary>L = diag(s): a scale for each parameter. Settings: ε·s_i for each. With all s_i = 1 it is the identity.</summary>
public readonly struct DiagonalMetric : IMetric
{
    /// <inheritdoc/>
    public int SettingLength(int dimension) => dimension;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Kick<T, TVector, TData>(TVector momentum, TVector gradient, TData settings, int dimension, T factor)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
    {
        for (int i = 0; i < dimension; i++)
        {
            momentum[i] = T.FusedMultiplyAdd(factor * settings.Real(i), gradient[i], momentum[i]);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Drift<T, TVector, TData>(TVector position, TVector momentum, TData settings, int dimension)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
    {
        for (int i = 0; i < dimension; i++)
        {
            position[i] = T.FusedMultiplyAdd(settings.Real(i), momentum[i], position[i]);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void KickAndDrift<T, TVector, TData>(TVector position, TVector momentum, TVector gradient, TData settings, int dimension)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
    {
        for (int i = 0; i < dimension; i++)
        {
            T step = settings.Real(i);
            T kicked = T.FusedMultiplyAdd(step, gradient[i], momentum[i]);
            momentum[i] = kicked;
            position[i] = T.FusedMultiplyAdd(step, kicked, position[i]);
        }
    }
}
