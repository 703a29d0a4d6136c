using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Functions;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Streams;

namespace GpuSampling.Kernels.Variates;

/// <summary>
/// Gamma numbers by the rejection of Marsaglia and Tsang (ACM Transactions on Mathematical Software 26, 2000, section 4): with
/// d = shape − 1/3, x standard normal and v = (1 + x/√(9d))³, d v is kept if log u &lt; x²/2 + d − d v + d log v, which more
/// than 95 of 100 proposals are. A shape below 1 takes a number of shape + 1 times u^(1/shape).
/// </summary>
/// <remarks>Block 0 of an address is for that last factor; proposal i has blocks 2i + 1 (x) and 2i + 2 (u).</remarks>
public static class GammaVariate
{
    /// <summary>The largest shape.</summary>
    public const double LargestShape = 1e8;

    /// <summary>A gamma number of rate 1. Shapes far below 1 give numbers that may underflow to 0.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="address">Seed, purpose, streams and step.</param>
    /// <param name="shape">Above 0, to 10⁸; anything else gives NaN.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T At<T>(in StreamAddress<T> address, T shape)
        where T : struct, IReal<T> => Accepted(address, shape) * Elementary.Exp(-Boost(address, shape));

    /// <summary>The logarithm of a gamma number of rate 1, which no shape lets underflow.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="address">Seed, purpose, streams and step.</param>
    /// <param name="shape">Above 0, to 10⁸; anything else gives NaN.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T LogarithmAt<T>(in StreamAddress<T> address, T shape)
        where T : struct, IReal<T> => Elementary.Log(Accepted(address, shape)) - Boost(address, shape);

    /// <summary>−log u^(1/shape) for a shape below 1, else 0.</summary>
    private static T Boost<T>(in StreamAddress<T> address, T shape)
        where T : struct, IReal<T> => T.Select(shape < T.One, ExponentialVariate.At(address, 0) / shape, T.Zero);

    /// <summary>A gamma number of the shape, or of the shape plus 1 if it is below 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T Accepted<T>(in StreamAddress<T> address, T shape)
        where T : struct, IReal<T>
    {
        Mask<T> isOpen = (T.Zero < shape) & (shape <= T.Constant(LargestShape));
        T d = T.Select(shape < T.One, shape + T.One, shape) - T.Constant(1.0 / 3);
        T spread = T.One / T.Sqrt(T.Constant(9) * d);
        T result = Elementary.NotANumber<T>();
        for (uint block = 1; T.Any(isOpen); block += 2)
        {
            T x = NormalVariate.Pair(address, T.ElementBits == 32 ? 2 * block : block).First;
            T minusLogUniform = ExponentialVariate.At(address, (T.ElementBits == 32 ? 4u : 2) * (block + 1));
            T w = spread * x;

            // 1 − v + log v = 3 (log(1 + w) − w) − 3 w² − w³ for v = (1 + w)³.
            T difference = T.Constant(3) * (Elementary.Log1p(w) - w) - w * w * (w + T.Constant(3));
            T logRatio = T.FusedMultiplyAdd(T.Constant(0.5) * x, x, d * difference);
            Mask<T> isAccepted = isOpen & (-T.One < w) & (-minusLogUniform < logRatio);
            T root = T.One + w;
            result = T.Select(isAccepted, d * (root * root * root), result);
            isOpen &= !isAccepted;
        }

        return result;
    }
}
