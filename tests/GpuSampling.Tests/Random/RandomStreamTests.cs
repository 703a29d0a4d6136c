using System.Text.Json;
using GpuSampling.Kernels.Streams;
using GpuSampling.Random;

#pragma warning disable xUnit1051 // these fills take microseconds: nothing to cancel

namespace GpuSampling.Tests.Random;

public class RandomStreamTests
{
    [Fact]
    public void Split_shares_out_disjoint_ranges()
    {
        RandomStream root = new(9);
        List<(ulong First, ulong End)> owned = [];
        foreach (RandomStream child in root.Split(7))
        {
            foreach (RandomStream grandchild in child.Split(1000))
            {
                owned.Add((grandchild.Stream, grandchild.Stream + grandchild.StreamCount));
            }

            owned.Add((child.Stream, child.Stream + 1));
        }

        owned.Add((root.Stream, root.Stream + 1));
        owned.Sort();
        Assert.Equal((7 * 1001) + 1, owned.Count);
        for (int i = 1; i < owned.Count; i++)
        {
            Assert.True(owned[i - 1].End <= owned[i].First);
        }

        Assert.True(owned[^1].End <= RandomStream.StreamLimit);
    }

    [Fact]
    public void Split_that_does_not_fit_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomStream(1).Split(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomStream(1, 5).Split(1)); // owns itself only
        RandomStream small = new RandomStream(1, RandomStream.StreamLimit - 10) { StreamCount = 10 };
        Assert.Equal(9, small.Split(9).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => small.Split(10));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomStream(1, RandomStream.StreamLimit - 10) { StreamCount = 11 });
    }

    [Fact]
    public void Substreams_are_consecutive_and_owned()
    {
        RandomStream part = new RandomStream(1).Split(3)[1];
        Assert.Equal(part.Stream + 12, part.Substream(12).Stream);
        Assert.Equal(1ul, part.Substream(12).StreamCount);
        Assert.Throws<ArgumentOutOfRangeException>(() => part.Substream(part.StreamCount));
    }

    [Fact]
    public void Limits_are_checked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomStream(1, RandomStream.StreamLimit));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomStream(1).Seek(RandomStream.PositionLimit + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomStream(1) { Purpose = StreamPurpose.Momentum });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomStream(1) { Purpose = (StreamPurpose)256 });
    }

    public static TheoryData<ulong, int, ulong, ulong> Saved => new()
    {
        { 0, 0, 0, 0 },
        { ulong.MaxValue, 255, RandomStream.StreamLimit - 1, RandomStream.PositionLimit },
        { 0x123456789ABCDEF0, 128, 7, 123456789012345678 },
    };

    [Theory]
    [MemberData(nameof(Saved))]
    public void Saved_and_restored_it_goes_on_with_the_same_words(ulong seed, int purpose, ulong number, ulong position)
    {
        RandomStream stream = new RandomStream(seed, number) { Purpose = (StreamPurpose)purpose, Position = position };
        Assert.Equal(stream, RandomStream.Parse(stream.ToString()));
        Assert.Equal(stream, JsonSerializer.Deserialize<RandomStream>(JsonSerializer.Serialize(stream)));
    }

    [Fact]
    public void Saved_half_way_through_a_fill()
    {
        float[] whole = new float[101], first = new float[37], rest = new float[64];
        RandomStream root = new RandomStream(31).Split(2)[1];
        root.FillNormal(whole);
        string saved = JsonSerializer.Serialize(root.FillNormal(first));
        JsonSerializer.Deserialize<RandomStream>(saved)!.FillNormal(rest);
        Assert.Equal(whole, first.Concat(rest));
    }

    [Fact]
    public void Text_and_JSON_are_as_documented()
    {
        RandomStream stream = new RandomStream(42, 7).Seek(1000);
        Assert.Equal("philox4x32-10/v1 seed=42 purpose=0 stream=7 streams=1 position=1000", stream.ToString());
        Assert.Equal(
            """{"algorithm":"philox4x32-10/v1","seed":"42","purpose":"0","stream":"7","streams":"1","position":"1000"}""",
            JsonSerializer.Serialize(stream));
    }

    [Theory]
    [InlineData("")]
    [InlineData("philox4x32-10/v2 seed=42 purpose=0 stream=7 streams=1 position=1000")]
    [InlineData("philox4x32-10/v1 seed=42 purpose=0 stream=7 streams=1")]
    [InlineData("philox4x32-10/v1 seed=42 purpose=0 stream=7 streams=1 position=-1")]
    [InlineData("philox4x32-10/v1 seed=42 seed=42 purpose=0 stream=7 streams=1 position=1")]
    [InlineData("philox4x32-10/v1 seed=42 purpose=3 stream=7 streams=1 position=1")]
    [InlineData("philox4x32-10/v1 seed=42 purpose=0 stream=7 streams=0 position=1")]
    [InlineData("philox4x32-10/v1 seed=42 purpose=0 stream=7 streams=1 position=1 colour=2")]
    public void Malformed_or_foreign_text_is_refused(string text)
    {
        Assert.Throws<FormatException>(() => RandomStream.Parse(text));
        Assert.False(RandomStream.TryParse(text, out _));
    }

    [Theory]
    [InlineData("""{"algorithm":"philox4x32-7/v1","seed":"42","purpose":"0","stream":"7","streams":"1","position":"1000"}""")]
    [InlineData("""{"algorithm":"philox4x32-10/v1","seed":42,"purpose":"0","stream":"7","streams":"1","position":"1000"}""")]
    [InlineData("""{"algorithm":"philox4x32-10/v1","seed":"42","purpose":"0","stream":"7","streams":"1"}""")]
    [InlineData("""["philox4x32-10/v1"]""")]
    public void Malformed_or_foreign_JSON_is_refused(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<RandomStream>(json));

    [Fact]
    public void Derived_seeds_depend_on_every_number_their_order_and_their_count()
    {
        ulong[] seeds =
        [
            Seeds.Derive(1, 2, 3), Seeds.Derive(1, 3, 2), Seeds.Derive(2, 2, 3), Seeds.Derive(1, 2), Seeds.Derive(1, 2, 0), Seeds.Derive(1, 0, 2),
            Seeds.Derive(1, 2, 3ul << 32), Seeds.Derive(1, 1, 2, 3), Seeds.Derive(1ul << 32, 2, 3), 1, 2, 3,
        ];
        Assert.Equal(seeds.Length, seeds.Distinct().Count());
        Assert.Equal(1ul, Seeds.Derive(1));
        Assert.Equal(Seeds.Derive(1, 2, 3), Seeds.Derive(1, [2, 3]));
    }

    // Frozen: a changed value changes the runs of everybody who derives seeds.
    [Fact]
    public void Derived_seeds_are_frozen() => Assert.Equal(15978723441551586755, Seeds.Derive(1, 2, 3));
}
