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
    public static void FillNormal<T, TVector>(StreamAddress<T> address, TVector destination, int length)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
    {
        for (int start = 0; start < length; start += 4)
        {
            Store(NormalVariate.Quadruple(address, (uint)start >> 2), destination.Slice(start), length - start);
        }
    }

    /// <summary>Uniform numbers on [0, 1).</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <typeparam name="TVector">The accessor of chain vectors.</typeparam>
    /// <param name="address">Seed, purpose, streams and step.</param>
    /// <param name="destination">Receives them.</param>
    /// <param name="length">How many, 0 or more.</param>
    public static void FillUniform<T, TVector>(StreamAddress<T> address, TVector destination, int length)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
    {
        for (int i = 0; i < length; i++)
        {
            destination[i] = UniformVariate.HalfOpen(address, (uint)i);
        }
    }

    private static void Store<T, TVector>(Reals4<T> numbers, TVector destination, int room)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
    {
        destination[0] = numbers.Real0;
        if (room > 1)
        {
            destination[1] = numbers.Real1;
        }

        if (room > 2)
        {
            destination[2] = numbers.Real2;
        }

        if (room > 3)
        {
            destination[3] = numbers.Real3;
        }
    }
}
