namespace GpuSampling.Engines;

/// <summary>
/// The width that finishes a number of chains first. A pack takes a register's time however few of its lanes hold chains, so that a
/// handful of chains is better in narrow registers, spread over the cores.
/// </summary>
internal static class SuitableWidth
{
    /// <summary>Chooses among the widths up to one; of equals, the narrower, whose trajectories wait for fewer others.</summary>
    /// <param name="widest">The widest to choose.</param>
    /// <param name="precision">The type of the reals.</param>
    /// <param name="chainCount">The number of chains.</param>
    /// <param name="threadCount">The threads that work at once.</param>
    public static VectorWidth For(VectorWidth widest, Precision precision, int chainCount, int threadCount)
    {
        VectorWidth best = VectorWidth.Scalar;
        double least = double.PositiveInfinity;
        foreach (VectorWidth width in (VectorWidth[])[VectorWidth.Scalar, VectorWidth.Bits128, VectorWidth.Bits256, VectorWidth.Bits512])
        {
            if (width > widest)
            {
                break;
            }

            int lanes = width == VectorWidth.Scalar ? 1 : (int)width / (int)precision;
            long packs = (chainCount + (long)lanes - 1) / lanes;
            long rounds = (packs + threadCount - 1) / threadCount;
            double time = rounds * TimeOfPack(width);
            if (time < least)
            {
                (best, least) = (width, time);
            }
        }

        return best;
    }

    // Measured on a processor that splits 512-bit operations in halves (bench/results/gradient-speed.md). Where it does not, a wide
    // pack is dearer here than in truth, which matters only to runs that leave most of it empty.
    private static double TimeOfPack(VectorWidth width) => width switch
    {
        VectorWidth.Bits512 => 1.8,
        VectorWidth.Bits256 => 1.2,
        _ => 1,
    };
}
