namespace GpuSampling.Adaptation;

/// <summary>
/// Variances of rows of numbers that come a set of chains at a time: sums of differences, and of their squares, from a fixed point near
/// the mean (the shifted algorithm of Chan, Golub and LeVeque, The American Statistician 37, 1983), in an
/// order that depends on the number of chains alone.
/// </summary>
internal sealed class ShiftedVariances(int rowCount)
{
    private readonly double[] origins = new double[rowCount];
    private readonly double[] sums = new double[rowCount];
    private readonly double[] squares = new double[rowCount];

    /// <summary>The numbers taken in of each row.</summary>
    public double Count { get; private set; }

    /// <summary>Takes in a number of each row and chain.</summary>
    /// <param name="rows">[row][chain]; overwritten.</param>
    /// <param name="chainCount">The number of chains.</param>
    /// <param name="isFirst">Whether to forget those before.</param>
    public void Add(Span<double> rows, int chainCount, bool isFirst)
    {
        for (int i = 0; i < rowCount; i++)
        {
            Span<double> row = rows.Slice(i * chainCount, chainCount);
            if (isFirst)
            {
                origins[i] = FixedOrderSum.Of(row) / chainCount;
                (sums[i], squares[i]) = (0, 0);
            }

            for (int chain = 0; chain < row.Length; chain++)
            {
                row[chain] -= origins[i];
            }

            sums[i] += FixedOrderSum.Of(row);
            squares[i] += PooledCovariance.InnerProduct(row, row);
        }

        Count = (isFirst ? 0 : Count) + chainCount;
    }

    /// <summary>The variance of a row, with the number of its numbers less one as divisor.</summary>
    /// <param name="row">From 0.</param>
    public double Of(int row) => (squares[row] - (sums[row] * sums[row] / Count)) / (Count - 1);
}
