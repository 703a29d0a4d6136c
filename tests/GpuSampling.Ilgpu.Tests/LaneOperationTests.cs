using GpuSampling.Engines;
using GpuSampling.Ilgpu.Tests.Kernels;
using GpuSampling.Ilgpu.Tests.Support;

namespace GpuSampling.Ilgpu.Tests;

/// <summary>Every lane operation gives the same bits on a device as on .NET.</summary>
public class LaneOperationTests
{
    // The outputs that hold words: their bits count even where they spell a NaN.
    private const int FirstWordOutput = 27;
    private const int LastWordOutput = 37;

    public static TheoryData<string, Precision> Engines => Support.Engines.NamesAndPrecisions;

    [Theory]
    [MemberData(nameof(Engines))]
    public void Every_operation_gives_the_bits_of_plain_dotnet(string engineName, Precision precision)
    {
        IlgpuEngine engine = Support.Engines.OpenOrSkip(engineName);
        using SimdEngine scalar = new(VectorWidth.Scalar, threadCount: 1);
        double[] inputs = Inputs(precision);
        int chainCount = inputs.Length / OperationsKernel.InputCount;
        const long FirstChain = 0xFFF00000;

        ulong[] expected = Run(scalar);
        ulong[] actual = Run(engine);

        for (int i = 0; i < expected.Length; i++)
        {
            int row = i / chainCount;
            bool isWord = row is >= FirstWordOutput and <= LastWordOutput;
            Precision stored = row < OperationsKernel.OutputCount ? precision : Precision.Double;
            ulong left = isWord ? expected[i] : ArenaRun.MergeNotANumber(expected[i], stored);
            ulong right = isWord ? actual[i] : ArenaRun.MergeNotANumber(actual[i], stored);
            int chain = i % chainCount;
            Assert.True(
                left == right,
                $"Output {row} of ({inputs[chain]:R}, {inputs[chainCount + chain]:R}, {inputs[(2 * chainCount) + chain]:R}): {left:x} on .NET, {right:x} on {engine.Name}.");
        }

        ulong[] Run(Engine engine) => ArenaRun.Bits(
            engine, precision, default(OperationsKernel), chainCount, inputs, OperationsKernel.OutputCount, [0.1, 0.3], [7], [0.7], [3, -5], FirstChain);
    }

    // All triples of special numbers, and numbers without pattern over the whole range, subnormal results included.
    private static double[] Inputs(Precision precision)
    {
        double smallest = precision == Precision.Single ? float.Epsilon : double.Epsilon;
        double largest = precision == Precision.Single ? float.MaxValue : double.MaxValue;
        double smallestNormal = precision == Precision.Single ? 1.17549435e-38 : 2.2250738585072014e-308;
        double[] special =
        [
            0, -0.0, 1, -1, 0.5, 1.5, 2.5, -2.5, 3, 0.1, smallest, -3 * smallest, smallestNormal, smallestNormal * 0.75,
            largest, -largest, double.PositiveInfinity, double.NegativeInfinity, double.NaN,
        ];
        List<(double, double, double)> triples = [];
        foreach (double a in special)
        {
            foreach (double b in special)
            {
                foreach (double c in special)
                {
                    triples.Add((a, b, c));
                }
            }
        }

        System.Random random = new(20260419);
        for (int i = 0; i < 4000; i++)
        {
            triples.Add((Any(random), Any(random), Any(random)));
        }

        double[] inputs = new double[OperationsKernel.InputCount * triples.Count];
        for (int i = 0; i < triples.Count; i++)
        {
            (inputs[i], inputs[triples.Count + i], inputs[(2 * triples.Count) + i]) = triples[i];
        }

        return inputs;

        double Any(System.Random random) => precision == Precision.Single
            ? BitConverter.Int32BitsToSingle((int)random.NextInt64(1L << 32))
            : BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
    }
}
