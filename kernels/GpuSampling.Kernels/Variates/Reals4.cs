using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Variates;

/// <summary>Two random numbers per lane.</summary>
/// <typeparam name="T">The lane type.</typeparam>
public readonly struct Reals2<T>
    where T : struct, IReal<T>
{
    /// <summary>The first number of each lane.</summary>
    public T First { get; }

    /// <summary>The second.</summary>
    public T Second { get; }

    /// <summary>Makes a pair.</summary>
    /// <param name="first">The first number of each lane.</param>
    /// <param name="second">The second.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Reals2(T first, T second)
    {
        First = first;
        Second = second;
    }
}

/// <summary>Four random numbers per lane.</summary>
/// <typeparam name="T">The lane type.</typeparam>
public readonly struct Reals4<T>
    where T : struct, IReal<T>
{
    /// <summary>Number 0 of each lane.</summary>
    public T Real0 { get; }

    /// <summary>Number 1.</summary>
    public T Real1 { get; }

    /// <summary>Number 2.</summary>
    public T Real2 { get; }

    /// <summary>Number 3.</summary>
    public T Real3 { get; }

    /// <summary>Makes four of two pairs.</summary>
    /// <param name="low">Numbers 0 and 1.</param>
    /// <param name="high">Numbers 2 and 3.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Reals4(Reals2<T> low, Reals2<T> high)
        : this(low.First, low.Second, high.First, high.Second)
    {
    }

    /// <summary>Makes four.</summary>
    /// <param name="real0">Number 0 of each lane.</param>
    /// <param name="real1">Number 1.</param>
    /// <param name="real2">Number 2.</param>
    /// <param name="real3">Number 3.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Reals4(T real0, T real1, T real2, T real3)
    {
        Real0 = real0;
        Real1 = real1;
        Real2 = real2;
        Real3 = real3;
    }

    /// <summary>The number at a position that is the same in all lanes.</summary>
    /// <param name="position">Only the two lowest bits count.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T At(uint position)
    {
        uint index = position & 3;
        return index < 2 ? (index == 0 ? Real0 : Real1) : (index == 2 ? Real2 : Real3);
    }
}
