namespace GpuSampling.Kernels.Tests.Variates;

/// <summary>The transforms in double arithmetic with the runtime's own functions: slow and obvious.</summary>
internal static class Reference
{
    /// <summary>−log((n + ½) / 2^bits), by log1p's series of the complement where n is near the top.</summary>
    public static double MinusLog(ulong n, int bits)
    {
        double range = Math.ScaleB(1, bits);
        UInt128 complement = ((UInt128.One << bits) - n << 1) - 1; // 2 (range − n − ½)
        double distance = (double)complement / 2 / range;
        if (distance > 0.01)
        {
            return -Math.Log(((double)n + 0.5) / range);
        }

        double sum = 0;
        for (int k = 9; k >= 1; k--)
        {
            sum = distance * ((1.0 / k) + sum);
        }

        return sum;
    }

    /// <summary>The cosine and the sine, perhaps negated and swapped, that the bits of an angle stand for.</summary>
    public static (double First, double Second) CirclePoint(ulong angle, int bits)
    {
        int places = bits == 32 ? 22 : 51;
        ulong place = (angle >> 1) & ((1ul << places) - 1);
        double v = ((place + 0.5) / Math.ScaleB(1, places - 1)) - 1;
        double cosine = Math.Cos(Math.PI / 4 * v) * ((angle >> (bits - 1)) == 1 ? -1 : 1);
        double sine = Math.Sin(Math.PI / 4 * v);
        return (angle & 1) == 0 ? (cosine, sine) : (sine, cosine);
    }
}
