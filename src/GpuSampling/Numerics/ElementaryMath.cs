using GpuSampling.Kernels.Functions;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Numerics;

/// <summary>The kernels' elementary functions of single numbers on the host: the same bits on every machine, unlike the runtime's.</summary>
internal static class ElementaryMath
{
    public static double Exp(double value) => Elementary.Exp(new Float64(value)).Value;

    public static double Expm1(double value) => Elementary.Expm1(new Float64(value)).Value;

    public static double Log(double value) => Elementary.Log(new Float64(value)).Value;

    public static double Log1p(double value) => Elementary.Log1p(new Float64(value)).Value;

    /// <summary>log Σ exp(x_i); −∞ for no numbers.</summary>
    public static double LogSumExp(ReadOnlySpan<double> values)
    {
        double largest = double.NegativeInfinity;
        foreach (double value in values)
        {
            largest = Math.Max(largest, value);
        }

        if (!double.IsFinite(largest))
        {
            return largest;
        }

        double sum = 0;
        foreach (double value in values)
        {
            sum += Exp(value - largest);
        }

        return largest + Log(sum);
    }
}
