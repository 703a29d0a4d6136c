namespace GpuSampling.Sampling;

/// <summary>The geometry in which a sampler moves, and what it is learnt from. All chains share it.</summary>
public enum MetricKind
{
    /// <summary>A scale for each parameter: the standard deviations of the draws of all chains.</summary>
    Diagonal = 0,

    /// <summary>No scales: the model's own units.</summary>
    Identity = 1,

    /// <summary>The whole covariance of the draws of all chains: for strongly correlated parameters, up to some hundreds.</summary>
    Dense = 2,

    /// <summary>
    /// A scale for each parameter, from the standard deviations of draws and of gradients: few chains learn it sooner. For samplers
    /// that take gradients.
    /// </summary>
    Fisher = 3,

    /// <summary>Standard deviations, and the eight directions in which the draws' correlations stretch the most or least: for hundreds of correlated parameters.</summary>
    LowRank = 4,

    /// <summary>
    /// Dense where the run can learn it and it costs little: up to 32 unconstrained parameters, with at least a hundred transitions of
    /// warm-up, over all chains, for each of them; diagonal otherwise.
    /// </summary>
    Automatic = 5,
}
