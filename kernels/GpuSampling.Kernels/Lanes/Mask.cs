using System.Runtime.CompilerServices;

namespace GpuSampling.Kernels.Lanes;

/// <summary>A truth value per lane.</summary>
/// <typeparam name="T">The lane type.</typeparam>
/// <remarks>
/// The storage is a lane of <typeparamref name="T"/>: all bits set or none in vector registers, 1 or 0 in scalar lanes.
/// Only the lane types read or make it.
/// </remarks>
public struct Mask<T>
    where T : struct, IReal<T>
{
    internal T Lanes; // not a constructor argument: a call saved in every operation

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Mask(T lanes) => Lanes = lanes;

    /// <summary>left and right.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<T> operator &(Mask<T> left, Mask<T> right) => T.And(left, right);

    /// <summary>left or right.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<T> operator |(Mask<T> left, Mask<T> right) => T.Or(left, right);

    /// <summary>not mask.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<T> operator !(Mask<T> mask) => T.Not(mask);
}
