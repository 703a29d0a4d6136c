using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Functions;

public static partial class Elementary
{
    /// <summary>log(1 + e^x), without overflow and without loss of digits.</summary>
    /// <param name="x">Any number; NaN gives NaN.</param>
    /// <returns>log(1 + e^x) within 2 ulp, subnormal results included.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Softplus<T>(T x)
        where T : struct, IReal<T> => T.Max(x, T.Zero) + Log1pOfUnit(ExpNonPositive(-T.Abs(x)));
}
