using System.Runtime.CompilerServices;

namespace GpuSampling.Diagnostics;

/// <summary>
/// The order of the draws folded about their median: a merge of those below, downwards, with those above, upwards. No second sort is
/// needed.
/// </summary>
/// <remarks>
/// It goes from the median outwards and from both ends inwards at once, until they meet: each merge waits for its own last
/// comparison, and two together wait no longer than one.
/// </remarks>
internal ref struct FoldedMerge
{
    private readonly ReadOnlySpan<double> values;
    private readonly ReadOnlySpan<int> places;
    private readonly double median;
    private int left;
    private int right;
    private int low;
    private int high;

    /// <param name="ascending">The draws, an even number, on both sides of the median or equal to it.</param>
    /// <param name="places">The place of each.</param>
    /// <param name="median">The median.</param>
    public FoldedMerge(ReadOnlySpan<double> ascending, ReadOnlySpan<int> places, double median)
    {
        values = ascending;
        this.places = places[..ascending.Length];
        this.median = median;
        right = LowerBound(ascending, median);
        left = right - 1;
        low = 0;
        high = ascending.Length - 1;
    }

    /// <summary>Takes as many steps as the spans are long, of equal length.</summary>
    /// <param name="near">Receives the next distances from the median, ascending.</param>
    /// <param name="nearPlaces">Receives the places of their draws.</param>
    /// <param name="far">Receives the next distances from the ends, descending.</param>
    /// <param name="farPlaces">Receives the places of their draws.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Advance(Span<double> near, Span<int> nearPlaces, Span<double> far, Span<int> farPlaces)
    {
        (int left, int right, int low, int high) = (this.left, this.right, this.low, this.high);
        double median = this.median;
        for (int k = 0; k < near.Length; k++)
        {
            double leftDistance = left >= 0 ? median - values[left] : double.PositiveInfinity;
            double rightDistance = right < values.Length ? values[right] - median : double.PositiveInfinity;

            // Which side comes next is a coin toss, so it is computed, not branched on. Of equal distances the left comes first,
            // seen from either end, so that the two merges together take every draw once.
            int fromLeft = Unsafe.BitCast<bool, byte>(leftDistance <= rightDistance);
            near[k] = double.MinNative(leftDistance, rightDistance);
            nearPlaces[k] = places[right ^ ((left ^ right) & -fromLeft)];
            left -= fromLeft;
            right += 1 - fromLeft;

            double lowDistance = median - values[low];
            double highDistance = values[high] - median;
            int fromHigh = Unsafe.BitCast<bool, byte>(highDistance >= lowDistance);
            far[k] = double.MaxNative(lowDistance, highDistance);
            farPlaces[k] = places[low ^ ((low ^ high) & -fromHigh)];
            low += 1 - fromHigh;
            high -= fromHigh;
        }

        (this.left, this.right, this.low, this.high) = (left, right, low, high);
    }

    // The number of values less than the bound.
    private static int LowerBound(ReadOnlySpan<double> ascending, double bound)
    {
        int low = 0;
        int high = ascending.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (ascending[middle] < bound)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
