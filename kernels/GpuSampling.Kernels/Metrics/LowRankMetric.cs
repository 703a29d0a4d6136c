using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;

namespace GpuSampling.Kernels.Metrics;

/// <summary>
/// L = diag(s)(I + Σ_k a_k u_k u_kᵀ): scales, and a stretch along a few orthonormal directions u_k by factors 1 + a_k. The rest is
/// left alone, so that a step costs a few inner products instead of a matrix.
/// </summary>
/// <remarks>Settings: ε·s; then for each direction a_k and u_k.</remarks>
public readonly struct LowRankMetric : IMetric
{
    /// <summary>The number of directions.</summary>
    public int Rank { get; init; }

    /// <inheritdoc/>
    public int SettingLength(int dimension) => dimension + (Rank * (dimension + 1));

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

        for (int k = 0; k < Rank; k++)
        {
            int direction = dimension + (k * (dimension + 1)) + 1;
            T along = T.Zero;
            for (int i = 0; i < dimension; i++)
            {
                along = T.FusedMultiplyAdd(settings.Real(i) * gradient[i], settings.Real(direction + i), along);
            }

            along = factor * (settings.Real(direction - 1) * along);
            for (int i = 0; i < dimension; i++)
            {
                momentum[i] = T.FusedMultiplyAdd(along, settings.Real(direction + i), momentum[i]);
            }
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

        for (int k = 0; k < Rank; k++)
        {
            int direction = dimension + (k * (dimension + 1)) + 1;
            T along = T.Zero;
            for (int i = 0; i < dimension; i++)
            {
                along = T.FusedMultiplyAdd(momentum[i], settings.Real(direction + i), along);
            }

            along = settings.Real(direction - 1) * along;
            for (int i = 0; i < dimension; i++)
            {
                position[i] = T.FusedMultiplyAdd(along * settings.Real(direction + i), settings.Real(i), position[i]);
            }
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
