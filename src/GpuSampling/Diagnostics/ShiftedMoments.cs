using System.Runtime.InteropServices;

namespace GpuSampling.Diagnostics;

/// <summary>Mean and variance of each half-chain, gathered from values that arrive in any order.</summary>
/// <remarks>
/// Sums are taken about the first value that a half-chain receives: a half-chain that never moves then has exactly zero variance.
/// </remarks>
internal sealed class ShiftedMoments
{
    private Cell[] cells = [];
    private uint columnRows;
    private uint middleStart;

    /// <summary>Forgets everything and takes the shape of the split chains.</summary>
    public void Reset(SplitChains split)
    {
        if (cells.Length < split.HalfChains)
        {
            cells = new Cell[split.HalfChains];
        }

        cells.AsSpan().Fill(new Cell { Shift = double.NaN });
        columnRows = (uint)split.HalfLength;
        middleStart = (uint)split.MiddleStart;
    }

    /// <summary>Adds one value to the half-chain of each entry's position; positions of middle draws are passed over.</summary>
    public void Add(ReadOnlySpan<ulong> entries, double value)
    {
        foreach (ulong entry in entries)
        {
            uint position = (uint)entry;
            if (position >= middleStart)
            {
                continue;
            }

            uint row = position / SplitChains.Lanes;
            uint halfChain = (row / columnRows * SplitChains.Lanes) + (position % SplitChains.Lanes);
            ref Cell cell = ref cells[halfChain];
            if (double.IsNaN(cell.Shift))
            {
                cell.Shift = value;
            }

            double deviation = value - cell.Shift;
            cell.Sum += deviation;
            cell.SumOfSquares += deviation * deviation;
        }
    }

    /// <summary>The means of the half-chains and the average of their variances (divisor n - 1).</summary>
    /// <param name="length">n, the number of values that each half-chain received.</param>
    /// <param name="means">Receives the mean of each half-chain.</param>
    public double MeansAndAverageVariance(int length, Span<double> means)
    {
        double sum = 0;
        for (int s = 0; s < means.Length; s++)
        {
            Cell cell = cells[s];
            double meanDeviation = cell.Sum / length;
            means[s] = cell.Shift + meanDeviation;
            sum += Math.Max(0, cell.SumOfSquares - (cell.Sum * meanDeviation)) / (length - 1);
        }

        return sum / means.Length;
    }

    [StructLayout(LayoutKind.Sequential, Size = 32)]
    private struct Cell
    {
        public double Shift;
        public double Sum;
        public double SumOfSquares;
    }
}
