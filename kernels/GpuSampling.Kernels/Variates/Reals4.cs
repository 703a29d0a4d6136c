using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Variates;

#pragma warning disable CA1051 // fields, not properties: each call saved spares the JIT's inlining budget

/// <summary>Two random numbers per lane.</summary>
/// <typeparam name="T">The lane type.</typeparam>
public struct Reals2<T>
    where T : struct, IReal<T>
{
    /// <summary>The first number of each lane.</summary>
    public T First;

    /// <summary>The second.</summary>
    public T Second;
}

/// <summary>Four random numbers per lane.</summary>
/// <typeparam name="T">The lane type.</typeparam>
public struct Reals4<T>
    where T : struct, IReal<T>
{
    /// <summary>Number 0 of each lane.</summary>
    public T Real0;

    /// <summary>Number 1.</summary>
    public T Real1;

    /// <summary>Number 2.</summary>
    public T Real2;

    /// <summary>Number 3.</summary>
    public T Real3;

    /// <summary>The number at a position that is the same in all lanes.</summary>
    /// <param name="position">Only the two lowest bits count.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly T At(uint position)
    {
        uint index = position & 3;
        return index < 2 ? (index == 0 ? Real0 : Real1) : (index == 2 ? Real2 : Real3);
    }
}
