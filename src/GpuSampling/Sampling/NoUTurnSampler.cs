using System.Collections.Immutable;
using GpuSampling.Adaptation;
using GpuSampling.Engines;
using GpuSampling.Kernels.Metrics;
using GpuSampling.Kernels.Transitions;
using GpuSampling.Modeling;

namespace GpuSampling.Sampling;

/// <summary>
/// The No-U-Turn sampler: every trajectory goes on until it turns back. The robust choice for few chains; among many, lanes and
/// threads that are done wait for the longest trajectory.
/// </summary>
/// <remarks>
/// Hoffman and Gelman (2014) with the multinomial choice of Betancourt (2017). A draw's own statistics are <c>tree_depth</c>, the
/// number of completed doublings, and <c>n_steps</c>, the number of leapfrog steps. Step size and metric are adapted over all
/// chains, in windows of doubling length as Stan's: with few chains the later, longer ones decide.
/// </remarks>
public sealed class NoUTurnSampler : Sampler
{
    /// <summary>Makes a sampler.</summary>
    /// <param name="options">How it proposes and adapts; null: the defaults.</param>
    public NoUTurnSampler(NoUTurnOptions? options = null) => Options = options ?? new NoUTurnOptions();

    /// <summary>How it proposes and adapts.</summary>
    public NoUTurnOptions Options { get; }

    /// <inheritdoc/>
    public override string Name => "nuts";

    internal override bool RenewsEnergies => true;

    internal override int TreeDepthLimit => Options.MaximumTreeDepth;

    internal override ImmutableArray<string> StatisticLabels => ["tree_depth", "n_steps"];

    internal override void Check(Posterior posterior, RunOptions run) => Options.CheckScales(posterior);

    internal override SamplerProgram Prepare<TModel>(Posterior<TModel> posterior, RunOptions run, Engine engine, Precision precision)
    {
        AdaptedMetric metric = Metrics.Adapted(Options, posterior.Dimension, run);
        return metric switch
        {
            AdaptedCovariance => With(default(DenseMetric)),
            AdaptedLowRank lowRank => With(new LowRankMetric { Rank = lowRank.Rank }),
            _ => With(default(DiagonalMetric)),
        };

        Program With<TMetric>(TMetric kernelMetric)
            where TMetric : struct, IMetric => new(
                new Chains<TModel, NoUTurn<TMetric>>(
                    posterior,
                    run,
                    engine,
                    precision,
                    new NoUTurn<TMetric>
                    {
                        Metric = kernelMetric,
                        MaximumDepth = Options.MaximumTreeDepth,
                        DivergenceThreshold = Options.DivergenceThreshold,
                    },
                    metric.SettingLength),
                Options,
                metric);
    }

    private sealed class Program(Chains chains, NoUTurnOptions options, AdaptedMetric metric) : AdaptiveProgram(chains, options, metric)
    {
        protected override bool WaitsForStragglers => true;

        protected override void WriteTrialSettings() => Chains.SettingIntegers[0] = 1;

        protected override void WriteTransitionSettings(int firstTransition, int count) =>
            Chains.SettingIntegers[0] = options.MaximumTreeDepth;
    }
}
