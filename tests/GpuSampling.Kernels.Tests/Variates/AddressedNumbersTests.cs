using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Tests.Streams;
using GpuSampling.Kernels.Variates;

namespace GpuSampling.Kernels.Tests.Variates;

/// <summary>Number i of an address is the same number by whichever way it is asked for, and from the words that are documented.</summary>
public class AddressedNumbersTests
{
    public static TheoryData<string> LaneTypes => LaneWords.LaneTypeNames;

    [Theory]
    [MemberData(nameof(LaneTypes))]
    public void Numbers_come_from_their_documented_words(string laneType) => LaneWords.RunOn(laneType, new CompareWays());

    private readonly struct CompareWays : ILaneAction
    {
        public void Run<T>()
            where T : unmanaged, IPackedReal<T>
        {
            StreamAddress<T> address = new(new StreamKey(0xFEDCBA9876543210), StreamPurpose.User, T.WordConstant(1000) + T.LaneIndex, 5, 77);
            for (uint index = 0; index < 12; index++)
            {
                Words4<T> words = Philox4x32.Block(address, T.ElementBits == 32 ? index / 4 : index / 2);
                Word<T> bits = T.ElementBits == 32 ? words.At(index % 4) : index % 2 == 0 ? words.LowPair : words.HighPair;
                AssertSame(UniformVariate.HalfOpenFromBits(bits), UniformVariate.HalfOpen(address, index));
                AssertSame(UniformVariate.HalfOpenFromBits(bits), UniformVariate.Quadruple(address, index / 4).At(index));
                AssertSame(ExponentialVariate.FromBits(bits), ExponentialVariate.At(address, index));
                Reals2<T> pair = NormalVariate.Pair(address, index / 2);
                AssertSame(index % 2 == 0 ? pair.First : pair.Second, NormalVariate.Quadruple(address, index / 4).At(index));
                Reals2<T> ofWords = T.ElementBits == 64 ? NormalVariate.BoxMuller(words.LowPair, words.HighPair)
                    : NormalVariate.BoxMuller(words.At(index & 2), words.At((index & 2) + 1));
                AssertSame(index % 2 == 0 ? ofWords.First : ofWords.Second, NormalVariate.Quadruple(address, index / 4).At(index));
            }

            for (int length = 0; length < 11; length++)
            {
                ArrayVector<T> normal = new(11), uniform = new(11);
                VectorVariates.FillNormal(address, normal, length);
                VectorVariates.FillUniform(address, uniform, length);
                for (int i = 0; i < 11; i++)
                {
                    AssertSame(i < length ? NormalVariate.Quadruple(address, (uint)i / 4).At((uint)i) : T.Zero, normal[i]);
                    AssertSame(i < length ? UniformVariate.HalfOpen(address, (uint)i) : T.Zero, uniform[i]);
                }
            }
        }

        private static void AssertSame<T>(T expected, T actual)
            where T : unmanaged, IPackedReal<T> => Assert.Equal(LaneWords.Numbers(expected), LaneWords.Numbers(actual));
    }

    private readonly struct ArrayVector<T>(int length, int start = 0, T[]? shared = null) : IChainVector<ArrayVector<T>, T>
        where T : unmanaged, IPackedReal<T>
    {
        private readonly T[] elements = shared ?? new T[length];

        public T this[int index]
        {
            get => elements[start + index];
            set => elements[start + index] = value;
        }

        public ArrayVector<T> Slice(int from) => new(length, start + from, elements);
    }
}
