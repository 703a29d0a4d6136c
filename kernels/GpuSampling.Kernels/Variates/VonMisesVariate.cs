using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Functions;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Streams;

namespace GpuSampling.Kernels.Variates;

/// <summary>
/// Angles of the von Mises distribution about 0 by rejection from a wrapped Cauchy distribution (Best and Fisher, Applied Statistics
/// 28, 1979), which keeps at least 65 of 100 proposals. Proposals and their acceptance are written by sin² of the half angle, so
/// that small angles keep their digits.
/// </summary>
/// <remarks>Proposal i of an address has blocks 2i (the angle) and 2i + 1 (acceptance).</remarks>
public static class VonMisesVariate
{
    /// <summary>The largest concentration.</summary>
    public const double LargestConcentration = 1e8;

    /// <summary>An angle from −π to π.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="address">Seed, purpose, streams and step.</param>
    /// <param name="concentration">κ, from 0 to 10⁸; anything else gives NaN.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T At<T>(in StreamAddress<T> address, T concentration)
        where T : struct, IReal<T>
    {
        Mask<T> isOpen = (T.Zero <= concentration) & (concentration <= T.Constant(LargestConcentration));
        Mask<T> isFlat = concentration < T.Constant(1e-3); // nearly uniform: so are proposals
        T kappa = T.Select(isFlat, T.One, concentration);

        // ρ = (τ − √(2τ)) / (2κ) with τ = 1 + √(1 + 4κ²), without its cancellation. Any ρ would do; this one is kept most often.
        T tau = T.One + T.Sqrt(T.FusedMultiplyAdd(T.Constant(4) * kappa, kappa, T.One));
        T rootOfTau = T.Sqrt(tau);
        T rho = T.Constant(2) * kappa / (rootOfTau * (rootOfTau + T.Constant(1.4142135623730951)));
        rho = T.Select(isFlat, T.Zero, rho);

        // With x = sin²(θ/2), target over proposal is e^(−2κx) ((1 − ρ)² + 4ρx), the largest at x = 1/(2κ) − (1 − ρ)²/(4ρ).
        T least = (T.One - rho) * (T.One - rho);
        T best = T.Constant(0.5) / kappa - least / (T.Constant(4) * rho);
        T largest = T.Constant(2) * rho / kappa;
        T shrink = (T.One - rho) / (T.One + rho);
        T result = Elementary.NotANumber<T>();
        for (uint block = 0; T.Any(isOpen); block += 2)
        {
            // tan(θ/2) = (1 − ρ)/(1 + ρ) tan(π (u − 1/2))
            T half = UniformVariate.HalfOpen(address, (T.ElementBits == 32 ? 4u : 2) * block) - T.Constant(0.5);
            T sine = shrink * Elementary.SinPi(half), cosine = Elementary.CosPi(half);
            T x = sine * sine / T.FusedMultiplyAdd(sine, sine, cosine * cosine);
            T minusLogUniform = ExponentialVariate.At(address, (T.ElementBits == 32 ? 4u : 2) * (block + 1));
            T logRatio = Elementary.Log(T.FusedMultiplyAdd(T.Constant(4) * rho, x, least) / largest) - T.Constant(2) * kappa * (x - best);
            logRatio = T.Select(isFlat, T.Constant(-2) * concentration * x, logRatio);
            Mask<T> isAccepted = isOpen & (-minusLogUniform < logRatio);
            result = T.Select(isAccepted, T.Constant(2) * Elementary.Atan2(sine, cosine), result);
            isOpen &= !isAccepted;
        }

        return result;
    }
}
