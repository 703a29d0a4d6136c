using GpuSampling.Adaptation;
using GpuSampling.Kernels.Transitions;

namespace GpuSampling.Sampling;

/// <summary>How the Metropolis-adjusted Langevin algorithm proposes and adapts.</summary>
public sealed record LangevinOptions : AdaptiveOptions
{
    /// <summary>The defaults: a target acceptance of 0.574, the best for many parameters: Roberts and Rosenthal (1998), theorem 2.</summary>
    public LangevinOptions()
        : base(0.574)
    {
    }
}

/// <summary>How the Barker proposal is made and adapted.</summary>
public sealed record BarkerOptions : AdaptiveOptions
{
    /// <summary>The defaults: a target acceptance of 0.4, as its authors advise: Livingstone and Zanella (2022), section 6.</summary>
    public BarkerOptions()
        : base(0.4)
    {
    }
}

/// <summary>
/// The Metropolis-adjusted Langevin algorithm (MALA): one leapfrog step a transition, which is the step of Langevin diffusion.
/// </summary>
/// <remarks>
/// Besag (1994); Roberts and Tweedie, Exponential convergence of Langevin distributions and their discrete approximations, Bernoulli
/// 2 (1996), section 1.4.1. That one leapfrog step is the same proposal and acceptance: Neal (2011), section 5.5.2.
/// </remarks>
public sealed class LangevinSampler : AdaptiveSampler
{
    /// <summary>Makes a sampler.</summary>
    /// <param name="options">How it proposes and adapts; null: the defaults.</param>
    public LangevinSampler(LangevinOptions? options = null)
        : base(options ??= new LangevinOptions()) => Options = options;

    /// <summary>How it proposes and adapts.</summary>
    public LangevinOptions Options { get; }

    /// <inheritdoc/>
    public override string Name => "mala";

    internal override ChainStarts DefaultStarts => new PathfinderStarts { IsOptional = true };

    private protected override AdaptiveProgram Prepare<TModel, TMetric>(ChainSetting<TModel> setting, TMetric kernelMetric) =>
        new Program(
            setting.Chains(new HamiltonianMonteCarlo<TMetric> { Metric = kernelMetric, DivergenceThreshold = double.MaxValue }),
            Options,
            setting.Metric);

    private sealed class Program(Chains chains, LangevinOptions options, AdaptedMetric metric) : AdaptiveProgram(chains, options, metric)
    {
        protected override bool WaitsForStragglers => true;

        protected override double TrialAcceptance => options.TargetAcceptance;

        protected override void WriteTrialSettings() => Chains.SettingIntegers[0] = 1;

        protected override void WriteTransitionSettings(int firstTransition, int count) => Chains.SettingIntegers.AsSpan(0, count).Fill(1);
    }
}

/// <summary>The Barker proposal: as robust to a badly chosen step size as a random walk, nearly as fast as MALA.</summary>
/// <remarks>Livingstone and Zanella, The Barker proposal, JRSS B 84 (2022).</remarks>
public sealed class BarkerSampler : AdaptiveSampler
{
    /// <summary>Makes a sampler.</summary>
    /// <param name="options">How it proposes and adapts; null: the defaults.</param>
    public BarkerSampler(BarkerOptions? options = null)
        : base(options ??= new BarkerOptions()) => Options = options;

    /// <summary>How it proposes and adapts.</summary>
    public BarkerOptions Options { get; }

    /// <inheritdoc/>
    public override string Name => "barker";

    internal override ChainStarts DefaultStarts => new PathfinderStarts { IsOptional = true };

    private protected override AdaptiveProgram Prepare<TModel, TMetric>(ChainSetting<TModel> setting, TMetric kernelMetric) =>
        new Program(setting.Chains(new Barker<TMetric> { Metric = kernelMetric }), Options, setting.Metric);

    private sealed class Program(Chains chains, BarkerOptions options, AdaptedMetric metric) : AdaptiveProgram(chains, options, metric)
    {
        protected override double TrialAcceptance => options.TargetAcceptance;

        protected override void WriteTrialSettings()
        {
        }

        protected override void WriteTransitionSettings(int firstTransition, int count)
        {
        }
    }
}
