using GpuSampling.Adaptation;
using GpuSampling.Engines;
using GpuSampling.Kernels.Metrics;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Transitions;
using GpuSampling.Modeling;

namespace GpuSampling.Sampling;

/// <summary>A sampler whose step size and metric are adapted over all chains together in the warm-up, and then kept.</summary>
public abstract class AdaptiveSampler : Sampler
{
    private protected AdaptiveSampler(AdaptiveOptions options) => CommonOptions = options;

    private AdaptiveOptions CommonOptions { get; }

    internal override void Check(Posterior posterior, RunOptions run) => CommonOptions.CheckScales(posterior);

    internal sealed override SamplerProgram Prepare<TModel>(Posterior<TModel> posterior, RunOptions run, Engine engine, Precision precision)
    {
        AdaptedMetric metric = Metrics.Adapted(CommonOptions, posterior.Dimension, run);
        return metric.Accept(new Preparation<TModel>(this, new ChainSetting<TModel>(posterior, run, engine, precision, metric)));
    }

    /// <summary>Makes the program with kernels of a metric.</summary>
    /// <param name="setting">What the chains are of.</param>
    /// <param name="kernelMetric">The kernels' form of the setting's metric.</param>
    private protected abstract AdaptiveProgram Prepare<TModel, TMetric>(ChainSetting<TModel> setting, TMetric kernelMetric)
        where TModel : struct, IModel
        where TMetric : struct, IMetric;

    private sealed class Preparation<TModel>(AdaptiveSampler sampler, ChainSetting<TModel> setting) : IMetricVisitor<AdaptiveProgram>
        where TModel : struct, IModel
    {
        public AdaptiveProgram Visit<TMetric>(TMetric metric)
            where TMetric : struct, IMetric => sampler.Prepare(setting, metric);
    }
}

/// <summary>What chains with a metric are made of.</summary>
/// <param name="Posterior">What to sample.</param>
/// <param name="Run">The size and seed of the run.</param>
/// <param name="Engine">Where to run it.</param>
/// <param name="Precision">The type of all reals.</param>
/// <param name="Metric">The geometry.</param>
internal sealed record ChainSetting<TModel>(Posterior<TModel> Posterior, RunOptions Run, Engine Engine, Precision Precision, AdaptedMetric Metric)
    where TModel : struct, IModel
{
    /// <summary>Allocates chains whose settings are those of the metric.</summary>
    /// <param name="transition">How they move.</param>
    public Chains<TModel, TTransition> Chains<TTransition>(TTransition transition)
        where TTransition : struct, ITransition => new(Posterior, Run, Engine, Precision, transition, Metric.SettingLength);
}
