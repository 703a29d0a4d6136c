using BenchmarkDotNet.Attributes;
using GpuSampling.Engines;
using GpuSampling.Models;
using GpuSampling.Sampling;

namespace GpuSampling.Benchmarks.Sampling;

/// <summary>Whole runs of Hamiltonian Monte Carlo on all cores, as a ladder of register widths; all draw the same bits.</summary>
[MemoryDiagnoser]
public class HamiltonianMonteCarloBenchmarks
{
    private static readonly RunOptions Options = new() { ChainCount = 1024, WarmupCount = 60, DrawCount = 40, Seed = 3 };

    private readonly HamiltonianMonteCarloSampler sampler = new();

    /// <summary>The widths that the machine has.</summary>
    public static IEnumerable<VectorWidth> Widths => VectorWidths.Present;

    /// <summary>The register width.</summary>
    [ParamsSource(nameof(Widths))]
    public VectorWidth Width { get; set; }

    /// <summary>Eight schools, 32 bits.</summary>
    [Benchmark]
    public double EightSchoolsSingle() => Run<float>();

    /// <summary>Eight schools, 64 bits.</summary>
    [Benchmark]
    public double EightSchoolsDouble() => Run<double>();

    private double Run<TElement>()
        where TElement : unmanaged
    {
        using SimdEngine engine = new(Width);
        return sampler.Sample<TElement>(EightSchools.Posterior(), Options, engine).Result.MeanAcceptance;
    }
}
