using GpuSampling.Engines;
using GpuSampling.Models;
using GpuSampling.Sampling;
using GpuSampling.TestSupport.EngineSuite;

namespace GpuSampling.Models.Tests.Sampling;

/// <summary>Runs of every sampler that are stopped and go on with other registers, against the same runs in one go.</summary>
public sealed class CheckpointOfEverySamplerTests
{
    public static TheoryData<string> Samplers => [.. SuiteSamplers.Names];

    public static TheoryData<string> Starts => [.. SuiteStarts.Names];

    [Theory]
    [MemberData(nameof(Samplers))]
    public void A_stopped_run_goes_on_with_the_same_draws(string name) => GoesOn(name, new UniformStarts());

    [Theory]
    [MemberData(nameof(Starts))]
    public void So_it_does_from_every_kind_of_start(string name) => GoesOn("nuts", SuiteStarts.Find(name));

    private static void GoesOn(string name, ChainStarts starts)
    {
        string folder = Directory.CreateTempSubdirectory("gpusampling-").FullName;
        try
        {
            RunOptions run = new() { ChainCount = 48, WarmupCount = 30, DrawCount = 12, Thinning = 2, Seed = 12, Starts = starts };
            KeptDraws<float> expected = new(), resumed = new();
            SamplingResult whole = Sample(run, expected, VectorWidth.Widest);
            RunOptions checkpointed = run with { Checkpoint = new CheckpointOptions(folder) };
            SamplingResult stopped = Sample(checkpointed, new KeptDraws<float>(), VectorWidth.Widest, stopAfter: 9);
            Assert.False(stopped.IsComplete);
            SamplingResult result = Sample(checkpointed, resumed, VectorWidth.Bits128);
            Assert.InRange(result.ResumedDrawCount, 1, 11);
            for (int output = 0; output < expected.Labels.Count; output++)
            {
                Assert.Equal(expected.Output(output).ToArray(), resumed.Output(output).ToArray());
            }

            Assert.Equal((whole.GradientCount, whole.DivergenceCount), (result.GradientCount, result.DivergenceCount));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        SamplingResult Sample(RunOptions run, KeptDraws<float> draws, VectorWidth width, int stopAfter = int.MaxValue)
        {
            using SimdEngine engine = new(width, 1);
            using CancellationTokenSource source = new();
            Stopper stopper = new(source, stopAfter);
            return SuiteSamplers.Find(name).Sample(EightSchools.Posterior(), run, engine, draws, stopper, source.Token);
        }
    }

    private sealed class Stopper(CancellationTokenSource source, int stopAfter) : IProgress<RunProgress>
    {
        public void Report(RunProgress value)
        {
            if (!value.IsWarmup && value.Completed >= stopAfter)
            {
                source.Cancel();
            }
        }
    }
}
