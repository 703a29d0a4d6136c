using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Streams;

namespace GpuSampling.Kernels.Variates;

/// <summary>Vectors of independent random numbers for each chain: element i is number i of the chain's address.</summary>
public static class VectorVariates
{
    /// <summary>Standard normal numbers.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <typeparam name="TVector">The accessor of chain vectors.</typeparam>
    /// <param name="address">Seed, purpose, streams and step.</param>
    /// <param name="destination">Receives them.</param>
    /// <param name="length">How many, 0 or more.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FillNormal<T, TVector>(in StreamAddress<T> address, TVector destination, int length)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
    {
        int start = 0;
        for (; start + 4 <= length; start += 4)
        {
            Reals4<T> numbers = NormalVariate.Quadruple(address, (uint)start >> 2);
            destination[start] = numbers.Real0;
            destination[start + 1] = numbers.Real1;
            destination[start + 2] = numbers.Real2;
            destination[start + 3] = numbers.Real3;
        }

        if (start < length)
        {
            Reals4<T> numbers = NormalVariate.Quadruple(address, (uint)start >> 2);
            for (int i = start; i < length; i++)
            {
                destination[i] = numbers.At((uint)i);
            }
        }
    }

    /// <summary>Uniform numbers on [0, 1).</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <typeparam name="TVector">The accessor of chain vectors.</typeparam>
    /// <param name="address">Seed, purpose, streams and step.</param>
    /// <param name="destination">Receives them.</param>
    /// <param name="length">How many, 0 or more.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FillUniform<T, TVector>(in StreamAddress<T> address, TVector destination, int length)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
    {
        int start = 0;
        for (; start + 4 <= length; start += 4)
        {
            Reals4<T> numbers = UniformVariate.Quadruple(address, (uint)start >> 2);
            destination[start] = numbers.Real0;
            destination[start + 1] = numbers.Real1;
            destination[start + 2] = numbers.Real2;
            destination[start + 3] = numbers.Real3;
        }

        if (start < length)
        {
            Reals4<T> numbers = UniformVariate.Quadruple(address, (uint)start >> 2);
            for (int i = start; i < length; i++)
            {
                destination[i] = numbers.At((uint)i);
            }
        }
    }
}
