using GpuSampling.Engines;
using GpuSampling.Ilgpu.Tests.Support;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Metrics;
using GpuSampling.Kernels.Transitions;
using GpuSampling.Modeling;
using GpuSampling.Models.Tests.Posteriors;
using GpuSampling.Sampling;
using GpuSampling.TestSupport.EngineSuite;

namespace GpuSampling.Ilgpu.Tests;

/// <summary>Kernels that the generator wrote: they compile for devices as hand-written ones do, and draw the same bits there.</summary>
public class GeneratedModelTests
{
    private static readonly Type[] Kernels =
    [
        typeof(EightSchoolsNonCentered.Kernel),
        typeof(KidScoreByMotherIq.Kernel),
        typeof(GermanCredit.Kernel),
        typeof(Garch.Kernel),
        typeof(Autoregression.Kernel),
        typeof(NormalMixture.Kernel),
        typeof(HiddenMarkovModel.Kernel),
        typeof(LotkaVolterra.Kernel),
        typeof(GaussianProcessRegression.Kernel),
    ];

    public static TheoryData<string, string> KernelsAndLanes
    {
        get
        {
            TheoryData<string, string> data = [];
            foreach (Type kernel in Kernels)
            {
                data.Add(kernel.DeclaringType!.Name, nameof(Float32));
            }

            data.Add(nameof(EightSchoolsNonCentered), nameof(Float64));
            data.Add(nameof(Garch), nameof(Float64));
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(KernelsAndLanes))]
    public void Device_code_states_its_rounding_and_keeps_to_registers(string model, string lane)
    {
        System.Reflection.MethodInfo entry = EntryOf(model, lane);
        string ptx = OfflineCompiler.ToPtx(entry);
        Assert.Empty(PtxText.UnstatedRoundings(ptx));
        Assert.DoesNotContain(".extern", ptx, StringComparison.Ordinal);
        string source = OfflineCompiler.ToOpenCl(entry);
        Assert.Contains("fma(", source, StringComparison.Ordinal);
        PtxAssembler.SkipUnlessPresent();
        Assert.Equal(default, PtxAssembler.Assemble(ptx));
    }

    /// <summary>The transition kernel of logistic regression: generated it has as many instructions as by hand, or few more.</summary>
    [Fact]
    public void Generated_logistic_regression_is_as_short_as_by_hand()
    {
        int generated = PtxText.InstructionCount(OfflineCompiler.ToPtx(EntryOf(nameof(GermanCredit), nameof(Float32))));
        int byHand = PtxText.InstructionCount(OfflineCompiler.ToPtx(EntryOf(typeof(GpuSampling.Models.LogisticRegressionModel), nameof(Float32))));
        TestContext.Current.TestOutputHelper?.WriteLine($"{generated} instructions generated, {byHand} by hand");
        Assert.InRange(byHand, 100, int.MaxValue);
        Assert.InRange(generated, 0, 1.15 * byHand);
    }

    [Theory]
    [InlineData("ilgpu-cpu")]
    [InlineData("opencl")]
    [InlineData("cuda")]
    public void Draws_have_the_bits_of_the_widest_registers(string engineName)
    {
        foreach (Posterior posterior in Posteriors())
        {
            AssertSameBits(posterior, engineName);
        }
    }

    private static IEnumerable<Posterior> Posteriors()
    {
        yield return new EightSchoolsNonCentered { J = 3, y = [28, 8, -3], sigma = [15, 10, 16] }.ToPosterior();
        yield return new Garch { T = 12, y = Wave(12, 1.3), sigma1 = 0.7 }.ToPosterior();
        yield return new HiddenMarkovModel { N = 9, y = Wave(9, 4) }.ToPosterior();
        double[,] design = new double[19, 3];
        for (int i = 0; i < design.Length; i++)
        {
            design[i / 3, i % 3] = Math.Sin(1.7 * i);
        }

        yield return new GermanCredit { N = 19, D = 3, x = design, y = [.. Enumerable.Range(0, 19).Select(n => n % 3 == 0 ? 1 : 0)] }.ToPosterior();
    }

