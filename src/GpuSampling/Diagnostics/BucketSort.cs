using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GpuSampling.Diagnostics;

/// <summary>
/// Sorts a few thousand values within a cache: into cells of equal width, about one for each value, and then by insertion, which
/// finds almost all in place.
/// </summary>
internal sealed class BucketSort
{
    private const int MostCells = 1 << 16;

    // Moves by insertion, for each value, after which the cells evidently do not separate the values.
    private const int Patience = 16;

    private readonly int[] cells = new int[MostCells];
    private int[] cellOfValue = [];

    // Cells are filled here, and insertion writes from front to back: stores to scattered places that are in no cache would wait for memory.
    private double[] values = [];
    private int[] indices = [];

    /// <summary>Sorts finite values and says where each was.</summary>
    /// <param name="draws">The values.</param>
    /// <param name="sorted">Receives them, ascending.</param>
    /// <param name="origins">Receives, for each sorted value, its index in <paramref name="draws"/> plus <paramref name="firstIndex"/>.</param>
    /// <param name="firstIndex">The index of the first value.</param>
    public void Sort(ReadOnlySpan<double> draws, Span<double> sorted, Span<int> origins, int firstIndex)
    {
        Reserve(draws.Length);
        Span<double> working = values.AsSpan(0, draws.Length);
        Span<int> workingIndices = indices.AsSpan(0, draws.Length);
        (double lowest, double highest) = Extremes(draws);
        int count = (int)Math.Min(BitOperations.RoundUpToPowerOf2((uint)draws.Length), MostCells);
        double scale = (count - 1) / (highest - lowest);
        bool separable = double.IsFinite(scale) && scale > 0;
        if (separable)
        {
            Distribute(draws, working, workingIndices, firstIndex, lowest, scale, count);
        }
        else
        {
            draws.CopyTo(working);
            for (int i = 0; i < workingIndices.Length; i++)
            {
                workingIndices[i] = firstIndex + i;
            }
        }

        if (!TryInsertion(working, workingIndices, sorted, origins))
        {
            working.CopyTo(sorted);
            workingIndices.CopyTo(origins);
            sorted.Sort(origins);
        }
    }

    private void Reserve(int length)
    {
        if (values.Length < length)
        {
            int size = (int)BitOperations.RoundUpToPowerOf2((uint)length);
            values = new double[size];
            indices = new int[size];
            cellOfValue = new int[size];
        }
    }

    private static (double Lowest, double Highest) Extremes(ReadOnlySpan<double> draws)
    {
        var lowest = Vector512.Create(double.PositiveInfinity);
        Vector512<double> highest = -lowest;
        ReadOnlySpan<Vector512<double>> eights = MemoryMarshal.Cast<double, Vector512<double>>(draws);
        foreach (Vector512<double> eight in eights)
        {
            lowest = Vector512.MinNative(lowest, eight);
            highest = Vector512.MaxNative(highest, eight);
        }

        double low = double.PositiveInfinity;
        double high = double.NegativeInfinity;
        for (int lane = 0; lane < Vector512<double>.Count; lane++)
        {
            low = Math.Min(low, lowest[lane]);
            high = Math.Max(high, highest[lane]);
        }

        foreach (double value in draws[(eights.Length * Vector512<double>.Count)..])
        {
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }

        return (low, high);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Distribute(
        ReadOnlySpan<double> draws, Span<double> sorted, Span<int> indices, int firstIndex, double lowest, double scale, int count)
    {
        Span<int> starts = cells.AsSpan(0, count);
        starts.Clear();
        Span<int> cellOf = FindCells(draws, lowest, scale);
        ref int start = ref MemoryMarshal.GetReference(starts);
        foreach (int cell in cellOf)
        {
            Unsafe.Add(ref start, cell)++;
        }

        int sum = 0;
        foreach (ref int cell in starts)
        {
            int here = cell;
            cell = sum;
            sum += here;
        }

        ref double target = ref MemoryMarshal.GetReference(sorted);
        ref int indexTarget = ref MemoryMarshal.GetReference(indices);
        for (int i = 0; i < draws.Length; i++)
        {
            int place = Unsafe.Add(ref start, cellOf[i])++;
            Unsafe.Add(ref target, place) = draws[i];
            Unsafe.Add(ref indexTarget, place) = firstIndex + i;
        }
    }

    // Cells ascend with the values, because subtraction and multiplication round monotonically; the highest value falls into the
    // last one.
    private Span<int> FindCells(ReadOnlySpan<double> draws, double lowest, double scale)
    {
        Span<int> found = cellOfValue.AsSpan(0, draws.Length);
        var origin = Vector512.Create(lowest);
        var factor = Vector512.Create(scale);
        int i = 0;
        for (; i + 16 <= draws.Length; i += 16)
        {
            Vector512<double> first = (Vector512.LoadUnsafe(in draws[i]) - origin) * factor;
            Vector512<double> second = (Vector512.LoadUnsafe(in draws[i + 8]) - origin) * factor;
            Vector512.Narrow(Vector512.ConvertToInt64Native(first), Vector512.ConvertToInt64Native(second)).StoreUnsafe(ref found[i]);
        }

        for (; i < draws.Length; i++)
        {
            found[i] = (int)((draws[i] - lowest) * scale);
        }

        return found;
    }

    // Each value goes behind those that are not above it, which are among the last few.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryInsertion(ReadOnlySpan<double> values, ReadOnlySpan<int> indices, Span<double> sorted, Span<int> sortedIndices)
    {
        indices = indices[..values.Length];
        sorted = sorted[..values.Length];
        sortedIndices = sortedIndices[..values.Length];
        long moves = (long)Patience * sorted.Length;
        double last = double.NegativeInfinity;
        for (int i = 0; i < values.Length; i++)
        {
            double value = values[i];
            int index = indices[i];
            int place = i;
            if (last > value)
            {
                for (; place > 0 && sorted[place - 1] > value; place--)
                {
                    sorted[place] = sorted[place - 1];
                    sortedIndices[place] = sortedIndices[place - 1];
                }

                moves -= i - place;
                if (moves < 0)
                {
                    return false;
                }
            }
            else
            {
                last = value;
            }

            sorted[place] = value;
            sortedIndices[place] = index;
        }

        return true;
    }
}
