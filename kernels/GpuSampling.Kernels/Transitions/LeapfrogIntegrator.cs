using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Metrics;
using GpuSampling.Kernels.Models;

namespace GpuSampling.Kernels.Transitions;

/// <summary>
/// The leapfrog (velocity Verlet) integrator of Hamiltonian dynamics in whitened momenta.
/// Neal, MCMC using Hamiltonian dynamics (2011), eqs 2.28 to 2.30.
/// </summary>
/// <remarks>
/// With whitened momentum r (see <see cref="IMetric"/>) a step of size ε is r ← r + ½ε Lᵀ∇log π(q); q ← q + ε L r;
/// r ← r + ½ε Lᵀ∇log π(q). Only the product ε·L is needed.
/// </remarks>
public static class LeapfrogIntegrator
{
    /// <summary>Integrates over a number of steps, the two half steps of the momentum between position steps made as one.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <typeparam name="TVector">The accessor of chain vectors.</typeparam>
    /// <typeparam name="TData">The accessor of shared tables.</typeparam>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <typeparam name="TMetric">The metric.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="metric">The metric.</param>
    /// <param name="position">q: replaced by its end.</param>
    /// <param name="momentum">r, whitened: replaced by its end.</param>
    /// <param name="gradient">∇log π(q): replaced by its end.</param>
    /// <param name="scratch">The model's scratch memory.</param>
    /// <param name="data">The model's data.</param>
    /// <param name="settings">ε·L as the metric wants it.</param>
    /// <param name="stepCount">How many steps, at least 1, the same for all lanes.</param>
    /// <returns>log π at the end.</returns>
    public static T Integrate<T, TVector, TData, TModel, TMetric>(
        TModel model,
        TMetric metric,
        TVector position,
        TVector momentum,
        TVector gradient,
        TVector scratch,
        TData data,
        TData settings,
        int stepCount)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
        where TModel : struct, IModel
        where TMetric : struct, IMetric
    {
        T half = T.Constant(0.5);
        metric.Kick(momentum, gradient, settings, model.Dimension, half);
        metric.Drift<T, TVector, TData>(position, momentum, settings, model.Dimension);
        T logDensity = ModelGradient.LogDensityGradient<T, TVector, TData, TModel>(model, position, gradient, scratch, data);
        for (int step = 1; step < stepCount; step++)
        {
            metric.KickAndDrift<T, TVector, TData>(position, momentum, gradient, settings, model.Dimension);
            logDensity = ModelGradient.LogDensityGradient<T, TVector, TData, TModel>(model, position, gradient, scratch, data);
        }

        metric.Kick(momentum, gradient, settings, model.Dimension, half);
        return logDensity;
    }
}
