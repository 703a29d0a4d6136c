using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;

namespace GpuSampling.Kernels.Metrics;

/// <summary>
/// L lower triangular: the Cholesky factor of a covariance. Settings: ε·L by rows, row i with its i + 1 elements from i(i + 1)/2 on.
/// </summary>
public readonly struct DenseMetric : IMetric
{
    /// <inheritdoc/>
    public int SettingLength(int dimension) => dimension * (dimension + 1) / 2;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Kick<T, TVector, TData>(TVector momentum, TVector gradient, TData settings, int dimension, T factor)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
    {
        // (Lᵀg)_i = Σ_{j ≥ i} L_ji g_j: row j of L begins at j(j + 1)/2.
        for (int i = 0; i < dimension; i++)
        {
            T sum = T.Zero;
            int index = (i * (i + 1) / 2) + i;
            for (int j = i; j < dimension; j++)
            {
                sum = T.FusedMultiplyAdd(gradient[j], settings.Real(index), sum);
                index += j + 1;
            }

            momentum[i] = T.FusedMultiplyAdd(factor, sum, momentum[i]);
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
            T sum = position[i];
            int row = i * (i + 1) / 2;
            for (int j = 0; j <= i; j++)
            {
                sum = T.FusedMultiplyAdd(momentum[j], settings.Real(row + j), sum);
            }

            position[i] = sum;
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void KickAndDrift<T, TVector, TData>(TVector position, TVector momentum, TVector gradient, TData settings, int dimension)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
    {
        Kick(momentum, gradient, settings, dimension, T.One);
        Drift<T, TVector, TData>(position, momentum, settings, dimension);
    }
}
