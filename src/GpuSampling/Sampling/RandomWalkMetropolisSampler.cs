using GpuSampling.Adaptation;
using GpuSampling.Kernels.Transitions;
using GpuSampling.Modeling;

namespace GpuSampling.Sampling;

/// <summary>
/// Random-walk Metropolis with scale and covariance adapted over all chains together: takes no gradient, and needs many more
/// transitions than samplers that do.
/// </summary>
/// <remarks>
/// Metropolis et al. (1953). Covariance of the draws as shape of the proposals: Haario, Saksman and Tamminen, An adaptive
/// Metropolis algorithm, Bernoulli 7 (2001), here pooled over chains and frozen after the warm-up.
/// </remarks>
public sealed class RandomWalkMetropolisSampler : AdaptiveSampler
{
    /// <summary>Makes a sampler.</summary>
    /// <param name="options">How it proposes and adapts; null: the defaults.</param>
    public RandomWalkMetropolisSampler(RandomWalkMetropolisOptions? options = null)
        : base(options ??= new RandomWalkMetropolisOptions()) => Options = options;

    /// <summary>How it proposes and adapts.</summary>
    public RandomWalkMetropolisOptions Options { get; }

    /// <inheritdoc/>
    public override string Name => "rwm";

    internal override ChainStarts DefaultStarts => new PathfinderStarts { IsOptional = true };

    internal override void Check(Posterior posterior, RunOptions run)
    {
        base.Check(posterior, run);
        if (Options.Metric == MetricKind.Fisher)
        {
            throw new ArgumentException($"The sampler {Name} takes no gradients; the metric {Options.Metric} is learnt from them.", nameof(posterior));
        }
    }

    private protected override AdaptiveProgram Prepare<TModel, TMetric>(ChainSetting<TModel> setting, TMetric kernelMetric) =>
        new Program(setting.Chains(new RandomWalkMetropolis<TMetric> { Metric = kernelMetric }), Options, setting.Metric);

    private sealed class Program(Chains chains, RandomWalkMetropolisOptions options, AdaptedMetric metric)
        : AdaptiveProgram(chains, options, metric)
    {
        // Roberts, Gelman and Gilks (1997): the best scale for a normal distribution.
        protected override double FirstStepSize => 2.38 / Math.Sqrt(Chains.Dimension);

        protected override double TrialAcceptance => options.TargetAcceptance;

        protected override void WriteTrialSettings()
        {
        }

        protected override void WriteTransitionSettings(int firstTransition, int count)
        {
        }
    }
}
