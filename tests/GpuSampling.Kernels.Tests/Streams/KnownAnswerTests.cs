using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Streams;

namespace GpuSampling.Kernels.Tests.Streams;

public class KnownAnswerTests
{
    public static TheoryData<string> LaneTypes => LaneWords.LaneTypeNames;

    [Theory]
    [MemberData(nameof(LaneTypes))]
    public void Vectors_kept_here(string laneType) => LaneWords.RunOn(laneType, new CheckAll(KnownAnswer.FromSource, 6, 4));

    [Theory]
    [MemberData(nameof(LaneTypes))]
    public void Vectors_of_the_Random123_file(string laneType) =>
        LaneWords.RunOn(laneType, new CheckAll(KnownAnswer.FromFileOrSkip(), 6, 9));

    /// <summary>Each vector in every lane at once, and then one lane after another among others' counters.</summary>
    private sealed record CheckAll(IReadOnlyList<KnownAnswer> Answers, int PhiloxCount, int ThreefryCount) : ILaneAction
    {
        public void Run<T>()
            where T : unmanaged, IPackedReal<T>
        {
            Assert.Equal(PhiloxCount, Answers.Count(answer => answer.Generator == "philox4x32"));
            Assert.Equal(ThreefryCount, Answers.Count(answer => answer.Generator == "threefry4x32"));
            foreach (KnownAnswer answer in Answers)
            {
                for (int lane = 0; lane < T.Width; lane++)
                {
                    CheckLane<T>(answer, lane);
                }
            }
        }

        private static void CheckLane<T>(KnownAnswer answer, int lane)
            where T : unmanaged, IPackedReal<T>
        {
            uint[][] counter = new uint[4][];
            for (int word = 0; word < 4; word++)
            {
                counter[word] = [.. Enumerable.Range(0, T.Width).Select(l => answer.Counter[word] + (uint)(l - lane))];
            }

            Words4<T> input = new(
                LaneWords.Load<T>(counter[0]), LaneWords.Load<T>(counter[1]), LaneWords.Load<T>(counter[2]), LaneWords.Load<T>(counter[3]));
            Words4<T> output = Generate(answer, input);
            uint[] poisoned = [0xCACACACA, 0xCACACACA, 0xCACACACA, 0xCACACACA];
            for (uint word = 0; word < 4; word++)
            {
                poisoned[word] = LaneWords.Store(output.At(word))[lane];
            }

            Assert.Equal(answer.Expected, poisoned);
        }

        private static Words4<T> Generate<T>(KnownAnswer answer, Words4<T> input)
            where T : unmanaged, IPackedReal<T>
        {
            StreamKey key = new(answer.Key[0] | ((ulong)answer.Key[1] << 32));
            return (answer.Generator, answer.Rounds) switch
            {
                ("philox4x32", 10) => Philox4x32.TenRounds(input, key),
                ("philox4x32", 7) => Philox4x32.SevenRounds(input, key),
                _ => Threefry4x32.Rounds(
                    input, answer.Key[0], answer.Key[1], answer.Key[2], answer.Key[3], (uint)answer.Rounds),
            };
        }
    }
}
