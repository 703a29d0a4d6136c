using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;

namespace GpuSampling.Kernels.Transitions;

/// <summary>
/// Whether a trajectory has begun to turn back: one more step at an end would shorten the distance between the ends. Hoffman and
/// Gelman (2014), eq. 3, in whitened space, with the distance as the sum of momenta along the way, ρ: Betancourt, A Conceptual
/// Introduction to Hamiltonian Monte Carlo (2017), appendix A.4.2.
/// </summary>
/// <remarks>
/// The end points count half, as in the trapezoidal rule for ∫r dt: with whole ones the sum overestimates the distance, and steps
/// near a quarter of a period go round without being seen to turn.
/// </remarks>
public static class TurnCriterion
{
    /// <summary>Whether a whole trajectory turns back.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <typeparam name="TVector">The accessor of chain vectors.</typeparam>
    /// <param name="first">The momentum at the first point.</param>
    /// <param name="last">The momentum at the last point.</param>
    /// <param name="sum">The sum of the momenta of all points.</param>
    /// <param name="dimension">The number of parameters.</param>
    public static Mask<T> Turns<T, TVector>(TVector first, TVector last, TVector sum, int dimension)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
    {
        T half = T.Constant(0.5);
        T alongFirst = T.Zero;
        T alongLast = T.Zero;
        for (int i = 0; i < dimension; i++)
        {
            T distance = sum[i] - (half * (first[i] + last[i]));
            alongFirst = T.FusedMultiplyAdd(distance, first[i], alongFirst);
            alongLast = T.FusedMultiplyAdd(distance, last[i], alongLast);
        }

        return !((alongFirst > T.Zero) & (alongLast > T.Zero));
    }

    /// <summary>Whether the part of a trajectory from a point on turns back.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <typeparam name="TVector">The accessor of chain vectors.</typeparam>
    /// <param name="first">The momentum at the point.</param>
    /// <param name="firstSum">The sum of momenta up to the point, its own included.</param>
    /// <param name="last">The momentum at the last point.</param>
    /// <param name="sum">The sum of momenta up to the last point, its own included.</param>
    /// <param name="dimension">The number of parameters.</param>
    public static Mask<T> TurnsSince<T, TVector>(TVector first, TVector firstSum, TVector last, TVector sum, int dimension)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
    {
        T half = T.Constant(0.5);
        T alongFirst = T.Zero;
        T alongLast = T.Zero;
        for (int i = 0; i < dimension; i++)
        {
            T part = (sum[i] - firstSum[i]) + first[i];
            T distance = part - (half * (first[i] + last[i]));
            alongFirst = T.FusedMultiplyAdd(distance, first[i], alongFirst);
            alongLast = T.FusedMultiplyAdd(distance, last[i], alongLast);
        }

        return !((alongFirst > T.Zero) & (alongLast > T.Zero));
    }
}
