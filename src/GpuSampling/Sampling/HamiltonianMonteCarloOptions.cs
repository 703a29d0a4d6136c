using GpuSampling.Numerics;

namespace GpuSampling.Sampling;

/// <summary>How Hamiltonian Monte Carlo proposes and adapts. Immutable; every value is checked when set.</summary>
public sealed record HamiltonianMonteCarloOptions : AdaptiveOptions
{
    private readonly double pathLength = 2.0;
    private readonly double pathJitter = 0.5;
    private readonly int maximumLeapfrogCount = 1024;
    private readonly double divergenceThreshold = 1000;

    /// <summary>The defaults: a target acceptance of 0.8.</summary>
    public HamiltonianMonteCarloOptions()
        : base(0.8)
    {
    }

    /// <summary>
    /// The mean length of a trajectory, step size times number of steps, in units in which every parameter has standard
    /// deviation 1; a finite number above 0. Default 2: a little more than the quarter period π/2 of a standard normal. Until the warm-up
    /// has learnt these units, trajectories have 1 to 8 steps.
    /// </summary>
    public double PathLength
    {
        get => pathLength;
        init => pathLength = Allowed.Positive(value);
    }

    /// <summary>
    /// Each transition's length is drawn uniformly within ± this share of <see cref="PathLength"/>, so that no trajectory
    /// resonates with a period of the posterior; 0 to 1. Default 0.5.
    /// </summary>
    public double PathJitter
    {
        get => pathJitter;
        init => pathJitter = Allowed.Share(value);
    }

    /// <summary>The most leapfrog steps of a trajectory, 1 to 2²⁰. Default 1024.</summary>
    public int MaximumLeapfrogCount
    {
        get => maximumLeapfrogCount;
        init => maximumLeapfrogCount = Allowed.Between(1, 1 << 20, value);
    }

    /// <summary>An energy error above this marks a transition as divergent; above 0. Default 1000.</summary>
    public double DivergenceThreshold
    {
        get => divergenceThreshold;
        init => divergenceThreshold = value > 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(DivergenceThreshold), value, "Allowed: numbers above 0.");
    }
}
