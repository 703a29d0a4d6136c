using GpuSampling.Engines;
using GpuSampling.Ilgpu.Tests.Support;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Models;
using GpuSampling.Modeling;
using GpuSampling.Models.Tests.Posteriors;
using GpuSampling.Sampling;
using GpuSampling.TestSupport.EngineSuite;

namespace GpuSampling.Ilgpu.Tests;

/// <summary>Models of thousands of parameters on devices: the same draws, and a chain's state and tape count as memory of the device.</summary>
public class DimensionTests
{
    public static TheoryData<string> EngineNames => Support.Engines.Names;

    [Theory]
    [MemberData(nameof(EngineNames))]
    public void Five_thousand_parameters_have_the_draws_of_the_widest_registers(string engineName)
    {
        IlgpuEngine device = Support.Engines.OpenOrSkip(engineName);
        using SimdEngine simd = new();
        Posterior posterior = new Chained { D = 5000 }.ToPosterior();
        RunOptions run = new() { ChainCount = 3, WarmupCount = 6, DrawCount = 2, Seed = 5 };
        Assert.Equal(Hash(posterior, run, simd), Hash(posterior, run, device));
        AssertNeed(posterior, 5000, device);
    }

    [Theory]
    [MemberData(nameof(EngineNames))]
    public void What_is_said_to_be_needed_will_do_and_a_byte_less_will_not(string engineName)
    {
        IlgpuEngine device = Support.Engines.OpenOrSkip(engineName);
        using SimdEngine simd = new();
        Posterior posterior = new Chained { D = 200 }.ToPosterior();
        long needed = AssertNeed(posterior, 200, device);

        // Two blocks of chains take turns.
        RunOptions run = new() { ChainCount = device.ChainBlock + 2, WarmupCount = 2, DrawCount = 1, Seed = 6 };
        Assert.Equal(Hash(posterior, run, simd), Hash(posterior, run, new BorrowedEngine(device, needed)));
        Assert.Throws<InsufficientEngineMemoryException>(() => Hash(posterior, run, new BorrowedEngine(device, needed - 1)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(20)]
    [InlineData(48)]
    public void Arenas_allocate_no_more_than_was_counted(int chainCount)
    {
        IlgpuEngine engine = Support.Engines.OpenOrSkip("ilgpu-cpu");
        ChainArenaLayout layout = new()
        {
            Precision = Precision.Single,
            FirstChain = 0,
            ChainCount = chainCount,
            StateLength = 700,
            OutputLength = 5,
            PublishedLength = 3,
            DataReals = new double[11],
            DataIntegers = new int[7],
            SettingRealCount = 20,
            SettingIntegerCount = 30,
        };
        long counted = layout.TotalBytesInBlocks(engine.ChainBlock);
        using var arena = (IlgpuArena<Float32, float>)engine.CreateArena(layout);
        Assert.InRange(arena.AllocatedBytes, 0.8 * counted, counted);

        // The control: in packs of 16 chains, as registers have them, an odd number of packs would be counted too low.
        Assert.Equal((chainCount + 15) / 16 % 2 == 1, arena.AllocatedBytes > layout.TotalBytes);
    }

    /// <summary>What a block of chains needs is position, gradient and tape at the least, and not many times as much.</summary>
    private static long AssertNeed(Posterior posterior, int dimension, IlgpuEngine device)
    {
        BorrowedEngine tiny = new(device, memoryLimit: 100);
        RunOptions run = new() { ChainCount = 1, WarmupCount = 0, DrawCount = 1 };
        long needed = Assert.Throws<InsufficientEngineMemoryException>(() => Hash(posterior, run, tiny)).NeededBytes;
        int scratch = posterior.Accept(new ScratchLength());
        Assert.True(scratch >= dimension, "The values carried through the loop are kept on a tape.");
        long least = (long)device.ChainBlock * sizeof(float) * ((2 * dimension) + scratch);
        Assert.InRange(needed, least, 5 * least);
        return needed;
    }

    private static string Hash(Posterior posterior, RunOptions run, Engine engine) =>
        DrawBits.Hash(new HamiltonianMonteCarloSampler(new HamiltonianMonteCarloOptions { MaximumLeapfrogCount = 4 })
            .Sample<float>(posterior, run, engine, cancellationToken: TestContext.Current.CancellationToken).Draws);

    private sealed class ScratchLength : IPosteriorVisitor<int>
    {
        public int Visit<TModel>(Posterior<TModel> posterior)
            where TModel : struct, IModel => posterior.Model.ScratchLength;
    }
}
