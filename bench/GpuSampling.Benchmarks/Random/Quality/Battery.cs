using System.Numerics;

namespace GpuSampling.Benchmarks.Random.Quality;

/// <summary>One outcome: how probable a result at least as extreme is for truly random words.</summary>
internal readonly record struct TestOutcome(string Test, string Statistic, double Probability);

/// <summary>
/// Classical tests of random words (Knuth, The Art of Computer Programming 2, 3.3.2; Marsaglia's birthday spacings and binary
/// ranks; Blackman and Vigna's Hamming-weight dependencies), each on fresh words of one source. A battery at scale 1 reads about
/// 50 million words.
/// </summary>
internal sealed class Battery(IWordSource source, int scale)
{
    /// <summary>Below this a test has failed. With 20 outcomes a battery the false-alarm rate of a battery is 2·10⁻⁵.</summary>
    public const double Failure = 1e-6;

    private readonly uint[] buffer = new uint[1 << 16];

    public IEnumerable<TestOutcome> Run()
    {
        yield return BitFrequencies();
        yield return SerialCorrelations("high halves", word => word >> 16);
        yield return SerialCorrelations("low halves", word => word & 0xFFFF);
        yield return BirthdaySpacings("bits 2 to 31", 2);
        yield return BirthdaySpacings("bits 0 to 29", 0);
        yield return Gaps("highest 3 bits zero", word => word >> 29);
        yield return Gaps("lowest 3 bits zero", word => word & 7);
        yield return RunsUp();
        yield return BinaryRanks();
        yield return HammingWeightDependency();
        yield return Duplicates();
    }

    /// <summary>How often each of the 32 bits is set.</summary>
    private TestOutcome BitFrequencies()
    {
        long count = (1L << 22) * scale;
        long[] ones = new long[32];
        ForEachBuffer(count, words =>
        {
            foreach (uint word in words)
            {
                for (int bit = 0; bit < 32; bit++)
                {
                    ones[bit] += (word >> bit) & 1;
                }
            }
        });
        double statistic = ones.Sum(n => Square(n - (count / 2.0)) / (count / 4.0));
        return new("bit frequencies", $"chi2(32) = {statistic:F1}", TailProbability.ChiSquare(statistic, 32));
    }

    /// <summary>Correlations of words 1 to 128 apart: with interleaved streams, of neighbouring streams.</summary>
    private TestOutcome SerialCorrelations(string part, Func<uint, uint> select)
    {
        const int Lags = 128;
        double[] sums = new double[Lags + 1];
        long count = 0;
        double[] values = new double[buffer.Length];
        ForEachBuffer((1L << 20) * scale, words =>
        {
            for (int i = 0; i < words.Length; i++)
            {
                values[i] = ((select(words[i]) + 0.5) / 65536 - 0.5) * Math.Sqrt(12);
            }

            for (int lag = 1; lag <= Lags; lag++)
            {
                double sum = 0;
                for (int i = 0; i < words.Length - Lags; i++)
                {
                    sum += values[i] * values[i + lag];
                }

                sums[lag] += sum;
            }

            count += words.Length - Lags;
        });
        double statistic = sums.Skip(1).Sum(sum => sum * sum / count);
        int worst = Enumerable.Range(1, Lags).MaxBy(lag => Math.Abs(sums[lag]));
        return new(
            $"correlations at lags 1 to {Lags}, {part}",
            $"chi2({Lags}) = {statistic:F1}, largest {sums[worst] / count:+0.00000;-0.00000} at lag {worst}",
            TailProbability.ChiSquare(statistic, Lags));
    }

    /// <summary>Marsaglia: of 4096 birthdays in a year of 2³⁰ days, the spacings that occur twice are Poisson(16) in number.</summary>
    private TestOutcome BirthdaySpacings(string bits, int shift)
    {
        const int Birthdays = 4096;
        int samples = 256 * scale;
        uint[] days = new uint[Birthdays];
        long repeats = 0;
        for (int sample = 0; sample < samples; sample++)
        {
            source.Fill(days);
            for (int i = 0; i < Birthdays; i++)
            {
                days[i] = (days[i] >> shift) & 0x3FFFFFFF;
            }

            days.AsSpan().Sort();
            for (int i = Birthdays - 1; i > 0; i--)
            {
                days[i] -= days[i - 1];
            }

            days.AsSpan().Sort();
            for (int i = 1; i < Birthdays; i++)
            {
                repeats += days[i] == days[i - 1] ? 1 : 0;
            }
        }

        // Pairs of equal spacings, m³ / 4n, less the triples, m⁵ / 18n², which are three pairs but two repeats.
        const double Days = 1L << 30;
        double mean = samples * ((Math.Pow(Birthdays, 3) / 4 / Days) - (Math.Pow(Birthdays, 5) / 18 / Days / Days));
        return new($"birthday spacings, {bits}", $"{repeats} of {mean:F0} expected", TailProbability.TwoSidedPoisson(repeats, mean));
    }

    /// <summary>The distances between words of which three bits are zero are geometric with probability 1/8.</summary>
    private TestOutcome Gaps(string event_, Func<uint, uint> select)
    {
        const int Longest = 60;
        long[] counts = new long[Longest + 1];
        int gap = 0;
        ForEachBuffer((1L << 22) * scale, words =>
        {
            foreach (uint word in words)
            {
                if (select(word) == 0)
                {
                    counts[Math.Min(gap, Longest)]++;
                    gap = 0;
                }
                else
                {
                    gap++;
                }
            }
        });
        double[] probabilities = new double[Longest + 1];
        for (int length = 0; length < Longest; length++)
        {
            probabilities[length] = 0.125 * Math.Pow(0.875, length);
        }

        probabilities[Longest] = Math.Pow(0.875, Longest);
        return ChiSquareTest($"gaps, {event_}", counts, probabilities);
    }

