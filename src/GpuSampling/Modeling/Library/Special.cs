using GpuSampling.Kernels.Functions;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Modeling;

/// <summary>
/// Elementary functions beyond <see cref="Math"/> that models may call. Each is the function that kernels compute with, in
/// double precision.
/// </summary>
public static partial class Special
{
    /// <summary>log(1 + x), exact near 0.</summary>
    /// <param name="x">Above −1.</param>
    public static double Log1p(double x) => Elementary.Log1p(new Float64(x)).Value;

    /// <summary>e^x − 1, exact near 0.</summary>
    /// <param name="x">Any number.</param>
    public static double Expm1(double x) => Elementary.Expm1(new Float64(x)).Value;

    /// <summary>1 / (1 + e^−x).</summary>
    /// <param name="x">Any number.</param>
    public static double Logistic(double x) => Elementary.Logistic(new Float64(x)).Value;

    /// <summary>log(1 + e^x).</summary>
    /// <param name="x">Any number.</param>
    public static double Softplus(double x) => Elementary.Softplus(new Float64(x)).Value;

    /// <summary>log Φ(x), Φ the distribution function of the standard normal, exact far out in the tail.</summary>
    /// <param name="x">Any number.</param>
    public static double LogNormalCdf(double x) => Elementary.LogNormalCdf(new Float64(x)).Value;

    /// <summary>x, taken as a constant by the gradient: for a number that only keeps a computation within range.</summary>
    /// <param name="x">Any number.</param>
    public static double WithoutGradient(double x) => x;
}
