using GpuSampling.Kernels.Transitions;

namespace GpuSampling.Sampling;

/// <summary>
/// Hamiltonian Monte Carlo on thousands of chains: one step size and one metric, adapted over all chains together, and
/// trajectories of randomly varied length that all chains share.
/// </summary>
/// <remarks>
/// Duane et al. (1987); Neal (2011). Step size by dual averaging (Hoffman and Gelman, 2014) on the acceptance pooled over
/// chains. With <see cref="HamiltonianMonteCarloOptions.PathJitter"/> 0 it is static Hamiltonian Monte Carlo.
/// </remarks>
public sealed class HamiltonianMonteCarloSampler : AdaptiveSampler
{
    /// <summary>Makes a sampler.</summary>
    /// <param name="options">How it proposes and adapts; null: the defaults.</param>
    public HamiltonianMonteCarloSampler(HamiltonianMonteCarloOptions? options = null)
        : base(options ??= new HamiltonianMonteCarloOptions()) => Options = options;

    /// <summary>How it proposes and adapts.</summary>
    public HamiltonianMonteCarloOptions Options { get; }

    /// <inheritdoc/>
    public override string Name => "hmc";

    internal override bool RenewsEnergies => true;

    private protected override AdaptiveProgram Prepare<TModel, TMetric>(ChainSetting<TModel> setting, TMetric kernelMetric) =>
        new HamiltonianMonteCarloProgram(
            setting.Chains(new HamiltonianMonteCarlo<TMetric> { Metric = kernelMetric, DivergenceThreshold = Options.DivergenceThreshold }),
            Options,
            setting.Metric);
}
