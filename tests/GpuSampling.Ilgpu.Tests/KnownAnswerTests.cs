using GpuSampling.Engines;
using GpuSampling.Ilgpu.Tests.Kernels;
using GpuSampling.Ilgpu.Tests.Support;
using GpuSampling.Kernels.Tests.Streams;

namespace GpuSampling.Ilgpu.Tests;

/// <summary>The generators give the known answers of Random123 on devices, from the one list that all lane types are tested with.</summary>
public class KnownAnswerTests
{
    public static TheoryData<string, Precision> Engines => Support.Engines.NamesAndPrecisions;

    [Theory]
    [MemberData(nameof(Engines))]
    public void Vectors_kept_here(string engineName, Precision precision) => CheckAll(engineName, precision, KnownAnswer.FromSource);

    [Theory]
    [MemberData(nameof(Engines))]
    public void Vectors_of_the_Random123_file(string engineName, Precision precision) => CheckAll(engineName, precision, KnownAnswer.FromFileOrSkip());

    private static void CheckAll(string engineName, Precision precision, IReadOnlyList<KnownAnswer> answers)
    {
        const int ChainCount = 33;
        IlgpuEngine engine = Support.Engines.OpenOrSkip(engineName);
        using SimdEngine scalar = new(VectorWidth.Scalar, threadCount: 1);
        Assert.NotEmpty(answers);
        foreach (KnownAnswer answer in answers)
        {
            GeneratorKernel kernel = new() { Rounds = answer.Rounds };
            int[] settings = new int[GeneratorKernel.SettingCount];
            for (int i = 0; i < 4; i++)
            {
                settings[i] = (int)answer.Counter[i];
                settings[4 + i] = i < answer.Key.Length ? (int)answer.Key[i] : 0;
            }

            ulong[] bits = ArenaRun.Bits(
                engine, precision, kernel, ChainCount, [], GeneratorKernel.OutputCount, settingIntegers: settings);

            Assert.Equal(answer.Expected.Select(word => (ulong)word), Enumerable.Range(0, 4).Select(row => bits[row * ChainCount]));
            Assert.Equal(ArenaRun.Bits(scalar, precision, kernel, ChainCount, [], GeneratorKernel.OutputCount, settingIntegers: settings), bits);
        }
    }
}
