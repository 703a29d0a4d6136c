using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GpuSampling.Adaptation;

/// <summary>
/// The mean and covariance of all positions taken in: sums of products of differences from a fixed point near the mean, in float64
/// and in an order that depends on the number of chains alone.
/// </summary>
internal sealed class PooledCovariance(int dimension)
{
    private readonly double[] origin = new double[dimension];
    private readonly double[] sums = new double[dimension];
    private readonly double[] products = new double[dimension * (dimension + 1) / 2];
    private readonly double[] inner = new double[dimension];
    private double count;

    /// <summary>The number of positions taken in.</summary>
    public double Count => count;

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        count = 0;
        Array.Clear(sums);
        Array.Clear(products);
    }

    /// <summary>Takes in one position of each chain.</summary>
    /// <param name="rows">[parameter][chain]; overwritten.</param>
    /// <param name="chainCount">The number of chains.</param>
    public void Add(Span<double> rows, int chainCount)
    {
        if (count == 0)
        {
            for (int i = 0; i < dimension; i++)
            {
                origin[i] = FixedOrderSum.Of(rows.Slice(i * chainCount, chainCount)) / chainCount;
            }
        }

        for (int i = 0; i < dimension; i++)
        {
            Span<double> row = rows.Slice(i * chainCount, chainCount);
            double shift = origin[i];
            for (int chain = 0; chain < row.Length; chain++)
            {
                row[chain] -= shift;
            }

            sums[i] += FixedOrderSum.Of(row);
            Span<double> found = inner.AsSpan(0, i + 1);
            InnerProducts(row, rows, found);
            for (int j = 0; j <= i; j++)
            {
                products[(i * (i + 1) / 2) + j] += found[j];
            }
        }

        count += chainCount;
    }

    /// <summary>The mean of a parameter.</summary>
    /// <param name="index">The parameter.</param>
    public double Mean(int index) => origin[index] + (sums[index] / count);

    /// <summary>The covariance of two parameters, with the number of positions less one as divisor.</summary>
    /// <param name="row">A parameter.</param>
    /// <param name="column">A parameter, not after it.</param>
    public double Covariance(int row, int column) =>
        (products[(row * (row + 1) / 2) + column] - (sums[row] * sums[column] / count)) / (count - 1);

    /// <summary>Σ a_c b_c in eight interleaved partial sums, the same on every machine.</summary>
    internal static double InnerProduct(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        ReadOnlySpan<Vector512<double>> lefts = MemoryMarshal.Cast<double, Vector512<double>>(left);
        ReadOnlySpan<Vector512<double>> rights = MemoryMarshal.Cast<double, Vector512<double>>(right);
        Vector512<double> sum = Vector512<double>.Zero;
        for (int i = 0; i < lefts.Length; i++)
        {
            sum += lefts[i] * rights[i];
        }

        return Total(sum, left, right);
    }

    /// <summary>The inner products of one row and many, four at a time, each as <see cref="InnerProduct"/> has it.</summary>
    /// <param name="row">The one.</param>
    /// <param name="rows">The many, one after another.</param>
    /// <param name="products">Receives as many as are wanted.</param>
    internal static void InnerProducts(ReadOnlySpan<double> row, ReadOnlySpan<double> rows, Span<double> products)
    {
        const int AtOnce = 4;
        int length = row.Length, whole = length / Vector512<double>.Count, done = 0;
        ReadOnlySpan<Vector512<double>> lefts = MemoryMarshal.Cast<double, Vector512<double>>(row);
        for (; done + AtOnce <= products.Length; done += AtOnce)
        {
            ReadOnlySpan<Vector512<double>> first = Vectors(rows, done), second = Vectors(rows, done + 1), third = Vectors(rows, done + 2), fourth = Vectors(rows, done + 3);
            Vector512<double> a = Vector512<double>.Zero, b = a, c = a, d = a;
            for (int i = 0; i < lefts.Length; i++)
            {
                Vector512<double> left = lefts[i];
                a += left * first[i];
                b += left * second[i];
                c += left * third[i];
                d += left * fourth[i];
            }

            products[done] = Total(a, rows.Slice(done * length, length), row);
            products[done + 1] = Total(b, rows.Slice((done + 1) * length, length), row);
            products[done + 2] = Total(c, rows.Slice((done + 2) * length, length), row);
            products[done + 3] = Total(d, rows.Slice((done + 3) * length, length), row);
        }

        for (; done < products.Length; done++)
        {
            products[done] = InnerProduct(row, rows.Slice(done * length, length));
        }

        ReadOnlySpan<Vector512<double>> Vectors(ReadOnlySpan<double> many, int index) =>
            MemoryMarshal.Cast<double, Vector512<double>>(many.Slice(index * length, length))[..whole];
    }

    /// <summary>Eight partial sums and what is left over.</summary>
    private static double Total(Vector512<double> sum, ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        double total = 0;
        for (int lane = 0; lane < Vector512<double>.Count; lane++)
        {
            total += sum[lane];
        }

        for (int i = left.Length / Vector512<double>.Count * Vector512<double>.Count; i < left.Length; i++)
        {
            total += left[i] * right[i];
        }

        return total;
    }
}