    /// <summary>Lengths of ascending runs, the word after each run left out so that they are independent (Knuth, exercise 14).</summary>
    private TestOutcome RunsUp()
    {
        const int Longest = 7;
        long[] counts = new long[Longest];
        int length = 0;
        uint last = 0;
        ForEachBuffer((1L << 22) * scale, words =>
        {
            foreach (uint word in words)
            {
                if (length == 0 || word > last)
                {
                    length++;
                    last = word;
                }
                else
                {
                    counts[Math.Min(length, Longest) - 1]++;
                    length = 0;
                }
            }
        });
        double[] probabilities = new double[Longest];
        double factorial = 1;
        for (int n = 1; n <= Longest; n++)
        {
            probabilities[n - 1] = n == Longest ? 1 / factorial : (1 / factorial) - (1 / (factorial * (n + 1)));
            factorial *= n + 1;
        }

        return ChiSquareTest("runs up", counts, probabilities);
    }

    /// <summary>Ranks of 32 × 32 matrices of bits.</summary>
    private TestOutcome BinaryRanks()
    {
        long[] counts = new long[4];
        uint[] rows = new uint[32];
        for (int matrix = 0; matrix < 40_000 * scale; matrix++)
        {
            source.Fill(rows);
            counts[Math.Max(0, Rank(rows) - 29)]++;
        }

        double[] probabilities = new double[4];
        for (int rank = 30; rank <= 32; rank++)
        {
            double probability = Math.ScaleB(1, (rank * (64 - rank)) - 1024);
            for (int i = 0; i < rank; i++)
            {
                probability *= Square(1 - Math.ScaleB(1, i - 32)) / (1 - Math.ScaleB(1, i - rank));
            }

            probabilities[rank - 29] = probability;
        }

        probabilities[0] = 1 - probabilities.Sum();
        return ChiSquareTest("binary ranks 32 x 32", counts, probabilities);
    }

    private static int Rank(uint[] rows)
    {
        int rank = 0;
        for (int bit = 0; bit < 32; bit++)
        {
            int pivot = rank;
            while (pivot < 32 && ((rows[pivot] >> bit) & 1) == 0)
            {
                pivot++;
            }

            if (pivot == 32)
            {
                continue;
            }

            (rows[rank], rows[pivot]) = (rows[pivot], rows[rank]);
            for (int row = rank + 1; row < 32; row++)
            {
                rows[row] ^= ((rows[row] >> bit) & 1) * rows[rank];
            }

            rank++;
        }

        return rank;
    }

    /// <summary>Few, middling or many bits set in each of seven words in a row: 3⁷ cells.</summary>
    private TestOutcome HammingWeightDependency()
    {
        const int Words = 7, Cells = 2187;
        double[] classProbability = new double[3];
        double binomial = Math.ScaleB(1, -32);
        for (int ones = 0; ones <= 32; ones++)
        {
            classProbability[Class(ones)] += binomial;
            binomial = binomial * (32 - ones) / (ones + 1);
        }

        long[] counts = new long[Cells];
        int cell = 0, seen = 0;
        ForEachBuffer(Words * (1L << 19) * scale, words =>
        {
            foreach (uint word in words)
            {
                cell = (cell * 3) + Class(BitOperations.PopCount(word));
                if (++seen == Words)
                {
                    counts[cell]++;
                    cell = seen = 0;
                }
            }
        });
        double[] probabilities = new double[Cells];
        for (int i = 0; i < Cells; i++)
        {
            double probability = 1;
            for (int digits = i, word = 0; word < Words; word++, digits /= 3)
            {
                probability *= classProbability[digits % 3];
            }

            probabilities[i] = probability;
        }

        return ChiSquareTest("Hamming weights of 7 words", counts, probabilities);

        static int Class(int ones) => ones < 15 ? 0 : ones > 17 ? 2 : 1;
    }

    /// <summary>Equal pairs of words, aligned: one is expected in 2⁶⁵ / n² tries, so none.</summary>
    private TestOutcome Duplicates()
    {
        int count = 1 << 20;
        ulong[] values = new ulong[count];
        source.Fill(System.Runtime.InteropServices.MemoryMarshal.Cast<ulong, uint>(values.AsSpan()));
        values.AsSpan().Sort();
        long repeats = 0;
        for (int i = 1; i < count; i++)
        {
            repeats += values[i] == values[i - 1] ? 1 : 0;
        }

        double mean = (double)count * count / 2 / Math.ScaleB(1, 64);
        return new("duplicate 64-bit words", $"{repeats} of 2^20", TailProbability.AtLeastPoisson(repeats, mean));
    }

    private static TestOutcome ChiSquareTest(string name, long[] counts, double[] probabilities)
    {
        double total = counts.Sum(), statistic = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            double expected = total * probabilities[i];
            statistic += Square(counts[i] - expected) / expected;
        }

        int degrees = counts.Length - 1;
        return new(name, $"chi2({degrees}) = {statistic:F1}", TailProbability.ChiSquare(statistic, degrees));
    }

    private void ForEachBuffer(long count, SpanAction action)
    {
        for (long done = 0; done < count; done += buffer.Length)
        {
            source.Fill(buffer);
            action(buffer);
        }
    }

    private delegate void SpanAction(ReadOnlySpan<uint> words);

    private static double Square(double x) => x * x;
}
