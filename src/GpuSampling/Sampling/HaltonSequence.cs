namespace GpuSampling.Sampling;

/// <summary>
/// The quasi-random sequence of Halton, On the efficiency of certain quasi-random sequences of points (1960), in base 2, which is
/// van der Corput's.
/// </summary>
internal static class HaltonSequence
{
    /// <summary>The bits of the index mirrored at the binary point: above 0 and below 1 for indices above 0.</summary>
    /// <param name="index">From 1.</param>
    public static double BaseTwo(uint index)
    {
        uint mirrored = 0;
        for (int bit = 0; bit < 32; bit++)
        {
            mirrored = (mirrored << 1) | ((index >> bit) & 1);
        }

        return mirrored / 4294967296.0;
    }
}
