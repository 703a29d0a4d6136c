namespace GpuSampling.Kernels.Tests.Functions;

/// <summary>Functions that System.Math lacks, from those it has, to about 50 bits. NaN and infinities as they should be.</summary>
internal static class HostReference
{
    /// <summary>log(1 + x): the error of the sum 1 + x scales the result (Kahan).</summary>
    public static double Log1p(double x)
    {
        double sum = 1 + x;
        return sum == 1 || double.IsPositiveInfinity(sum) ? x : sum < 0 ? double.NaN : Math.Log(sum) * x / (sum - 1);
    }

    /// <summary>e^x − 1 (Kahan).</summary>
    public static double Expm1(double x)
    {
        double power = Math.Exp(x);
        if (power == 1 || double.IsInfinity(power))
        {
            return power == 1 ? x : power;
        }

        return power - 1 == -1 ? -1 : (power - 1) * x / Math.Log(power);
    }

    public static double SinPi(double x)
    {
        if (!double.IsFinite(x))
        {
            return double.NaN;
        }

        double rest = Math.IEEERemainder(x, 2), magnitude = Math.Abs(rest);
        return Math.Sign(rest) * (magnitude <= 0.25 ? Math.Sin(Math.PI * magnitude)
            : magnitude <= 0.75 ? Math.Cos(Math.PI * (0.5 - magnitude))
            : Math.Sin(Math.PI * (1 - magnitude)));
    }

    public static double CosPi(double x)
    {
        if (!double.IsFinite(x))
        {
            return double.NaN;
        }

        double magnitude = Math.Abs(Math.IEEERemainder(x, 2));
        return magnitude <= 0.25 ? Math.Cos(Math.PI * magnitude)
            : magnitude <= 0.75 ? Math.Sin(Math.PI * (0.5 - magnitude))
            : -Math.Cos(Math.PI * (1 - magnitude));
    }
}
