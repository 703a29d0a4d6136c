using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Functions;

public static partial class Elementary
{
    /// <summary>+∞ in all lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T PositiveInfinity<T>()
        where T : struct, IReal<T> => T.FromBits(T.WordConstant(T.ElementBits == 32 ? 0x7F800000ul : 0x7FF0000000000000));

    /// <summary>−∞ in all lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T NegativeInfinity<T>()
        where T : struct, IReal<T> => T.FromBits(T.WordConstant(T.ElementBits == 32 ? 0xFF800000 : 0xFFF0000000000000));

    /// <summary>A quiet NaN in all lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T NotANumber<T>()
        where T : struct, IReal<T> => T.FromBits(T.WordConstant(T.ElementBits == 32 ? 0x7FC00000ul : 0x7FF8000000000000));

    /// <summary>The sign bit of each element, all others clear.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Word<T> SignOf<T>(T x)
        where T : struct, IReal<T> =>
        T.ToBits(x) & T.WordConstant(T.ElementBits == 32 ? 0x80000000 : 0x8000000000000000);
}
