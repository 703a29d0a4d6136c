using System.Diagnostics;
using GpuSampling.Engines;
using GpuSampling.Kernels.Metrics;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Transitions;
using GpuSampling.Modeling;
using GpuSampling.Models;

namespace GpuSampling.Benchmarks.Sampling;

/// <summary>
/// Chain-gradients per second and core of the HMC kernel on logistic regression (N = 1000, D = 24), as a share of the peak of
/// fused multiply-adds measured in the same run: the best of many launches of one transition with 32 leapfrog steps.
/// </summary>
internal static class GradientSpeed
{
    private const int RowCount = 1000;
    private const int ColumnCount = 24;
    private const int LeapfrogCount = 32;
    private const int ChainCount = 16;

    public static int Run()
    {
        Posterior<LogisticRegressionModel> posterior = SyntheticLogisticRegression.Create(RowCount, ColumnCount);
        Console.WriteLine("| engine | bits | chain-gradients/s per core | GFLOP/s of the two products | FMA peak GFLOP/s | share of peak |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (Precision precision in (Precision[])[Precision.Single, Precision.Double])
        {
            foreach (VectorWidth width in VectorWidths.Present)
            {
                double peak = 0, seconds = double.PositiveInfinity;

                // Peak and kernel by turns, so that both meet the same machine.
                for (int turn = 0; turn < 5; turn++)
                {
                    peak = Math.Max(peak, FusedMultiplyAddPeak.Measure(width, precision));
                    seconds = Math.Min(seconds, SecondsPerLaunch(posterior, width, precision));
                }

                double rate = ChainCount * LeapfrogCount / seconds;
                double operations = rate * RowCount * ColumnCount * 4;
                Console.WriteLine(FormattableString.Invariant(
                    $"| {SimdEngine.NameOf(width)} | {(int)precision} | {rate:N0} | {operations / 1e9:F1} | {peak / 1e9:F1} | {operations / peak:P0} |"));
            }
        }

        return 0;
    }

    private static double SecondsPerLaunch<TModel>(Posterior<TModel> posterior, VectorWidth width, Precision precision)
        where TModel : struct, IModel
    {
        ChainRows rows = new(posterior.Dimension);
        HamiltonianMonteCarlo<DiagonalMetric> transition = new() { DivergenceThreshold = 1000 };
        int scratchRow = rows.Own + transition.OwnLength(posterior.Dimension);
        using SimdEngine engine = new(width, threadCount: 1);
        using ChainArena arena = engine.CreateArena(new ChainArenaLayout
        {
            Precision = precision,
            FirstChain = 0,
            ChainCount = ChainCount,
            StateLength = scratchRow + posterior.Model.ScratchLength,
            OutputLength = 0,
            DataReals = posterior.Data.Reals,
            DataIntegers = posterior.Data.Integers,
            SettingRealCount = posterior.Dimension,
            SettingIntegerCount = 1,
        });
        StreamKey key = new(7);
        arena.Launch(new UniformInitialization<TModel> { Model = posterior.Model, Key = key, Radius = 0.1, AttemptLimit = 100, ScratchRow = scratchRow });
        double[] steps = new double[posterior.Dimension];
        Array.Fill(steps, 0.02);
        arena.WriteSettings(steps, [LeapfrogCount]);
        TransitionBlock<TModel, HamiltonianMonteCarlo<DiagonalMetric>> kernel = new()
        {
            Model = posterior.Model,
            Transition = transition,
            Key = key,
            TransitionCount = 1,
            MovesChains = 1,
        };
        double best = double.PositiveInfinity;
        for (uint repetition = 0; repetition < 60; repetition++)
        {
            long began = Stopwatch.GetTimestamp();
            arena.Launch(kernel with { FirstStep = repetition });
            best = Math.Min(best, Stopwatch.GetElapsedTime(began).TotalSeconds);
        }

        return best;
    }
}
