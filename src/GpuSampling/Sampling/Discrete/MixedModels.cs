using GpuSampling.Kernels.Models;
using GpuSampling.Modeling;

namespace GpuSampling.Sampling;

/// <summary>What is to be known of posteriors whose model may have discrete parameters, where only the posterior knows the model's type.</summary>
public static class MixedModels
{
    /// <summary>Whether a posterior's model has discrete parameters: it implements <see cref="IMixedModel"/>.</summary>
    /// <param name="posterior">The posterior.</param>
    public static bool HasDiscreteParameters(Posterior posterior)
    {
        ArgumentNullException.ThrowIfNull(posterior);
        return posterior.Accept(new Inquiry());
    }

    /// <summary>The sampler <see cref="GibbsHamiltonianSampler{TMixed}"/> for a posterior's model.</summary>
    /// <param name="posterior">Of a model with discrete parameters.</param>
    /// <param name="options">How trajectories are proposed and adapted; null: the defaults.</param>
    /// <exception cref="ArgumentException">The model has none, or another metric than a diagonal or the identity is asked for.</exception>
    public static Sampler SamplerFor(Posterior posterior, HamiltonianMonteCarloOptions? options = null)
    {
        options ??= new HamiltonianMonteCarloOptions();
        if (!HasDiscreteParameters(posterior))
        {
            throw new ArgumentException($"The model {posterior.Name} has no discrete parameters; sampler gibbs-hmc is for models with them.", nameof(posterior));
        }

        return options.Metric is MetricKind.Automatic or MetricKind.Diagonal or MetricKind.Identity
            ? posterior.Accept(new Maker(options))
            : throw new ArgumentException($"{nameof(options.Metric)} is {options.Metric}; allowed are {MetricKind.Automatic}, {MetricKind.Diagonal} and {MetricKind.Identity}.", nameof(options));
    }

    private sealed class Inquiry : IPosteriorVisitor<bool>
    {
        public bool Visit<TModel>(Posterior<TModel> posterior)
            where TModel : struct, IModel => typeof(TModel).IsAssignableTo(typeof(IMixedModel));
    }

    private sealed class Maker(HamiltonianMonteCarloOptions options) : IPosteriorVisitor<Sampler>
    {
        // The constraint on the sampler's type parameter was checked above; the compiler cannot know.
        public Sampler Visit<TModel>(Posterior<TModel> posterior)
            where TModel : struct, IModel =>
            (Sampler)Activator.CreateInstance(typeof(GibbsHamiltonianSampler<>).MakeGenericType(typeof(TModel)), options)!;
    }
}
