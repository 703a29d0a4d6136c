using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GpuSampling.Diagnostics;

/// <summary>Sums of products x_i x_(i + lag) along eight half-chains at once.</summary>
internal static class LaggedProducts
{
    private const int LagsAtOnce = 8;

    /// <summary>Adds the sums for consecutive lags over a column's half-chains.</summary>
    /// <param name="column">The centred draws of eight half-chains.</param>
    /// <param name="firstLag">The first lag.</param>
    /// <param name="sums">One sum a lag, added to; lags beyond the column's length get nothing.</param>
    /// <param name="lanes">The half-chains that count, 1 to 8.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(ReadOnlySpan<Vector512<double>> column, int firstLag, Span<double> sums, int lanes)
    {
        Span<Vector512<double>> products = stackalloc Vector512<double>[LagsAtOnce];
        for (int done = 0; done < sums.Length; done += LagsAtOnce)
        {
            int lags = Math.Min(LagsAtOnce, sums.Length - done);
            if (lags == 1)
            {
                products[0] = OneLag(column, firstLag + done);
            }
            else
            {
                EightLags(column, firstLag + done, products);
            }

            for (int lag = 0; lag < lags; lag++)
            {
                Vector512<double> product = products[lag];
                double sum = 0;
                for (int lane = 0; lane < lanes; lane++)
                {
                    sum += product[lane];
                }

                sums[done + lag] += sum;
            }
        }
    }

    private static Vector512<double> OneLag(ReadOnlySpan<Vector512<double>> column, int lag)
    {
        Vector512<double> sum = Vector512<double>.Zero;
        for (int i = 0; i + lag < column.Length; i++)
        {
            sum = Vector512.FusedMultiplyAdd(column[i], column[i + lag], sum);
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EightLags(ReadOnlySpan<Vector512<double>> column, int firstLag, Span<Vector512<double>> products)
    {
        Vector512<double> sum0 = Vector512<double>.Zero;
        Vector512<double> sum1 = sum0, sum2 = sum0, sum3 = sum0, sum4 = sum0, sum5 = sum0, sum6 = sum0, sum7 = sum0;
        ref Vector512<double> start = ref MemoryMarshal.GetReference(column);
        int whole = Math.Max(0, column.Length - firstLag - LagsAtOnce + 1);
        for (int i = 0; i < whole; i++)
        {
            Vector512<double> here = Unsafe.Add(ref start, i);
            ref Vector512<double> later = ref Unsafe.Add(ref start, i + firstLag);
            sum0 = Vector512.FusedMultiplyAdd(here, later, sum0);
            sum1 = Vector512.FusedMultiplyAdd(here, Unsafe.Add(ref later, 1), sum1);
            sum2 = Vector512.FusedMultiplyAdd(here, Unsafe.Add(ref later, 2), sum2);
            sum3 = Vector512.FusedMultiplyAdd(here, Unsafe.Add(ref later, 3), sum3);
            sum4 = Vector512.FusedMultiplyAdd(here, Unsafe.Add(ref later, 4), sum4);
            sum5 = Vector512.FusedMultiplyAdd(here, Unsafe.Add(ref later, 5), sum5);
            sum6 = Vector512.FusedMultiplyAdd(here, Unsafe.Add(ref later, 6), sum6);
            sum7 = Vector512.FusedMultiplyAdd(here, Unsafe.Add(ref later, 7), sum7);
        }

        products[0] = sum0;
        products[1] = sum1;
        products[2] = sum2;
        products[3] = sum3;
        products[4] = sum4;
        products[5] = sum5;
        products[6] = sum6;
        products[7] = sum7;

        // The last draws, which not all eight lags reach.
        for (int i = whole; i < column.Length - firstLag; i++)
        {
            for (int lag = 0; lag < LagsAtOnce && i + firstLag + lag < column.Length; lag++)
            {
                products[lag] = Vector512.FusedMultiplyAdd(column[i], column[i + firstLag + lag], products[lag]);
            }
        }
    }
}
