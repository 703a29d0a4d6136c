namespace GpuSampling.Diagnostics;

/// <summary>
/// Quantiles of a stream of numbers in memory that hardly grows with it: levels of sorted buffers, of which two full ones become one of
/// the next level that keeps every other number and stands for twice as many.
/// </summary>
/// <remarks>
/// J. I. Munro and M. S. Paterson, Selection and sorting with limited storage, Theoretical Computer Science 12 (1980); G. S. Manku,
/// S. Rajagopalan, B. G. Lindsay, Approximate medians and other quantiles in one pass, SIGMOD 1998. Which of two neighbours is kept
/// alternates from merge to merge, so that errors mostly cancel. The result depends on the order of the numbers, within its bound.
/// </remarks>
public sealed class QuantileSketch
{
    // Level 0 gathers unsorted numbers; a level above holds at most one full buffer, which waits for a second.
    private readonly List<double[]?> levels = [];
    private readonly double[] gathered;
    private int gatheredCount;
    private long merges;

    /// <summary>Makes an empty sketch.</summary>
    /// <param name="bufferLength">The numbers in a buffer, 16 to 2²⁰. Default 4096: 32 KiB for each doubling of the stream beyond it.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is out of range.</exception>
    public QuantileSketch(int bufferLength = 4096)
    {
        if (bufferLength is < 16 or > 1 << 20)
        {
            throw new ArgumentOutOfRangeException(nameof(bufferLength), bufferLength, "Allowed: 16 to 1048576.");
        }

        gathered = new double[bufferLength];
    }

    /// <summary>The numbers in a buffer.</summary>
    public int BufferLength => gathered.Length;

    /// <summary>How many numbers were added, NaN not among them.</summary>
    public long Count { get; private set; }

    /// <summary>How many NaN were added. While there are any, every quantile is NaN.</summary>
    public long NotANumberCount { get; private set; }

    /// <summary>The largest error of a quantile's rank, as a share of <see cref="Count"/>; what is usual is far less.</summary>
    public double RankErrorBound
    {
        get
        {
            // Merging two buffers of weight w moves the rank of anything by at most w; at level l there were Count / (2 k w) merges.
            double merged = 0;
            for (int level = 0; level < levels.Count; level++)
            {
                merged += Math.Floor(Count / (2.0 * gathered.Length * Math.ScaleB(1, level))) * Math.ScaleB(1, level);
            }

            return Count == 0 ? 0 : (merged + Math.ScaleB(1, levels.Count)) / Count;
        }
    }

    /// <summary>Adds a number.</summary>
    /// <param name="value">Any number; infinities have their places.</param>
    public void Add(double value)
    {
        if (double.IsNaN(value))
        {
            NotANumberCount++;
            return;
        }

        Count++;
        gathered[gatheredCount++] = value;
        if (gatheredCount == gathered.Length)
        {
            gatheredCount = 0;
            double[] buffer = [.. gathered];
            Array.Sort(buffer);
            Carry(buffer);
        }
    }

    /// <summary>The quantile of a probability.</summary>
    /// <param name="probability">In [0, 1].</param>
    /// <returns>The smallest number kept up to which at least so many were added; NaN for an empty sketch or after a NaN.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is not in [0, 1].</exception>
    public double Quantile(double probability)
    {
        EffectiveSampleSize.RequireProbability(probability);
        if (Count == 0 || NotANumberCount > 0)
        {
            return double.NaN;
        }

        List<(double Value, long Weight)> kept = [];
        foreach (double value in gathered.AsSpan(0, gatheredCount))
        {
            kept.Add((value, 1));
        }

        for (int level = 0; level < levels.Count; level++)
        {
            foreach (double value in levels[level] ?? [])
            {
                kept.Add((value, 1L << level));
            }
        }

        kept.Sort((one, other) => one.Value.CompareTo(other.Value));
        double wanted = probability * Count;
        long passed = 0;
        foreach ((double value, long weight) in kept)
        {
            passed += weight;
            if (passed >= wanted)
            {
                return value;
            }
        }

        return kept[^1].Value;
    }

    internal void Save(BinaryWriter writer)
    {
        writer.Write(Count);
        writer.Write(NotANumberCount);
        writer.Write(merges);
        Write(gathered.AsSpan(0, gatheredCount));
        writer.Write(levels.Count);
        foreach (double[]? level in levels)
        {
            Write(level);
        }

        void Write(ReadOnlySpan<double> values)
        {
            writer.Write(values.Length);
            foreach (double value in values)
            {
                writer.Write(value);
            }
        }
    }

    internal void Restore(BinaryReader reader)
    {
        Count = reader.ReadInt64();
        NotANumberCount = reader.ReadInt64();
        merges = reader.ReadInt64();
        double[] values = Read();
        gatheredCount = values.Length;
        values.CopyTo(gathered, 0);
        levels.Clear();
        int levelCount = reader.ReadInt32();
        for (int i = 0; i < levelCount; i++)
        {
            double[] level = Read();
            levels.Add(level.Length == 0 ? null : level);
        }

        double[] Read()
        {
            int length = reader.ReadInt32();
            if (length < 0 || length > gathered.Length)
            {
                throw new InvalidDataException($"A buffer of {length} numbers; the sketch has room for {gathered.Length}.");
            }

            double[] result = new double[length];
            for (int i = 0; i < length; i++)
            {
                result[i] = reader.ReadDouble();
            }

            return result;
        }
    }

    /// <summary>Puts a full buffer to its level, as one adds 1 to a binary number.</summary>
    private void Carry(double[] buffer)
    {
        int level = 0;
        for (; level < levels.Count && levels[level] is { } waiting; level++)
        {
            buffer = Merge(waiting, buffer, (int)(merges++ & 1));
            levels[level] = null;
        }

        if (level == levels.Count)
        {
            levels.Add(null);
        }

        levels[level] = buffer;
    }

    /// <summary>Every other number of two sorted buffers together.</summary>
    private static double[] Merge(double[] one, double[] other, int first)
    {
        double[] kept = new double[one.Length];
        int left = 0, right = 0;
        for (int i = 0; i < 2 * one.Length; i++)
        {
            bool takesLeft = right == other.Length || (left < one.Length && one[left] <= other[right]);
            double value = takesLeft ? one[left++] : other[right++];
            if ((i & 1) == first)
            {
                kept[i >> 1] = value;
            }
        }

        return kept;
    }
}
