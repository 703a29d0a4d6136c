using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;

namespace GpuSampling.Kernels.Metrics;

/// <summary>
/// The geometry in which a sampler moves: a linear map L from whitened space, where the posterior is roughly standard normal, to
/// the model's. With mass matrix M = (L Lᵀ)⁻¹ and momentum p, the whitened momentum r = Lᵀp is standard normal and the kinetic
/// energy ½‖r‖²: Neal, MCMC using Hamiltonian dynamics (2011), section 5.4.2.4.
/// </summary>
/// <remarks>The settings of a launch hold ε·L from their first real on, in the form that the metric says.</remarks>
public interface IMetric
{
    /// <summary>Reals of settings.</summary>
    /// <param name="dimension">The number of unconstrained parameters.</param>
    int SettingLength(int dimension);

    /// <summary>r ← r + factor·ε Lᵀg.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <typeparam name="TVector">The accessor of chain vectors.</typeparam>
    /// <typeparam name="TData">The accessor of shared tables.</typeparam>
    /// <param name="momentum">r.</param>
    /// <param name="gradient">g.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="dimension">The number of unconstrained parameters.</param>
    /// <param name="factor">½ or 1.</param>
    void Kick<T, TVector, TData>(TVector momentum, TVector gradient, TData settings, int dimension, T factor)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>;

    /// <summary>q ← q + ε L r.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <typeparam name="TVector">The accessor of chain vectors.</typeparam>
    /// <typeparam name="TData">The accessor of shared tables.</typeparam>
    /// <param name="position">q.</param>
    /// <param name="momentum">r.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="dimension">The number of unconstrained parameters.</param>
    void Drift<T, TVector, TData>(TVector position, TVector momentum, TData settings, int dimension)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>;

    /// <summary>A whole kick and the drift after it.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <typeparam name="TVector">The accessor of chain vectors.</typeparam>
    /// <typeparam name="TData">The accessor of shared tables.</typeparam>
    /// <param name="position">q.</param>
    /// <param name="momentum">r.</param>
    /// <param name="gradient">g.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="dimension">The number of unconstrained parameters.</param>
    void KickAndDrift<T, TVector, TData>(TVector position, TVector momentum, TVector gradient, TData settings, int dimension)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>;
}
