using System.Runtime.InteropServices;
using GpuSampling.Engines;
using GpuSampling.Random;

#pragma warning disable xUnit1051 // these fills take microseconds: nothing to cancel

namespace GpuSampling.Tests.Random;

/// <summary>Fills: known words, equal bits at every width, and any partition of a fill equal to the whole.</summary>
public class FillTests
{
    private static readonly VectorWidth[] Widths =
        [VectorWidth.Scalar, VectorWidth.Bits128, VectorWidth.Bits256, VectorWidth.Bits512];

    public static TheoryData<VectorWidth> AllWidths => new(Widths);

    public static TheoryData<string> Kinds => new(FillKinds.Names);

    [Theory]
    [MemberData(nameof(AllWidths))]
    public void First_words_of_seed_0_are_the_known_answer_of_Philox(VectorWidth width)
    {
        uint[] words = new uint[4];
        new RandomStream(0).FillBits(words, new RandomFillOptions { Width = width });
        Assert.Equal([0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8], words);
    }

    [Theory]
    [MemberData(nameof(AllWidths))]
    public void Words_are_those_of_cuRAND(VectorWidth width)
    {
        uint[] words = new uint[8];
        new RandomStream(0x123456789ABCDEF0, 7).FillBits(words, new RandomFillOptions { Width = width });
        Assert.Equal(
            [0xE2AEDAF7, 0x2B74FE69, 0x9B175B0C, 0xADE5D4DB, 0x1FDC6A16, 0x328BE767, 0xBFF8C872, 0x9CBCC4FD], words);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_width_gives_the_same_bits(string kind)
    {
        RandomStream stream = new RandomStream(99, 5).Seek(1002);
        byte[] scalar = FillKinds.Fill(kind, stream, 3001, new RandomFillOptions { Width = VectorWidth.Scalar });
        Assert.Contains(scalar, value => value != 0);
        foreach (VectorWidth width in Widths)
        {
            Assert.Equal(scalar, FillKinds.Fill(kind, stream, 3001, new RandomFillOptions { Width = width }));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Any_partition_of_a_fill_equals_the_whole(string kind)
    {
        const int Length = 1500;
        System.Random cuts = new(7);
        RandomStream start = new RandomStream(3).Split(4)[2].Seek(10);
        byte[] whole = FillKinds.Fill(kind, start, Length, RandomFillOptions.Default);
        for (int repetition = 0; repetition < 40; repetition++)
        {
            VectorWidth width = Widths[repetition % Widths.Length];
            List<byte> pieces = [];
            RandomStream stream = start;
            for (int done = 0; done < Length;)
            {
                int length = Math.Min(cuts.Next(1, repetition < 20 ? 30 : 700), Length - done);
                pieces.AddRange(FillKinds.Fill(kind, ref stream, length, new RandomFillOptions { Width = width }));
                done += length;
            }

            Assert.Equal(whole, pieces);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Seeking_to_any_number_gives_the_rest_of_the_fill(string kind)
    {
        int size = FillKinds.ElementSize(kind);
        RandomStream stream = new(11);
        byte[] whole = FillKinds.Fill(kind, stream, 600, RandomFillOptions.Default);
        for (int skipped = 0; skipped < 140; skipped++)
        {
            byte[] rest = FillKinds.Fill(kind, stream.Seek((ulong)(skipped * size / 4)), 600 - skipped, RandomFillOptions.Default);
            Assert.Equal(whole[(skipped * size)..], rest);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Any_number_of_threads_gives_the_same_bits(string kind)
    {
        const int Length = 700_001; // more than ten chunks, none of them aligned with the start
        RandomStream stream = new RandomStream(21).Seek(30_000);
        byte[] one = FillKinds.Fill(kind, stream, Length, new RandomFillOptions { ThreadCount = 1 });
        foreach (int threadCount in (int[])[0, 2, 3, 8])
        {
            Assert.True(one.AsSpan().SequenceEqual(FillKinds.Fill(kind, stream, Length, new RandomFillOptions { ThreadCount = threadCount })));
        }
    }

    // Position 2^34 is block 2^32: the carry from the first word of the counter into the second.
    [Theory]
    [InlineData(1ul << 34)]
    [InlineData(5ul << 34)]
    [InlineData(RandomStream.PositionLimit)]
    public void Fills_cross_the_carry_of_the_block_counter(ulong carry)
    {
        foreach (VectorWidth width in Widths)
        {
            RandomFillOptions options = new() { Width = width };
            RandomStream before = new RandomStream(77).Seek(carry - 203);
            uint[] across = new uint[carry == RandomStream.PositionLimit ? 203 : 406];
            RandomStream after = before.FillBits(across, options);
            Assert.Equal(carry - 203 + (ulong)across.Length, after.Position);
            for (int i = 0; i < across.Length; i += 29)
            {
                uint[] single = new uint[1];
                before.Seek(before.Position + (ulong)i).FillBits(single, options);
                Assert.Equal(single[0], across[i]);
            }
        }
    }

    [Fact]
    public void A_64_bit_word_is_two_words_low_half_first()
    {
        uint[] words = new uint[200];
        ulong[] wide = new ulong[100];
        new RandomStream(5).FillBits(words);
        new RandomStream(5).FillBits(wide);
        Assert.Equal(words, MemoryMarshal.Cast<ulong, uint>(wide).ToArray());
    }

    [Fact]
    public void Numbers_of_64_bits_begin_at_even_positions()
    {
        double[] atOdd = new double[3], atEven = new double[3];
        RandomStream after = new RandomStream(1).Seek(7).FillUniform(atOdd);
        new RandomStream(1).Seek(8).FillUniform(atEven);
        Assert.Equal(atEven, atOdd);
        Assert.Equal(14ul, after.Position);
    }

    [Fact]
    public void Scaled_numbers_are_the_standard_ones_moved_and_stretched_with_one_rounding()
    {
        float[] standard = new float[999], scaled = new float[999];
        new RandomStream(8).FillNormal(standard);
        new RandomStream(8).FillNormal(scaled, mean: -3.25f, standardDeviation: 0.7f);
        Assert.Equal(standard.Select(z => MathF.FusedMultiplyAdd(z, 0.7f, -3.25f)), scaled);
        double[] exponential = new double[999], faster = new double[999];
        new RandomStream(8).FillExponential(exponential);
        new RandomStream(8).FillExponential(faster, rate: 3);
        Assert.Equal(exponential.Select(e => e * (1.0 / 3)), faster);
    }

    [Fact]
    public void Different_seeds_purposes_and_streams_give_different_words()
    {
        RandomStream[] streams =
        [
            new(1), new(2), new(1ul << 32), new(1, 1), new(1, 1ul << 32), new RandomStream(1) { Purpose = (Kernels.Streams.StreamPurpose)130 },
        ];
        string[] words = [.. streams.Select(stream => Convert.ToHexString(FillKinds.Fill("bits", stream, 8, RandomFillOptions.Default)))];
        Assert.Equal(words.Length, words.Distinct().Count());
    }

    [Fact]
    public void Empty_fills_change_nothing()
    {
        RandomStream stream = new RandomStream(4).Seek(9);
        Assert.Equal(stream, stream.FillBits(Span<uint>.Empty));
    }

    [Fact]
    public void A_cancelled_fill_throws()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => new RandomStream(4).FillBits(new uint[10], null, source.Token));
        Assert.ThrowsAny<OperationCanceledException>(
            () => new RandomStream(4).FillNormal(new float[1 << 20], 0, 1, new RandomFillOptions { ThreadCount = 2 }, source.Token));
    }

    [Fact]
    public void Arguments_out_of_range_are_named()
    {
        RandomStream stream = new(1);
        Assert.Equal("standardDeviation", Throws(() => stream.FillNormal(new float[1], 0, -1)).ParamName);
        Assert.Equal("mean", Throws(() => stream.FillNormal(new double[1], double.NaN)).ParamName);
        Assert.Equal("rate", Throws(() => stream.FillExponential(new float[1], 0)).ParamName);
        Assert.Equal("maximum", Throws(() => stream.FillIntegers(new int[1], 5, 5)).ParamName);
        Assert.Equal("destination", Throws(() => stream.Seek(RandomStream.PositionLimit).FillBits(new uint[1])).ParamName);
        Assert.Equal("Width", Throws(() => new RandomFillOptions { Width = (VectorWidth)3 }).ParamName);
        Assert.Equal("ThreadCount", Throws(() => new RandomFillOptions { ThreadCount = -1 }).ParamName);
    }

    private static ArgumentOutOfRangeException Throws(Func<object> action) => Assert.Throws<ArgumentOutOfRangeException>(action);
}
