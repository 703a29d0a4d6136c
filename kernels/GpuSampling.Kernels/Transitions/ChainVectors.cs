using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;

namespace GpuSampling.Kernels.Transitions;

/// <summary>Sums and copies over a chain's vectors, first element first.</summary>
public static class ChainVectors
{
    /// <summary>½ Σ v_i².</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <typeparam name="TVector">The accessor of chain vectors.</typeparam>
    /// <param name="vector">v.</param>
    /// <param name="length">The number of elements.</param>
    public static T HalfSquaredNorm<T, TVector>(TVector vector, int length)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
    {
        T sum = T.Zero;
        for (int i = 0; i < length; i++)
        {
            T element = vector[i];
            sum = T.FusedMultiplyAdd(element, element, sum);
        }

        return T.Constant(0.5) * sum;
    }

    /// <summary>Copies a vector.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <typeparam name="TVector">The accessor of chain vectors.</typeparam>
    /// <param name="source">The vector.</param>
    /// <param name="destination">Receives it.</param>
    /// <param name="length">The number of elements.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy<T, TVector>(TVector source, TVector destination, int length)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
    {
        for (int i = 0; i < length; i++)
        {
            destination[i] = source[i];
        }
    }

    /// <summary>Copies a vector in the lanes of a mask.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <typeparam name="TVector">The accessor of chain vectors.</typeparam>
    /// <param name="mask">The lanes.</param>
    /// <param name="source">The vector.</param>
    /// <param name="destination">Receives it.</param>
    /// <param name="length">The number of elements.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CopyWhere<T, TVector>(Mask<T> mask, TVector source, TVector destination, int length)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
    {
        for (int i = 0; i < length; i++)
        {
            destination[i] = T.Select(mask, source[i], destination[i]);
        }
    }
}
