using System.Collections.Immutable;
using GpuSampling.Adaptation;
using GpuSampling.Kernels.Transitions;

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
public sealed class NoUTurnSampler : AdaptiveSampler
{
    /// <summary>Makes a sampler.</summary>
    /// <param name="options">How it proposes and adapts; null: the defaults.</param>
    public NoUTurnSampler(NoUTurnOptions? options = null)
        : base(options ??= new NoUTurnOptions()) => Options = options;

    /// <summary>How it proposes and adapts.</summary>
    public NoUTurnOptions Options { get; }

    /// <inheritdoc/>
    public override string Name => "nuts";

    internal override bool RenewsEnergies => true;

    internal override int TreeDepthLimit => Options.MaximumTreeDepth;

    internal override ImmutableArray<string> StatisticLabels => ["tree_depth", "n_steps"];

    private protected override AdaptiveProgram Prepare<TModel, TMetric>(ChainSetting<TModel> setting, TMetric kernelMetric) =>
        new Program(
            setting.Chains(new NoUTurn<TMetric>
            {
                Metric = kernelMetric,
                MaximumDepth = Options.MaximumTreeDepth,
                DivergenceThreshold = Options.DivergenceThreshold,
            }),
            Options,
            setting.Metric);

    private sealed class Program(Chains chains, NoUTurnOptions options, AdaptedMetric metric) : AdaptiveProgram(chains, options, metric)
    {
        // Many chains tell the posterior's extents before any has crossed it: 7 steps are enough to arrive, where whole trees may have 1023.
        private const int ArrivalTreeDepth = 3;

        protected override bool WaitsForStragglers => true;

        protected override bool SuitsTails => HasManyChains;

        protected override void WriteTrialSettings() => Chains.SettingIntegers[0] = 1;

        protected override void WriteTransitionSettings(int firstTransition, int count) =>
            Chains.SettingIntegers[0] = AwaitsMetric && HasManyChains
                ? Math.Min(options.MaximumTreeDepth, ArrivalTreeDepth)
                : options.MaximumTreeDepth;
    }
}
