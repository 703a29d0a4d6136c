using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GpuSampling.Diagnostics;

/// <summary>
/// Values that cut the draws into buckets of about equal size, each small enough to be sorted within a cache: quantiles of a sample.
/// </summary>
internal sealed class BucketSplitters
{
    /// <summary>The most buckets. A bucket is then a byte, and many more would be too many streams to write at once.</summary>
    public const int MostBuckets = 256;

    private const int BucketSize = 4096;

    // Sampled draws for each bucket: bucket sizes then vary by about a quarter.
    private const int Oversampling = 16;

    // Cells of equal width that are looked up first, and the most comparisons for which that beats a search.
    private const int Cells = 8192;
    private const int MostSteps = 8;

    // Ascending, and an infinite one at the end.
    private readonly double[] splitters = new double[MostBuckets];
    private readonly byte[] splittersBelowCell = new byte[Cells];
    private double cellScale;
    private int mostInCell;

    // The splitters as a binary search tree, its root at 1.
    private readonly double[] tree = new double[MostBuckets];
    private readonly double[] sample = new double[MostBuckets * Oversampling];

    /// <summary>The number of buckets, a power of two.</summary>
    public int Buckets { get; private set; } = 1;

    /// <summary>Chooses splitters for some draws.</summary>
    public void Choose(SplitChains draws)
    {
        int wanted = Math.Clamp(draws.Count / BucketSize, 1, MostBuckets);
        Buckets = (int)BitOperations.RoundUpToPowerOf2((uint)wanted);
        if (Buckets == 1)
        {
            return;
        }

        Span<double> chosen = sample.AsSpan(0, Buckets * Oversampling);
        for (int k = 0; k < chosen.Length; k++)
        {
            // Both coordinates step by an irrational part of their range, so that the sample covers chains and draws evenly.
            int halfChain = (int)(Fraction(k, 0.7548776662466927) * draws.HalfChains);
            int draw = (int)(Fraction(k, 0.5698402909980532) * draws.HalfLength);
            chosen[k] = draws.HalfLength > 0 ? draws[halfChain, draw] : draws.Middle[halfChain / 2];
        }

        chosen.Sort();
        for (int bucket = 1; bucket < Buckets; bucket++)
        {
            splitters[bucket - 1] = chosen[bucket * Oversampling];
        }

        BuildCells();
        BuildTree(node: 1, used: 0);
    }

    /// <summary>Finds the bucket of each value, the number of splitters that are not above it.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="values">The values.</param>
    /// <param name="buckets">Receives a bucket for each.</param>
    /// <param name="counts">For each bucket, is increased by the number of its values.</param>
    public void Classify<T>(ReadOnlySpan<T> values, Span<byte> buckets, Span<int> counts)
        where T : unmanaged
    {
        if (Buckets == 1)
        {
            buckets.Clear();
        }
        else if (mostInCell <= MostSteps)
        {
            ClassifyByCell(values, buckets);
        }
        else
        {
            ClassifyByTree(values, buckets);
        }

        foreach (byte bucket in buckets)
        {
            counts[bucket]++;
        }
    }

    // The number of splitters below a value's cell, and a comparison with each one that can be in it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ClassifyByCell<T>(ReadOnlySpan<T> values, Span<byte> buckets)
        where T : unmanaged
    {
        ref double splitter = ref MemoryMarshal.GetArrayDataReference(splitters);
        ref byte below = ref MemoryMarshal.GetArrayDataReference(splittersBelowCell);
        double lowest = splitters[0];
        double scale = cellScale;
        int steps = mostInCell;
        for (int i = 0; i < values.Length; i++)
        {
            double value = Widening.One(values[i]);
            double cell = double.MinNative(double.MaxNative((value - lowest) * scale, 0), Cells - 1);
            nint bucket = Unsafe.Add(ref below, (nint)(int)cell);
            for (int step = 0; step < steps; step++)
            {
                bucket += Unsafe.BitCast<bool, byte>(value >= Unsafe.Add(ref splitter, bucket));
            }

            buckets[i] = (byte)bucket;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ClassifyByTree<T>(ReadOnlySpan<T> values, Span<byte> buckets)
        where T : unmanaged
    {
        ref double node = ref MemoryMarshal.GetArrayDataReference(tree);
        int count = Buckets;
        int i = 0;
        for (; i + 4 <= values.Length; i += 4)
        {
            // Four descents at a time, without branches: which way each goes cannot be predicted, and each waits for itself.
            double value0 = Widening.One(values[i]), value1 = Widening.One(values[i + 1]);
            double value2 = Widening.One(values[i + 2]), value3 = Widening.One(values[i + 3]);
            int node0 = 1, node1 = 1, node2 = 1, node3 = 1;
            while (node0 < count)
            {
                node0 = (2 * node0) + Unsafe.BitCast<bool, byte>(value0 >= Unsafe.Add(ref node, node0));
                node1 = (2 * node1) + Unsafe.BitCast<bool, byte>(value1 >= Unsafe.Add(ref node, node1));
                node2 = (2 * node2) + Unsafe.BitCast<bool, byte>(value2 >= Unsafe.Add(ref node, node2));
                node3 = (2 * node3) + Unsafe.BitCast<bool, byte>(value3 >= Unsafe.Add(ref node, node3));
            }

            buckets[i] = (byte)(node0 - count);
            buckets[i + 1] = (byte)(node1 - count);
            buckets[i + 2] = (byte)(node2 - count);
            buckets[i + 3] = (byte)(node3 - count);
        }

        for (; i < values.Length; i++)
        {
            int last = 1;
            while (last < count)
            {
                last = (2 * last) + Unsafe.BitCast<bool, byte>(Widening.One(values[i]) >= Unsafe.Add(ref node, last));
            }

            buckets[i] = (byte)(last - count);
        }
    }

    // Cells of equal width between the first and the last splitter.
    private void BuildCells()
    {
        int count = Buckets - 1;
        splitters[count] = double.PositiveInfinity;
        cellScale = (Cells - 1) / (splitters[count - 1] - splitters[0]);
        mostInCell = int.MaxValue;
        if (!double.IsFinite(cellScale) || !(cellScale > 0))
        {
            return;
        }

        int below = 0;
        int most = 0;
        for (int cell = 0; cell < Cells; cell++)
        {
            splittersBelowCell[cell] = (byte)below;
            int here = below;
            while (here < count && (int)((splitters[here] - splitters[0]) * cellScale) == cell)
            {
                here++;
            }

            most = Math.Max(most, here - below);
            below = here;
        }

        mostInCell = most;
    }

    // Lays the sorted splitters out as a search tree: the children of node i are 2 i and 2 i + 1.
    private int BuildTree(int node, int used)
    {
        if (node >= Buckets)
        {
            return used;
        }

        used = BuildTree(2 * node, used);
        tree[node] = splitters[used];
        return BuildTree((2 * node) + 1, used + 1);
    }

    private static double Fraction(int k, double step)
    {
        double multiple = (k + 1) * step;
        return multiple - Math.Floor(multiple);
    }
}
