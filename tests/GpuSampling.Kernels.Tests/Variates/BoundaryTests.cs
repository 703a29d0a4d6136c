using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Tests.Streams;
using GpuSampling.Kernels.Variates;

namespace GpuSampling.Kernels.Tests.Variates;

/// <summary>Every conversion at the ends and the middle of the words' range, against double arithmetic, on every lane type.</summary>
public class BoundaryTests
{
    private static readonly uint[] Words =
    [
        0, 1, 127, 128, 255, 256, 511, 512, 0x7FFFFFFF, 0x80000000, 0x80000001, 0xAAAAAAAA, 0xAAAAAB00, 0xFFFFFE00, 0xFFFFFF00,
        0xFFFFFF7F, 0xFFFFFF80, 0xFFFFFFFE, 0xFFFFFFFF, 0x12345678, 0x9ABCDEF0,
    ];

    public static TheoryData<string> LaneTypes => LaneWords.LaneTypeNames;

    [Theory]
    [MemberData(nameof(LaneTypes))]
    public void Uniform_of_one_word(string laneType) => LaneWords.RunOn(laneType, new UniformOfOneWord());

    [Theory]
    [MemberData(nameof(LaneTypes))]
    public void Exponential(string laneType) => LaneWords.RunOn(laneType, new Exponentials());

    [Theory]
    [MemberData(nameof(LaneTypes))]
    public void Normal(string laneType) => LaneWords.RunOn(laneType, new Normals());

    [Theory]
    [MemberData(nameof(LaneTypes))]
    public void Uniform_of_two_words(string laneType) => LaneWords.RunOn(laneType, new UniformOfTwoWords());

    private readonly struct UniformOfOneWord : ILaneAction
    {
        public void Run<T>()
            where T : unmanaged, IPackedReal<T>
        {
            foreach (uint word in Words)
            {
                double halfOpen = (word >> 8) / 16777216.0;
                double positive = (word + 0.5) / 4294967296.0;
                Assert.All(LaneWords.Numbers(UniformVariate.HalfOpen(LaneWords.Load<T>(word))), u => Assert.Equal(halfOpen, u));
                Assert.All(
                    LaneWords.Numbers(UniformVariate.Positive(LaneWords.Load<T>(word))),
                    u => Assert.Equal(T.ElementBits == 32 ? (float)positive : positive, u));
                Assert.InRange(halfOpen, 0, 1 - double.Epsilon);
                Assert.InRange(LaneWords.Numbers(UniformVariate.Positive(LaneWords.Load<T>(word)))[0], 1e-10, 1);
            }
        }
    }

    private readonly struct UniformOfTwoWords : ILaneAction
    {
        public void Run<T>()
            where T : unmanaged, IPackedReal<T>
        {
            if (T.ElementBits == 32)
            {
                return; // two words are for 64-bit elements
            }

            foreach (uint high in Words)
            {
                foreach (uint low in Words)
                {
                    ulong bits = ((ulong)high << 32) | low;
                    double halfOpen = (bits >> 11) * Math.ScaleB(1, -53);
                    // (2·bits + 1)·2⁻⁶⁵, rounded once: the conversion of an odd 65-bit integer by way of 128 bits.
                    double positive = (double)(((UInt128)bits << 1) | 1) * Math.ScaleB(1, -65);
                    Assert.All(
                        LaneWords.Numbers(UniformVariate.HalfOpen(LaneWords.Load<T>(high), LaneWords.Load<T>(low))),
                        u => Assert.Equal(halfOpen, u));
                    Assert.All(
                        LaneWords.Numbers(UniformVariate.Positive(LaneWords.Load<T>(high), LaneWords.Load<T>(low))),
                        u => Assert.Equal(positive, u));
                    Assert.True(halfOpen < 1 && positive > 0);
                }
            }
        }
    }

    private readonly struct Exponentials : ILaneAction
    {
        public void Run<T>()
            where T : unmanaged, IPackedReal<T>
        {
            double tolerance = T.ElementBits == 32 ? 2.5e-7 : 6e-16;
            foreach (uint high in Words)
            {
                foreach (uint low in Words)
                {
                    (double expected, Word<T> bits) = T.ElementBits == 32
                        ? (Reference.MinusLog(high, 32), LaneWords.Load<T>(high))
                        : (Reference.MinusLog(((ulong)high << 32) | low, 64), Join<T>(high, low));
                    Assert.All(
                        LaneWords.Numbers(ExponentialVariate.FromBits(bits)),
                        e => Assert.InRange(e, expected * (1 - tolerance), expected * (1 + tolerance)));
                }
            }
        }
    }

    private readonly struct Normals : ILaneAction
    {
        public void Run<T>()
            where T : unmanaged, IPackedReal<T>
        {
            double tolerance = T.ElementBits == 32 ? 3e-7 : 8e-16;
            foreach (uint radius in Words)
            {
                foreach (uint angle in Words)
                {
                    Reals2<T> pair;
                    double length, first, second;
                    if (T.ElementBits == 32)
                    {
                        pair = NormalVariate.BoxMuller(LaneWords.Load<T>(radius), LaneWords.Load<T>(angle));
                        length = Math.Sqrt(2 * Reference.MinusLog(((radius & 0x7FFFFFul) << 17) | (((angle >> 23) & 0xFF) << 9) | (radius >> 23), 40));
                        (first, second) = Reference.CirclePoint(angle, 32);
                    }
                    else
                    {
                        ulong wideAngle = ((ulong)angle << 32) | radius;
                        pair = NormalVariate.BoxMuller(Join<T>(radius, angle), Join<T>(angle, radius));
                        length = Math.Sqrt(2 * Reference.MinusLog(((((ulong)radius << 32) | angle) << 12) | (radius >> 20), 64));
                        (first, second) = Reference.CirclePoint(wideAngle, 64);
                    }

                    CheckAll(pair.First, length * first, length * tolerance);
                    CheckAll(pair.Second, length * second, length * tolerance);
                }
            }
        }

        private static void CheckAll<T>(T actual, double expected, double tolerance)
            where T : unmanaged, IPackedReal<T> =>
            Assert.All(LaneWords.Numbers(actual), number =>
            {
                Assert.InRange(number, expected - tolerance, expected + tolerance);
                Assert.True(number != 0 && double.IsFinite(number));
            });
    }

    private static Word<T> Join<T>(uint high, uint low)
        where T : unmanaged, IPackedReal<T> =>
        T.WordConstant(((ulong)high << 32) | low);
}
