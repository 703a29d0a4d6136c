using System.Globalization;
using GpuSampling.Adaptation;
using GpuSampling.Engines;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Transitions;
using GpuSampling.Modeling;

namespace GpuSampling.Sampling;

/// <summary>The chains of a run of Hamiltonian Monte Carlo on their engine, and what can be done with them.</summary>
internal sealed class HamiltonianMonteCarloChains<TModel> : IDisposable
    where TModel : struct, IModel
{
    private const int AttemptLimit = 100;
    private const long OutputBytesPerLaunch = 64L << 20;

    // Launches that only try step sizes read random numbers from steps that no transition reaches.
    private const uint FirstTrialStep = 0x80000000;

    private readonly HamiltonianMonteCarloOptions options;
    private readonly RunOptions run;
    private readonly Posterior<TModel> posterior;
    private readonly HamiltonianMonteCarloLayout rows;
    private readonly TrajectoryLengths trajectoryLengths;
    private readonly double[] scales;
    private readonly double[] stepSizes;
    private readonly int[] leapfrogCounts = new int[LaunchLength.Most];
    private readonly double[] chainValues;
    private readonly double[] chainSquares;
    private readonly double[] chainScratch;
    private uint trialStep = FirstTrialStep;

    public HamiltonianMonteCarloChains(
        HamiltonianMonteCarloOptions options, RunOptions run, Posterior<TModel> posterior, Engine engine, Precision precision)
    {
        this.options = options;
        this.run = run;
        this.posterior = posterior;
        TModel model = posterior.Model;
        rows = new HamiltonianMonteCarloLayout(model.Dimension);
        RowsPerDraw = HamiltonianMonteCarloLayout.DrawOutputs + model.OutputCount;
        ChainArenaLayout layout = new()
        {
            Precision = precision,
            FirstChain = run.FirstChain,
            ChainCount = run.ChainCount,
            StateLength = rows.StateLength(model.ScratchLength),
            OutputLength = RowsPerDraw,
            DataReals = posterior.Data.Reals,
            DataIntegers = posterior.Data.Integers,
            SettingRealCount = model.Dimension,
            SettingIntegerCount = LaunchLength.Most,
        };
        DrawsPerLaunch = DrawCapacity(layout, engine.MemoryBudget);
        Batches = new ChainBatches(engine, layout with { OutputLength = RowsPerDraw * DrawsPerLaunch }, rows.KeptLength);
        trajectoryLengths = new TrajectoryLengths(options, run.Seed);
        scales = options.Scales.IsEmpty ? [.. Enumerable.Repeat(1.0, model.Dimension)] : [.. options.Scales];
        stepSizes = new double[model.Dimension];
        chainValues = new double[run.ChainCount];
        chainSquares = new double[run.ChainCount];
        chainScratch = new double[run.ChainCount];
    }

    /// <summary>The chains on the engine.</summary>
    public ChainBatches Batches { get; }

    /// <summary>Rows of outputs of a draw.</summary>
    public int RowsPerDraw { get; }

    /// <summary>Draws that the outputs of a launch have room for.</summary>
    public int DrawsPerLaunch { get; }

    /// <summary>Gradient evaluations so far, over all chains; one for each chain's start, however often it was drawn.</summary>
    public long GradientCount { get; private set; }

    /// <summary>The scale of each unconstrained parameter.</summary>
    public ReadOnlySpan<double> Scales => scales;

    /// <inheritdoc/>
    public void Dispose() => Batches.Dispose();

    /// <summary>Draws every chain's start.</summary>
    /// <exception cref="InitializationException">A chain found no start with a finite density.</exception>
    public void Initialize(CancellationToken cancellationToken)
    {
        UniformInitialization<TModel> kernel = new()
        {
            Model = posterior.Model,
            Key = new StreamKey(run.Seed),
            Radius = options.InitialRadius,
            AttemptLimit = AttemptLimit,
        };
        for (int batch = 0; batch < Batches.BatchCount; batch++)
        {
            Batches.Load(batch).Launch(kernel, cancellationToken);
        }

        GradientCount += run.ChainCount;
        Batches.ReadRow(HamiltonianMonteCarloLayout.LogDensity, chainValues);
        int failed = Array.FindIndex(chainValues, value => !double.IsFinite(value));
        if (failed >= 0)
        {
            throw new InitializationException(DescribeFailure(failed));
        }
    }

    /// <summary>One transition of all chains.</summary>
    /// <param name="transition">Its number, from the beginning of the run.</param>
    /// <param name="stepSize">ε.</param>
    /// <param name="momentCount">The positions in the running moments with this transition's; 0 leaves the moments alone.</param>
    /// <returns>The mean acceptance probability over all chains.</returns>
    public double Transition(int transition, double stepSize, int momentCount)
    {
        int leapfrogCount = trajectoryLengths.LeapfrogCount((uint)transition, stepSize);
        return AcceptanceOf(Kernel((uint)transition, 1) with { FirstMomentCount = momentCount }, stepSize, leapfrogCount);
    }

    /// <summary>The mean acceptance probability over all chains of one leapfrog step, which moves no chain.</summary>
    /// <param name="stepSize">ε.</param>
    public double TrialAcceptance(double stepSize) => AcceptanceOf(Kernel(trialStep++, 1) with { MovesChains = 0 }, stepSize, 1);

    /// <summary>Takes the standard deviations of a window's positions, over all chains, as scales.</summary>
    /// <param name="drawsPerChain">The positions in the running moments.</param>
    public void AdaptScales(int drawsPerChain)
    {
        double draws = (double)drawsPerChain * run.ChainCount;
        for (int i = 0; i < scales.Length; i++)
        {
            Batches.ReadRow(rows.Mean + i, chainValues);
            Batches.ReadRow(rows.SquaredDeviations + i, chainSquares);
            double variance = PooledMoments.Of(chainValues, chainSquares, drawsPerChain, chainScratch).Variance;

            // Stan's shrinkage towards a small unit metric, with the draws of all chains as sample size.
            double regularized = (draws / (draws + 5) * variance) + (1e-3 * (5 / (draws + 5)));
            scales[i] = regularized > 0 && double.IsFinite(regularized) ? Math.Sqrt(regularized) : scales[i];
        }
    }

    /// <summary>A block of transitions of one batch in one launch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="firstTransition">The number of the first, from the beginning of the run.</param>
    /// <param name="count">How many, 1 to <see cref="LaunchLength.Most"/>.</param>
    /// <param name="drawInterval">Write a draw for every so many; 0 writes none.</param>
    /// <param name="stepSize">ε.</param>
    /// <returns>The number of divergent transitions.</returns>
    public long Advance(int batch, int firstTransition, int count, int drawInterval, double stepSize)
    {
        SetStepSizes(stepSize);
        for (int i = 0; i < count; i++)
        {
            leapfrogCounts[i] = trajectoryLengths.LeapfrogCount((uint)(firstTransition + i), stepSize);
            GradientCount += (long)leapfrogCounts[i] * Batches.CountOf(batch);
        }

        ChainArena arena = Batches.Load(batch);
        arena.WriteSettings(stepSizes, leapfrogCounts.AsSpan(0, count));
        arena.Launch(Kernel((uint)firstTransition, count) with { DrawInterval = drawInterval }, CancellationToken.None);
        Span<double> counts = chainValues.AsSpan(0, Batches.BatchSize);
        arena.ReadState(HamiltonianMonteCarloLayout.DivergenceCount, 1, counts);
        return (long)FixedOrderSum.Of(counts[..Batches.CountOf(batch)]);
    }

    private double AcceptanceOf(HamiltonianMonteCarlo<TModel> kernel, double stepSize, int leapfrogCount)
    {
        SetStepSizes(stepSize);
        for (int batch = 0; batch < Batches.BatchCount; batch++)
        {
            ChainArena arena = Batches.Load(batch);
            arena.WriteSettings(stepSizes, [leapfrogCount]);
            arena.Launch(kernel, CancellationToken.None);
        }

        GradientCount += (long)leapfrogCount * run.ChainCount;
        Batches.ReadRow(HamiltonianMonteCarloLayout.AcceptanceSum, chainValues);
        return FixedOrderSum.Of(chainValues) / run.ChainCount;
    }

    private HamiltonianMonteCarlo<TModel> Kernel(uint firstStep, int transitionCount) => new()
    {
        Model = posterior.Model,
        Key = new StreamKey(run.Seed),
        FirstStep = firstStep,
        TransitionCount = transitionCount,
        MovesChains = 1,
        DivergenceThreshold = options.DivergenceThreshold,
    };

    private void SetStepSizes(double stepSize)
    {
        for (int i = 0; i < scales.Length; i++)
        {
            stepSizes[i] = stepSize * scales[i];
        }
    }

    /// <summary>Draws per launch: what 64 MiB of outputs hold, or a quarter of a smaller budget; one at least.</summary>
    private int DrawCapacity(ChainArenaLayout oneDraw, long budget)
    {
        long outputBytes = oneDraw.ChainBytes - (oneDraw with { OutputLength = 0 }).ChainBytes;
        long leastState = (oneDraw with { ChainCount = 1, OutputLength = 0 }).ChainBytes;
        long allowed = Math.Min(Math.Min(OutputBytesPerLaunch, budget / 4), budget - oneDraw.SharedBytes - leastState);
        long most = Math.Max(1, Math.Min(run.DrawCount, LaunchLength.Most / run.Thinning));
        return (int)Math.Clamp(allowed / outputBytes, 1, most);
    }

    private string DescribeFailure(int failed)
    {
        int count = chainValues.Count(value => !double.IsFinite(value));
        string[] tried = new string[Math.Min(posterior.Dimension, 10)];
        for (int i = 0; i < tried.Length; i++)
        {
            Batches.ReadRow(HamiltonianMonteCarloLayout.Position + i, chainValues);
            tried[i] = chainValues[failed].ToString("G6", CultureInfo.InvariantCulture);
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"{count} of {run.ChainCount} chains found no start with a finite log density and gradient in {AttemptLimit} tries within ±{options.InitialRadius} of 0 in unconstrained space. Chain {run.FirstChain + failed} tried last ({string.Join(", ", tried)}{(posterior.Dimension > tried.Length ? ", …" : string.Empty)}).");
    }
}