    /// <summary>The transform of every constraint.</summary>
    [Theory]
    [InlineData("ilgpu-cpu")]
    [InlineData("opencl")]
    [InlineData("cuda")]
    public void Transforms_have_the_bits_of_the_widest_registers(string engineName) => AssertSameBits(new EveryTransform { c = 0.7 }.ToPosterior(), engineName);

    /// <summary>The same with textbook densities, whose moments other tests compare.</summary>
    [Theory]
    [InlineData("ilgpu-cpu")]
    [InlineData("opencl")]
    [InlineData("cuda")]
    public void Known_densities_have_the_bits_of_the_widest_registers(string engineName)
    {
        Assert.SkipUnless(
            engineName != "ilgpu-cpu" || Environment.GetEnvironmentVariable("GPUSAMPLING_EXHAUSTIVE") == "1",
            "To compile it for the simulated device takes half a minute: set GPUSAMPLING_EXHAUSTIVE=1.");
        EveryConstraint model = new()
        {
            isComplete = 1,
            c = 0.7,
            S = new[,] { { 1, 0.3, -0.2 }, { 0.3, 0.8, 0.1 }, { -0.2, 0.1, 0.6 } },
            P = new[,] { { 1, 0.4 }, { 0.4, 2 } },
            mu = [2 / 3.0, -1 / 3.0, 2 / 3.0],
        };
        AssertSameBits(model.ToPosterior(), engineName);
    }

    /// <summary>Random numbers whose parameters differ between chains, so that rejections end at different times.</summary>
    [Theory]
    [InlineData("ilgpu-cpu")]
    [InlineData("opencl")]
    [InlineData("cuda")]
    public void Random_numbers_have_the_bits_of_the_widest_registers(string engineName) => AssertSameBits(new RandomVariateModel().ToPosterior(), engineName);

    /// <summary>The same for every distribution, whose densities other tests compare.</summary>
    [Theory]
    [InlineData("ilgpu-cpu")]
    [InlineData("opencl")]
    [InlineData("cuda")]
    public void Every_distribution_has_the_bits_of_the_widest_registers(string engineName)
    {
        Assert.SkipUnless(
            engineName != "ilgpu-cpu" || Environment.GetEnvironmentVariable("GPUSAMPLING_EXHAUSTIVE") == "1",
            "To compile it for the simulated device takes long: set GPUSAMPLING_EXHAUSTIVE=1.");
        EveryVariate model = new() { p = [0.2, 0.5, 0.3], S = new[,] { { 1, 0.3, -0.2 }, { 0.3, 0.8, 0.1 }, { -0.2, 0.1, 0.6 } } };
        AssertSameBits(model.ToPosterior(), engineName);
    }

    private static void AssertSameBits(Posterior posterior, string engineName)
    {
        Engine device = Support.Engines.OpenOrSkip(engineName);
        using SimdEngine simd = new();
        Assert.Equal((posterior.Name, Hash<float>(posterior, simd)), (posterior.Name, Hash<float>(posterior, device)));
        Assert.Equal((posterior.Name, Hash<double>(posterior, simd)), (posterior.Name, Hash<double>(posterior, device)));
    }

    private static double[] Wave(int count, double size) => [.. Enumerable.Range(0, count).Select(i => size * Math.Sin(2.1 * i))];

    private static string Hash<TElement>(Posterior posterior, Engine engine)
        where TElement : unmanaged
    {
        RunOptions run = new() { ChainCount = 5, WarmupCount = 21, DrawCount = 3, Seed = 0x0123456789ABCDEF };
        return DrawBits.Hash(new HamiltonianMonteCarloSampler(new HamiltonianMonteCarloOptions { MaximumLeapfrogCount = 20 })
            .Sample<TElement>(posterior, run, engine, cancellationToken: TestContext.Current.CancellationToken).Draws);
    }

    private static System.Reflection.MethodInfo EntryOf(string model, string lane) =>
        EntryOf(Kernels.Single(kernel => kernel.DeclaringType!.Name == model), lane);

    private static System.Reflection.MethodInfo EntryOf(Type kernel, string lane) => OfflineCompiler.Entry(
        typeof(TransitionBlock<,>).MakeGenericType(kernel, typeof(HamiltonianMonteCarlo<DiagonalMetric>)),
        KernelCatalog.Lanes.Single(type => type.Name == lane));
}
