using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Streams;

namespace GpuSampling.Kernels.Tests.Streams;

public class StreamAddressTests
{
    [Fact]
    public void Purposes_are_unique_and_fit_eight_bits()
    {
        int[] values = [.. Enum.GetNames<StreamPurpose>().Select(name => (int)Enum.Parse<StreamPurpose>(name))];
        Assert.Equal(values.Length, values.Distinct().Count());
        Assert.All(values, value => Assert.InRange(value, 0, 255));
    }

    // Frozen: changing a value changes every draw made for that purpose.
    [Theory]
    [InlineData(StreamPurpose.Bulk, 0)]
    [InlineData(StreamPurpose.Initialization, 1)]
    [InlineData(StreamPurpose.Momentum, 2)]
    [InlineData(StreamPurpose.Acceptance, 3)]
    [InlineData(StreamPurpose.TrajectoryLength, 4)]
    [InlineData(StreamPurpose.Proposal, 5)]
    [InlineData(StreamPurpose.Trajectory, 6)]
    [InlineData(StreamPurpose.GeneratedQuantity, 7)]
    [InlineData(StreamPurpose.User, 128)]
    public void Purposes_are_frozen(StreamPurpose purpose, int value) => Assert.Equal(value, (int)purpose);

    [Fact]
    public void Layout_of_the_counter()
    {
        StreamAddress<Float32> address = new(
            new StreamKey(0x123456789ABCDEF0), StreamPurpose.User, Float32.WordConstant(0x89ABCDEF), 0xFF654321, 0x01020304);
        Words4<Float32> counter = address.Counter(Float32.WordConstant(0xA0B0C0D0));
        uint[] words = [.. Enumerable.Range(0, 4).Select(word => LaneWords.Store(counter.At((uint)word))[0])];
        Assert.Equal([0xA0B0C0D0, 0x01020304, 0x89ABCDEF, 0x80654321], words);
        Assert.Equal(0x9ABCDEF0u, address.Key.Low);
        Assert.Equal(0x12345678u, address.Key.High);
    }

    // With purpose 0 and step 0 the layout is that of the device generators of cuRAND and rocRAND: subsequence = stream,
    // offset = 4 · block.
    [Theory]
    [InlineData(0u, new uint[] { 0xE2AEDAF7, 0x2B74FE69, 0x9B175B0C, 0xADE5D4DB })]
    [InlineData(1u, new uint[] { 0x1FDC6A16, 0x328BE767, 0xBFF8C872u, 0x9CBCC4FDu })]
    public void Same_words_as_cuRAND(uint block, uint[] expected)
    {
        StreamAddress<Float64x8> address = new(
            new StreamKey(0x123456789ABCDEF0), StreamPurpose.Bulk, LaneWords.Load<Float64x8>(7), 0, 0);
        Words4<Float64x8> words = Philox4x32.Block(address, block);
        for (uint word = 0; word < 4; word++)
        {
            Assert.All(LaneWords.Store(words.At(word)), value => Assert.Equal(expected[word], value));
        }
    }
}
