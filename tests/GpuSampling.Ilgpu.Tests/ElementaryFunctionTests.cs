using System.Reflection;
using GpuSampling.Engines;
using GpuSampling.Ilgpu.Tests.Kernels;
using GpuSampling.Ilgpu.Tests.Support;
using GpuSampling.Kernels.Tests.Functions;

namespace GpuSampling.Ilgpu.Tests;

/// <summary>Every elementary function gives the same bits on a device as in the CPU's registers.</summary>
public class ElementaryFunctionTests
{
    private const int ArgumentCount = 8192;

    private static readonly Type[] Functions = [.. typeof(IElementaryFunction).Assembly.GetTypes()
        .Where(type => type.IsValueType && type.IsAssignableTo(typeof(IElementaryFunction)))];

    public static TheoryData<string, string, Precision> EnginesAndFunctions
    {
        get
        {
            TheoryData<string, string, Precision> data = [];
            foreach (string engine in Support.Engines.Names.Select(row => row.Data))
            {
                foreach (Type function in Functions)
                {
                    data.Add(engine, function.Name, Precision.Single);
                    data.Add(engine, function.Name, Precision.Double);
                }
            }

            return data;
        }
    }

    public static TheoryData<string, string> FunctionsAndLanes
    {
        get
        {
            TheoryData<string, string> data = [];
            foreach (Type function in Functions)
            {
                foreach (Type lane in KernelCatalog.Lanes)
                {
                    data.Add(function.Name, lane.Name);
                }
            }

            return data;
        }
    }

    [Fact]
    public void There_are_functions() => Assert.NotEmpty(Functions);

    [Theory]
    [MemberData(nameof(EnginesAndFunctions))]
    public void A_function_has_the_bits_of_the_widest_registers(string engineName, string function, Precision precision)
    {
        IlgpuEngine engine = Support.Engines.OpenOrSkip(engineName);
        typeof(ElementaryFunctionTests).GetMethod(nameof(Compare), BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(Functions.Single(type => type.Name == function))
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, [engine, precision], null);
    }

    [Theory]
    [MemberData(nameof(FunctionsAndLanes))]
    public void A_function_assembles_without_stack_frame_and_spills(string function, string lane)
    {
        PtxAssembler.SkipUnlessPresent();
        Type kernel = typeof(FunctionKernel<>).MakeGenericType(Functions.Single(type => type.Name == function));

        string ptx = OfflineCompiler.ToPtx(OfflineCompiler.Entry(kernel, KernelCatalog.Lanes.Single(type => type.Name == lane)));

        Assert.Empty(PtxText.UnstatedRoundings(ptx));
        Assert.Equal(default, PtxAssembler.Assemble(ptx));
    }

    private static void Compare<TFunction>(IlgpuEngine engine, Precision precision)
        where TFunction : struct, IElementaryFunction
    {
        double[] arguments = Arguments(precision);
        using SimdEngine simd = new();

        ulong[] expected = ArenaRun.Bits(simd, precision, default(FunctionKernel<TFunction>), ArgumentCount, arguments, outputLength: 1);
        ulong[] actual = ArenaRun.Bits(engine, precision, default(FunctionKernel<TFunction>), ArgumentCount, arguments, outputLength: 1);

        for (int i = 0; i < ArgumentCount; i++)
        {
            ulong left = ArenaRun.MergeNotANumber(expected[i], precision);
            ulong right = ArenaRun.MergeNotANumber(actual[i], precision);
            Assert.True(left == right, $"{typeof(TFunction).Name}({arguments[i]:R}): {left:x} in registers, {right:x} on {engine.Name}.");
        }
    }

    // Special values; numbers over the whole range without pattern; and numbers of moderate size, where functions do their work.
    private static double[] Arguments(Precision precision)
    {
        double[] arguments = new double[ArgumentCount];
        double[] special = [0, -0.0, 1, -1, 0.5, 2, double.PositiveInfinity, double.NegativeInfinity, double.NaN, double.Epsilon, -double.Epsilon, float.Epsilon];
        special.CopyTo(arguments, 0);
        System.Random random = new(20260419);
        for (int i = special.Length; i < ArgumentCount; i++)
        {
            arguments[i] = (i % 4) switch
            {
                0 when precision == Precision.Single => BitConverter.Int32BitsToSingle((int)random.NextInt64(1L << 32)),
                0 => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)),
                1 => (random.NextDouble() - 0.5) * 200,
                2 => random.NextDouble(),
                _ => (random.NextDouble() - 0.5) * 4,
            };
        }

        return arguments;
    }
}
