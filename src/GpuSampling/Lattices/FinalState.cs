using GpuSampling.Engines;
using GpuSampling.Kernels.Lattices;
using GpuSampling.Numerics;

namespace GpuSampling.Lattices;

/// <summary>Reads the sites of lattices at the end of a run: [site][chain], sites row by row.</summary>
/// <param name="chainCount">The number of lattices.</param>
/// <param name="siteCount">The sites of each.</param>
internal sealed class FinalState(int chainCount, int siteCount)
{
    // Numbers read at a time.
    private const int Block = 1 << 20;

    private short[] sites = [];

    /// <summary>What was read.</summary>
    public ReadOnlyMemory<short> Sites => sites;

    /// <summary>Reads a state of numbers.</summary>
    public void ReadNumbers(ChainArena arena)
    {
        Allocate();
        ReadRows(arena, siteCount, (row, value, chain) => sites[((long)row * chainCount) + chain] = (short)value);
    }

    /// <summary>Reads a state of words, 32 spins each, split into halves: see <see cref="PackedIsingLattice"/> for their order.</summary>
    /// <param name="arena">The chains.</param>
    /// <param name="columnCount">The sites of a row.</param>
    public void ReadHalves(ChainArena arena, int columnCount)
    {
        Allocate();
        int words = siteCount / 32, rowWords = columnCount / 64;
        ReadRows(arena, 2 * words, (half, value, chain) =>
        {
            int place = half % words, row = place / (2 * rowWords), colour = place / rowWords % 2, first = place % rowWords * 32;
            first += half < words ? 0 : WordHalves.HalfBits;
            uint bits = (uint)value;
            for (int bit = 0; bit < WordHalves.HalfBits; bit++)
            {
                int column = (2 * (first + bit)) + ((row + colour) % 2);
                sites[((((long)row * columnCount) + column) * chainCount) + chain] = (short)((bits >> bit & 1) == 1 ? 1 : -1);
            }
        });
    }

    private void Allocate()
    {
        long count = (long)siteCount * chainCount;
        HostMemory.DemandArray(count, $"{chainCount} lattices of {siteCount} sites", "simulate fewer at once", nameof(LatticeOptions.KeepsFinalState), true);
        sites = new short[count];
    }

    private void ReadRows(ChainArena arena, int rowCount, Action<int, double, int> receive)
    {
        int rowsAtOnce = Math.Clamp(Block / chainCount, 1, rowCount);
        double[] values = new double[(long)rowsAtOnce * chainCount];
        for (int row = 0; row < rowCount; row += rowsAtOnce)
        {
            int rows = Math.Min(rowsAtOnce, rowCount - row);
            arena.ReadState(row, rows, values);
            for (int i = 0; i < rows * chainCount; i++)
            {
                receive(row + (i / chainCount), values[i], i % chainCount);
            }
        }
    }
}
