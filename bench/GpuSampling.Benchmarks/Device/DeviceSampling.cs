#if ILGPU
using System.Diagnostics;
using GpuSampling.Benchmarks.Sampling;
using GpuSampling.Ilgpu;
using GpuSampling.Modeling;
using GpuSampling.Models;
using GpuSampling.Sampling;

namespace GpuSampling.Benchmarks.Device;

/// <summary>
/// The samplers' rates on a device, row by row with the settings of <c>device_peers.py</c>: fixed step sizes and path lengths,
/// nothing adapted, float32, medians of five runs after one that compiles. Every draw is read back to the host, which the
/// peers' figures leave out.
/// </summary>
internal sealed class DeviceSampling
{
    private const int LeapfrogCount = 8;
    private readonly IlgpuEngine engine;
    private readonly bool isSimulated;

    private DeviceSampling(IlgpuEngine engine, bool isSimulated)
    {
        this.engine = engine;
        this.isSimulated = isSimulated;
    }

    /// <summary>Prints the tables.</summary>
    /// <param name="engine">The device.</param>
    /// <param name="isSimulated">Whether it is a debugger, for which everything is made tiny.</param>
    public static void Run(IlgpuEngine engine, bool isSimulated)
    {
        var rows = new DeviceSampling(engine, isSimulated);
        rows.TimeFirstResult();
        rows.TimeEightSchools();
        rows.TimeLaunches();
        rows.TimeLogisticRegression();
        rows.TimeNoUTurn();
        rows.TimeStretch();
        rows.TimeTallRegression();
    }

    private int[] Chains(params int[] counts) => isSimulated ? [8] : counts;

    private int Draws(int count) => isSimulated ? 3 : count;

    private static HamiltonianMonteCarloSampler FixedPath(double stepSize, int leapfrogCount) => new(new HamiltonianMonteCarloOptions
    {
        StepSize = stepSize,
        PathLength = stepSize * leapfrogCount,
        PathJitter = 0,
    });

    /// <summary>From the first call to 1,000 draws on the host: kernels are compiled on the way.</summary>
    private void TimeFirstResult()
    {
        RunOptions run = new() { ChainCount = isSimulated ? 8 : 1000, WarmupCount = 0, DrawCount = 1, Seed = 3 };
        long began = Stopwatch.GetTimestamp();
        new NoUTurnSampler(new NoUTurnOptions { StepSize = 0.3 }).Sample<float>(EightSchools.Posterior(), run, engine);
        Console.WriteLine(FormattableString.Invariant(
            $"NUTS on eight schools, first {run.ChainCount} draws with compilation: {Stopwatch.GetElapsedTime(began).TotalSeconds:F2} s"));
        Console.WriteLine();
    }

    private void TimeEightSchools()
    {
        Head("HMC eight schools, step size 0.3, 8 leapfrogs");
        foreach (int chains in Chains(1, 64, 1024, 16384, 65536))
        {
            Row(string.Empty, EightSchools.Posterior(), FixedPath(0.3, LeapfrogCount), chains, Draws(200));
        }
    }

    private void TimeLaunches()
    {
        Head("Launch ladder: HMC correlated Gaussian, step size 0.1, 8 leapfrogs");
        foreach (int dimension in (int[])[2, 10, 100])
        {
            foreach (int chains in Chains(1, 1024, 65536))
            {
                Row($"{dimension} dimensions, ", TestTargets.CorrelatedGaussian(dimension), FixedPath(0.1, LeapfrogCount), chains, Draws(dimension == 100 ? 20 : 200));
            }
        }
    }

    private void TimeLogisticRegression()
    {
        Head("HMC logistic regression, 1000 x 25, step size 0.02, 8 leapfrogs");
        Posterior posterior = SyntheticLogisticRegression.Create(isSimulated ? 50 : 1000, 25);
        foreach (int chains in Chains(1024, 4096, 16384))
        {
            Row(string.Empty, posterior, FixedPath(0.02, LeapfrogCount), chains, Draws(50));
        }
    }

    private void TimeNoUTurn()
    {
        Head("NUTS, fixed step size");
        foreach (int chains in Chains(4096))
        {
            Row("eight schools, 0.3, ", EightSchools.Posterior(), new NoUTurnSampler(new NoUTurnOptions { StepSize = 0.3 }), chains, Draws(200));
            Row("funnel (10), 0.1, ", TestTargets.Funnel(), new NoUTurnSampler(new NoUTurnOptions { StepSize = 0.1 }), chains, Draws(100));
        }
    }

    private void TimeStretch()
    {
        Head("Stretch ensemble, correlated Gaussian in 10 dimensions");
        foreach (int walkers in isSimulated ? (int[])[32] : [1024, 16384, 65536])
        {
            Row(string.Empty, TestTargets.CorrelatedGaussian(10), new StretchSampler(), walkers, Draws(500));
        }
    }

    private void TimeTallRegression()
    {
        int rows = isSimulated ? 200 : 581_012, columns = isSimulated ? 5 : 55;
        Head(FormattableString.Invariant($"HMC logistic regression, {rows} x {columns}, step size 0.0005, 10 leapfrogs"));
        Posterior posterior = SyntheticLogisticRegression.Create(rows, columns);
        foreach (int chains in Chains(1, 16, 256))
        {
            Row(string.Empty, posterior, FixedPath(0.0005, 10), chains, isSimulated ? 1 : 2, repetitions: 1);
        }
    }

    private static void Head(string title)
    {
        Console.WriteLine();
        Console.WriteLine($"| {title} | transitions/s | us a transition of all chains | gradients/s |");
        Console.WriteLine("|---|---|---|---|");
    }

    private void Row(string name, Posterior posterior, Sampler sampler, int chains, int draws, int repetitions = 5)
    {
        RunOptions run = new() { ChainCount = chains, WarmupCount = 0, DrawCount = draws, Seed = 5 };
        sampler.Sample<float>(posterior, run, engine, new DrawCallback<float>(static _ => { }));
        double[] seconds = new double[repetitions];
        long gradients = 0;
        for (int i = 0; i < seconds.Length; i++)
        {
            SamplingResult result = sampler.Sample<float>(posterior, run, engine, new DrawCallback<float>(static _ => { }));
            seconds[i] = result.SamplingTime.TotalSeconds;
            gradients = result.GradientCount;
        }

        Array.Sort(seconds);
        double median = seconds[repetitions / 2];
        Console.WriteLine(FormattableString.Invariant(
            $"| {name}{chains} chains | {(double)chains * draws / median:G3} | {1e6 * median / draws:G3} | {gradients / median:G3} |"));
    }
}
#endif
