using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GpuSampling.Diagnostics;

/// <summary>
/// Sums of products of centred indicators x_i x_(i + lag) along half-chains, from counts alone: a bit for each draw, and a product is
/// the conjunction of two. Sixty-four products are one instruction, and whole numbers do not round.
/// </summary>
/// <remarks>
/// With t ones among the n of a half-chain, P of them before the last lag draws and Q after the first lag ones, the sum of
/// (x_i - t / n) (x_(i + lag) - t / n) is S - t (P + Q) / n + (n - lag) t^2 / n^2, S being the number of joint ones.
/// </remarks>
internal sealed class IndicatorProducts
{
    private readonly int n;
    private readonly int firstLag;

    // For each lag, over all half-chains: S, and t (P + Q); and t^2. Whole numbers in float64, because vectors hold them.
    private readonly long[] jointOnes;
    private readonly double[] crossed;
    private double squares;

    // One byte for each draw of eight half-chains, and as many zeros behind them as the last load reaches over.
    private readonly byte[] ones;

    /// <param name="n">The length of the half-chains.</param>
    /// <param name="firstLag">The first lag.</param>
    /// <param name="lags">The number of consecutive lags; none is n or more.</param>
    public IndicatorProducts(int n, int firstLag, int lags)
    {
        this.n = n;
        this.firstLag = firstLag;
        jointOnes = new long[lags];
        crossed = new double[lags];
        ones = new byte[n + sizeof(ulong)];
    }

    /// <summary>Adds the products along eight half-chains.</summary>
    /// <param name="column">Their draws.</param>
    /// <param name="threshold">The indicator is one for draws at most this.</param>
    /// <param name="means">Receives the mean of each half-chain; fewer than eight where the other lanes do not count.</param>
    public void Add(ReadOnlySpan<Vector512<double>> column, double threshold, Span<double> means)
    {
        Vector512<double> lanes = Vector512.LessThan(Indices, Vector512.Create((double)means.Length));
        Vector512<double> bound = Vector512.ConditionalSelect(lanes, Vector512.Create(threshold), Vector512.Create(double.NaN));
        Vector512<double> total = Pack(column, bound);
        for (int lane = 0; lane < means.Length; lane++)
        {
            means[lane] = total[lane] / n;
        }

        squares += Vector512.Sum(total * total);
        CountJointOnes();

        // The first draws leave Q and the last ones leave P, one by one as the lag grows.
        Vector512<double> both = total + total;
        for (int lag = 0; lag < firstLag + crossed.Length; lag++)
        {
            if (lag > 0)
            {
                both -= One(column[lag - 1], bound) + One(column[n - lag], bound);
            }

            if (lag >= firstLag)
            {
                crossed[lag - firstLag] += Vector512.Sum(total * both);
            }
        }
    }

    /// <summary>The sums over everything added.</summary>
    /// <param name="sums">Receives one for each lag.</param>
    public void CopyTo(Span<double> sums)
    {
        double squaredMeans = squares / n / n;
        for (int k = 0; k < sums.Length; k++)
        {
            sums[k] = jointOnes[k] - (crossed[k] / n) + ((n - firstLag - k) * squaredMeans);
        }
    }

    private static Vector512<double> Indices => Vector512.Create(0.0, 1, 2, 3, 4, 5, 6, 7);

    private static Vector512<double> One(Vector512<double> draws, Vector512<double> bound) =>
        Vector512.LessThanOrEqual(draws, bound) & Vector512<double>.One;

    // Returns the ones of each half-chain.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Vector512<double> Pack(ReadOnlySpan<Vector512<double>> column, Vector512<double> bound)
    {
        Span<byte> packed = ones.AsSpan(0, column.Length);
        Vector512<double> total = Vector512<double>.Zero;
        for (int i = 0; i < packed.Length; i++)
        {
            Vector512<double> atMost = Vector512.LessThanOrEqual(column[i], bound);
            packed[i] = (byte)atMost.ExtractMostSignificantBits();
            total += atMost & Vector512<double>.One;
        }

        return total;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void CountJointOnes()
    {
        ref byte start = ref MemoryMarshal.GetArrayDataReference(ones);
        for (int k = 0; k < jointOnes.Length; k++)
        {
            int lag = firstLag + k;
            int pairs = n - lag;
            long sum = 0;

            // Behind the last pair the later draw is one of the zeros.
            for (int i = 0; i < pairs; i += sizeof(ulong))
            {
                ulong here = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, i));
                ulong later = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, i + lag));
                sum += BitOperations.PopCount(here & later);
            }

            jointOnes[k] += sum;
        }
    }
}
