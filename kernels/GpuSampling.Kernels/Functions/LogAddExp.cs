using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Functions;

public static partial class Elementary
{
    /// <summary>log(e^a + e^b), without overflow.</summary>
    /// <param name="a">Any number; NaN gives NaN.</param>
    /// <param name="b">Any number; NaN gives NaN.</param>
    /// <returns>The logarithm of the sum, within 2 ulp of the larger of the result and max(|a|, |b|).</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T LogAddExp<T>(T a, T b)
        where T : struct, IReal<T>
    {
        // The difference of equal infinities is 0 here.
        T difference = T.Select(T.AreEqual(a, b), T.Zero, a - b);
        return T.Max(a, b) + Log1pOfUnit(ExpNonPositive(-T.Abs(difference)));
    }
}
