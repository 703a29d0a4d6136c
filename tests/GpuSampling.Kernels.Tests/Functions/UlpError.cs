namespace GpuSampling.Kernels.Tests.Functions;

/// <summary>
/// Errors in units in the last place of the true value: |computed − true| / ulp(true), where ulp(t) is the distance of the two
/// floats that enclose t, and that of the subnormals below the normal range. NaN where only one of the two is NaN.
/// </summary>
public static class UlpError
{
    public static double OfSingle(float computed, double truth)
    {
        if (double.IsNaN(truth) || float.IsNaN(computed))
        {
            return double.IsNaN(truth) && float.IsNaN(computed) ? 0 : double.NaN;
        }

        if ((float)truth == computed)
        {
            // Right as far as can be: also for infinities. The remaining distance is known to be at most half an ulp.
            return double.IsInfinity(truth) || float.IsInfinity(computed) ? 0 : Math.Abs(computed - truth) / UlpOfSingle(truth);
        }

        if (double.IsInfinity(truth))
        {
            return double.NaN;
        }

        // An overflow counts as the number after the largest.
        double value = float.IsInfinity(computed) ? Math.CopySign(Math.ScaleB(1, 128), computed) : computed;
        return Math.Abs(value - truth) / UlpOfSingle(truth);
    }

    public static double OfDouble(double computed, BinaryReal truth)
    {
        if (double.IsNaN(computed))
        {
            return double.NaN;
        }

        int exponent = truth.IsZero ? -1022 : Math.Clamp(truth.BinaryExponent, -1022, 1023);
        if (double.IsInfinity(computed))
        {
            BinaryReal past = ((BinaryReal)Math.CopySign(1, computed)).Scale(1024);
            BinaryReal missing = past - truth;
            return missing.Sign * past.Sign <= 0 ? 0 : missing.Abs().Scale(52 - exponent).ToDouble();
        }

        return (computed - truth).Abs().Scale(52 - exponent).ToDouble();
    }

    private static double UlpOfSingle(double truth)
    {
        double magnitude = Math.Abs(truth);
        int exponent = magnitude < Math.ScaleB(1, -126) ? -126 : Math.Min(Math.ILogB(magnitude), 127);
        return Math.ScaleB(1, exponent - 23);
    }
}
