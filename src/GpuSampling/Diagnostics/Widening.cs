using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GpuSampling.Diagnostics;

/// <summary>Draws kept in float32 or float64, read in float64, which is exact.</summary>
internal static class Widening
{
    /// <summary>One draw.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double One<T>(T draw)
        where T : unmanaged =>
        typeof(T) == typeof(float) ? Unsafe.BitCast<T, float>(draw) : Unsafe.BitCast<T, double>(draw);

    /// <summary>Eight draws.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="first">The first of them.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Eight<T>(ref readonly T first)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            return Vector512.WidenLower(Vector256.LoadUnsafe(in Unsafe.As<T, float>(ref Unsafe.AsRef(in first))).ToVector512Unsafe());
        }

        return Vector512.LoadUnsafe(in Unsafe.As<T, double>(ref Unsafe.AsRef(in first)));
    }
}
