using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Functions;

public static partial class Elementary
{
    /// <summary>The square root, correctly rounded; NaN below zero, −0 for −0.</summary>
    /// <param name="x">Any number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sqrt<T>(T x)
        where T : struct, IReal<T> => T.Sqrt(x);
}
