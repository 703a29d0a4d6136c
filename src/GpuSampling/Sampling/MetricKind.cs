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
}
