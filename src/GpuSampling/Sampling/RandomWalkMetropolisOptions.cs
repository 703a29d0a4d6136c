namespace GpuSampling.Sampling;

/// <summary>How random-walk Metropolis proposes and adapts. Immutable; every value is checked when set.</summary>
/// <remarks>
/// The step size is that of a proposal in units of the metric, adapted to an acceptance of 0.234, the best for many parameters:
/// Roberts, Gelman and Gilks, Weak convergence and optimal scaling of random walk Metropolis algorithms (1997), corollary 1.2. (For
/// one parameter 0.44 is better.) The metric is dense unless another is asked for.
/// </remarks>
public sealed record RandomWalkMetropolisOptions : AdaptiveOptions
{
    /// <summary>The defaults: a target acceptance of 0.234 and a dense metric.</summary>
    public RandomWalkMetropolisOptions()
        : base(0.234, MetricKind.Dense)
    {
    }
}
