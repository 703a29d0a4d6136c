using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Functions;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Streams;

namespace GpuSampling.Kernels.Variates;

/// <summary>
/// Standard normal numbers between two bounds by the rejections of Robert (Statistics and Computing 5, 1995, sections 2.1 and 2.2),
/// however far out in a tail: of normal proposals where the interval is wide about 0, of exponential ones beyond the lower bound
/// where it is wide in a tail, and of uniform ones where it is narrow.
/// </summary>
/// <remarks>Proposal i of an address has blocks 3i (a normal number), 3i + 1 (uniform, exponential) and 3i + 2 (acceptance).</remarks>
public static class TruncatedNormalVariate
{
    /// <summary>A standard normal number, given that it lies between two bounds.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="address">Seed, purpose, streams and step.</param>
    /// <param name="lower">The lower bound, or −∞.</param>
    /// <param name="upper">The upper bound, above the lower, or ∞. Other bounds give NaN.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T At<T>(in StreamAddress<T> address, T lower, T upper)
        where T : struct, IReal<T>
    {
        // Mirrored so that the larger part lies right of 0: −b ≤ a < b.
        Mask<T> isMirrored = upper < -lower;
        T a = T.Select(isMirrored, -upper, lower);
        T b = T.Select(isMirrored, -lower, upper);
        Mask<T> isTail = T.Zero < a;
        T tail = T.Select(isTail, a, T.Zero);
        T root = T.Sqrt(T.FusedMultiplyAdd(tail, tail, T.Constant(4)));
        T rate = T.Constant(0.5) * (tail + root);

        // Uniform proposals are kept more often where b − a is below √(2π) about 0, and below (√e / rate) exp((a² − a √(a² + 4)) / 4)
        // in a tail, where the exponent is −a / (a + √(a² + 4)).
        T narrow = T.Select(
            isTail, T.Constant(1.6487212707001281) / rate * Elementary.Exp(-(tail / (tail + root))), T.Constant(2.5066282746310002));
        Mask<T> isNarrow = b - a < narrow;
        T result = Elementary.NotANumber<T>();
        Mask<T> isOpen = lower < upper;
        for (uint block = 0; T.Any(isOpen); block += 3)
        {
            T normal = NormalVariate.Pair(address, T.ElementBits == 32 ? 2 * block : block).First;
            uint index = (T.ElementBits == 32 ? 4u : 2) * (block + 1);
            T beyond = ExponentialVariate.At(address, index) / rate;
            T within = UniformVariate.HalfOpen(address, index) * (b - a);
            T minusLogUniform = ExponentialVariate.At(address, (T.ElementBits == 32 ? 4u : 2) * (block + 2));

            // In a tail proposals are steps s from a, as a + s may round to a: x² − a² = s (s + 2a), and x − rate = s + (a − rate).
            T step = T.Select(isNarrow, within, beyond);
            T excess = step - (rate - tail);
            T cost = T.Constant(0.5) * T.Select(isNarrow, step * T.FusedMultiplyAdd(T.Constant(2), tail, step), excess * excess);
            T proposal = a + step;
            T besideZero = T.Select(isNarrow, proposal, normal);
            T costBesideZero = T.Select(isNarrow, T.Constant(0.5) * proposal * proposal, T.Zero);
            proposal = T.Select(isTail, proposal, besideZero);
            cost = T.Select(isTail, cost, costBesideZero);
            Mask<T> isAccepted = isOpen & (a <= proposal) & (proposal <= b) & (cost < minusLogUniform);
            result = T.Select(isAccepted, T.Select(isMirrored, -proposal, proposal), result);
            isOpen &= !isAccepted;
        }

        return result;
    }
}
