using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GpuSampling.Diagnostics;

/// <summary>
/// Sorts a few thousand float32 values within a cache as <see cref="BucketSort"/> does, each with its index in one 64-bit integer, which
/// halves what is moved.
/// </summary>
internal sealed class PackedSort
{
    // Indices and counts have 16 bits.
    private const int MostValues = ushort.MaxValue;
    private const int MostCells = 1 << 16;
    private const int Lanes = 16;
    private const int KeyShift = 32;
    private const uint SignBit = 1u << 31;

    // Moves by insertion, for each value, after which the cells evidently do not separate the values.
    private const int Patience = 16;

    private readonly ushort[] cells = new ushort[MostCells];
    private ushort[] cellOfValue = [];
    private ulong[] entries = [];

    /// <summary>Sorts finite values and says where each was.</summary>
    /// <param name="draws">The values.</param>
    /// <param name="sorted">Receives them, ascending.</param>
    /// <param name="origins">Receives, for each sorted value, its index in <paramref name="draws"/> plus <paramref name="firstIndex"/>.</param>
    /// <param name="firstIndex">The index of the first value.</param>
    /// <returns>Whether it was done: there are not too many values, and cells of equal width separate them.</returns>
    public bool TrySort(ReadOnlySpan<float> draws, Span<double> sorted, Span<int> origins, int firstIndex)
    {
        if (draws.Length > MostValues)
        {
            return false;
        }

        (float lowest, float highest) = Extremes(draws);
        int count = (int)Math.Min(BitOperations.RoundUpToPowerOf2(2 * (uint)draws.Length), MostCells);
        float scale = (count - 1) / (highest - lowest);
        if (!(float.IsFinite(scale) && scale > 0))
        {
            return false;
        }

        if (entries.Length < draws.Length)
        {
            int size = (int)BitOperations.RoundUpToPowerOf2((uint)draws.Length);
            entries = new ulong[size];
            cellOfValue = new ushort[size];
        }

        Span<ulong> packed = entries.AsSpan(0, draws.Length);
        Distribute(draws, packed, lowest, scale, count);
        if (!TryInsertion(packed))
        {
            return false;
        }

        Unpack(packed, sorted[..packed.Length], origins[..packed.Length], firstIndex);
        return true;
    }

    private static (float Lowest, float Highest) Extremes(ReadOnlySpan<float> draws)
    {
        var lowest = Vector512.Create(float.PositiveInfinity);
        Vector512<float> highest = -lowest;
        ReadOnlySpan<Vector512<float>> vectors = MemoryMarshal.Cast<float, Vector512<float>>(draws);
        foreach (Vector512<float> vector in vectors)
        {
            lowest = Vector512.MinNative(lowest, vector);
            highest = Vector512.MaxNative(highest, vector);
        }

        float low = float.PositiveInfinity;
        float high = float.NegativeInfinity;
        for (int lane = 0; lane < Lanes; lane++)
        {
            low = Math.Min(low, lowest[lane]);
            high = Math.Max(high, highest[lane]);
        }

        foreach (float value in draws[(vectors.Length * Lanes)..])
        {
            low = Math.Min(low, value);
            high = Math.Max(high, value);
        }

        return (low, high);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Distribute(ReadOnlySpan<float> draws, Span<ulong> packed, float lowest, float scale, int count)
    {
        Span<ushort> starts = cells.AsSpan(0, count);
        starts.Clear();
        Span<ushort> cellOf = FindCells(draws, lowest, scale);
        ref ushort start = ref MemoryMarshal.GetReference(starts);
        foreach (ushort cell in cellOf)
        {
            Unsafe.Add(ref start, (nint)cell)++;
        }

        int sum = 0;
        foreach (ref ushort cell in starts)
        {
            int here = cell;
            cell = (ushort)sum;
            sum += here;
        }

        ref ulong target = ref MemoryMarshal.GetReference(packed);
        for (int i = 0; i < draws.Length; i++)
        {
            // Unsigned integers in the order of the values: all bits of negative ones turned, else the sign alone.
            uint bits = BitConverter.SingleToUInt32Bits(draws[i]);
            uint key = bits ^ ((uint)((int)bits >> 31) | SignBit);
            nint place = Unsafe.Add(ref start, (nint)cellOf[i])++;
            Unsafe.Add(ref target, place) = ((ulong)key << KeyShift) | (uint)i;
        }
    }

    // Cells ascend with the values, because subtraction and multiplication round monotonically; the highest value falls into the
    // last one.
    private Span<ushort> FindCells(ReadOnlySpan<float> draws, float lowest, float scale)
    {
        Span<ushort> found = cellOfValue.AsSpan(0, draws.Length);
        var origin = Vector512.Create(lowest);
        var factor = Vector512.Create(scale);
        int i = 0;
        for (; i + (2 * Lanes) <= draws.Length; i += 2 * Lanes)
        {
            Vector512<float> first = (Vector512.LoadUnsafe(in draws[i]) - origin) * factor;
            Vector512<float> second = (Vector512.LoadUnsafe(in draws[i + Lanes]) - origin) * factor;
            Vector512.Narrow(Vector512.ConvertToInt32Native(first), Vector512.ConvertToInt32Native(second)).AsUInt16().StoreUnsafe(ref found[i]);
        }

        for (; i < draws.Length; i++)
        {
            found[i] = (ushort)((draws[i] - lowest) * scale);
        }

        return found;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryInsertion(Span<ulong> entries)
    {
        ref ulong start = ref MemoryMarshal.GetReference(entries);
        long moves = (long)Patience * entries.Length;
        ulong last = 0;
        for (nint i = 0; i < entries.Length; i++)
        {
            ulong entry = Unsafe.Add(ref start, i);
            if (entry >= last)
            {
                last = entry;
                continue;
            }

            nint place = i;
            do
            {
                Unsafe.Add(ref start, place) = Unsafe.Add(ref start, place - 1);
                place--;
            }
            while (place > 0 && Unsafe.Add(ref start, place - 1) > entry);

            Unsafe.Add(ref start, place) = entry;
            moves -= i - place;
            if (moves < 0)
            {
                return false;
            }
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Unpack(ReadOnlySpan<ulong> entries, Span<double> sorted, Span<int> origins, int firstIndex)
    {
        int i = 0;
        for (; i + Lanes <= entries.Length; i += Lanes)
        {
            Vector512<ulong> first = Vector512.LoadUnsafe(in entries[i]);
            Vector512<ulong> second = Vector512.LoadUnsafe(in entries[i + (Lanes / 2)]);
            (Vector512.Narrow(first, second).AsInt32() + Vector512.Create(firstIndex)).StoreUnsafe(ref origins[i]);
            Vector512<uint> keys = Vector512.Narrow(first >>> KeyShift, second >>> KeyShift);
            Vector512<uint> turned = (~keys.AsInt32() >> 31).AsUInt32() | Vector512.Create(SignBit);
            (Vector512<double> lower, Vector512<double> upper) = Vector512.Widen((keys ^ turned).AsSingle());
            lower.StoreUnsafe(ref sorted[i]);
            upper.StoreUnsafe(ref sorted[i + (Lanes / 2)]);
        }

        for (; i < entries.Length; i++)
        {
            uint key = (uint)(entries[i] >>> KeyShift);
            origins[i] = firstIndex + (int)(uint)entries[i];
            sorted[i] = BitConverter.UInt32BitsToSingle(key ^ ((uint)((int)~key >> 31) | SignBit));
        }
    }
}
