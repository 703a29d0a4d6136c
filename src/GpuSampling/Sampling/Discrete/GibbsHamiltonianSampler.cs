using GpuSampling.Adaptation;
using GpuSampling.Engines;
using GpuSampling.Kernels.Discrete;
using GpuSampling.Kernels.Metrics;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Transitions;
using GpuSampling.Modeling;

namespace GpuSampling.Sampling;

/// <summary>
/// Gibbs updates of a model's discrete parameters, each followed by a trajectory of Hamiltonian Monte Carlo of the continuous ones.
/// </summary>
/// <typeparam name="TMixed">The model, which knows how to update its discrete parameters.</typeparam>
/// <remarks>Step size, scales and trajectory lengths as <see cref="HamiltonianMonteCarloSampler"/> has them, with a diagonal metric.</remarks>
public sealed class GibbsHamiltonianSampler<TMixed> : Sampler
    where TMixed : struct, IMixedModel
{
    /// <summary>Makes a sampler.</summary>
    /// <param name="options">How trajectories are proposed and adapted; null: the defaults.</param>
    /// <exception cref="ArgumentException">Another metric than a diagonal or the identity is asked for.</exception>
    public GibbsHamiltonianSampler(HamiltonianMonteCarloOptions? options = null)
    {
        Options = options ?? new HamiltonianMonteCarloOptions();
        if (Options.Metric == MetricKind.Automatic)
        {
            Options = Options with { Metric = MetricKind.Diagonal };
        }

        if (Options.Metric is not (MetricKind.Automatic or MetricKind.Diagonal or MetricKind.Identity))
        {
            throw new ArgumentException($"{nameof(Options.Metric)} is {Options.Metric}; allowed are {MetricKind.Automatic}, {MetricKind.Diagonal} and {MetricKind.Identity}.", nameof(options));
        }
    }

    /// <summary>How trajectories are proposed and adapted.</summary>
    public HamiltonianMonteCarloOptions Options { get; }

    /// <inheritdoc/>
    public override string Name => "gibbs-hmc";

    internal override bool KeepsExactDensity => false;

    internal override bool RenewsEnergies => true;

    internal override void Check(Posterior posterior, RunOptions run)
    {
        Options.CheckScales(posterior);
        if (posterior is not Posterior<TMixed> mixed)
        {
            throw new ArgumentException($"The posterior {posterior.Name} is not one of the model {typeof(TMixed).Name}, whose discrete parameters the sampler updates.", nameof(posterior));
        }

        if (mixed.Model.DiscreteCount < 1 || mixed.Model.DiscreteCount >= posterior.Dimension)
        {
            throw new ArgumentException(
                $"The model {posterior.Name} has {mixed.Model.DiscreteCount} discrete parameters of {posterior.Dimension}; allowed are 1 to {posterior.Dimension - 1}.", nameof(posterior));
        }
    }

    internal override SamplerProgram Prepare<TModel>(Posterior<TModel> posterior, RunOptions run, Engine engine, Precision precision)
    {
        TMixed mixed = ((Posterior<TMixed>)(Posterior)posterior).Model;
        ContinuousScales metric = new(Metrics.Adapted(Options, posterior.Dimension, run), posterior.Dimension - mixed.DiscreteCount);
        GibbsWithinHamiltonian<TMixed> transition = new()
        {
            Mixed = mixed,
            Trajectory = new HamiltonianMonteCarlo<DiagonalMetric> { DivergenceThreshold = Options.DivergenceThreshold },
        };
        return new HamiltonianMonteCarloProgram(
            new Chains<TModel, GibbsWithinHamiltonian<TMixed>>(posterior, run, engine, precision, transition, metric.SettingLength), Options, metric);
    }
}
