using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Tests.Streams;
using GpuSampling.Kernels.Variates;

namespace GpuSampling.Kernels.Tests.Variates;

public class BoundedIntegerTests
{
    public static TheoryData<string> LaneTypes => LaneWords.LaneTypeNames;

    [Theory]
    [InlineData(0u, 0u)]
    [InlineData(1u, 0u)]
    [InlineData(3u, 1u)]
    [InlineData(10u, 6u)]
    [InlineData(1u << 31, 0u)]
    [InlineData((1u << 31) + 1, (1u << 31) - 1)]
    [InlineData(uint.MaxValue, 1u)]
    public void Threshold_is_the_remainder_of_the_words(uint range, uint threshold)
    {
        Assert.Equal(threshold, BoundedInteger.RejectionThreshold(range));
        Assert.Equal(range == 0 ? 0 : (uint)((1ul << 32) % range), threshold);
    }

    // Lemire's method in plain arithmetic, on words of the scalar generator, one lane after another.
    [Theory]
    [MemberData(nameof(LaneTypes))]
    public void Every_lane_follows_its_own_attempts(string laneType) => LaneWords.RunOn(laneType, new CompareWithPlainArithmetic());

    private readonly struct CompareWithPlainArithmetic : ILaneAction
    {
        public void Run<T>()
            where T : unmanaged, IPackedReal<T>
        {
            int retried = 0;
            foreach (uint range in (uint[])[0, 1, 6, 1000, 1u << 31, (1u << 31) + 1, 3u << 30, uint.MaxValue])
            {
                for (uint index = 0; index < 200; index++)
                {
                    StreamAddress<T> address = new(
                        new StreamKey(17), StreamPurpose.User, T.WordConstant(40) + T.LaneIndex, 0, 3);
                    uint[] actual = LaneWords.Store(BoundedInteger.Below(address, index, range));
                    for (int lane = 0; lane < T.Width; lane++)
                    {
                        Assert.Equal(Plain(40 + (uint)lane, index, range, ref retried), actual[lane]);
                    }
                }
            }

            Assert.True(retried > 100); // ranges above 2^31 reject up to half of the words
        }

        private static uint Plain(uint stream, uint index, uint range, ref int retried)
        {
            StreamAddress<Float32> address = new(new StreamKey(17), StreamPurpose.User, Float32.WordConstant(stream), 0, 3);
            for (uint attempt = 0; ; attempt++)
            {
                uint word = LaneWords.Store(Philox4x32.Block(address, (attempt << 24) | (index / 4)).At(index % 4))[0];
                ulong product = (ulong)word * range;
                if (range == 0)
                {
                    return word;
                }

                if ((uint)product >= (1ul << 32) % range)
                {
                    return (uint)(product >> 32);
                }

                retried++;
            }
        }
    }
}
