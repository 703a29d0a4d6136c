using GpuSampling.Numerics;

namespace GpuSampling.Sampling;

/// <summary>How samplers that learn one trajectory length from all chains propose and adapt. Immutable; every value is checked when set.</summary>
public abstract record CrossChainTrajectoryOptions : AdaptiveOptions
{
    private readonly double? trajectoryLength;
    private readonly int maximumLeapfrogCount = 1000;
    private readonly double divergenceThreshold = 1000;

    private protected CrossChainTrajectoryOptions(double targetAcceptance)
        : base(targetAcceptance)
    {
    }

    /// <summary>
    /// The longest trajectory, step size times number of steps, in units in which every parameter has standard deviation 1; each
    /// transition takes a share of it. A finite number above 0; null, the default: it is adapted, which takes at least two chains.
    /// </summary>
    public double? TrajectoryLength
    {
        get => trajectoryLength;
        init => trajectoryLength = Allowed.PositiveOrNull(value);
    }

    /// <summary>The most leapfrog steps of a trajectory, 1 to 2²⁰. Default 1000.</summary>
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

/// <summary>How ChEES-HMC proposes and adapts.</summary>
public sealed record CheesOptions : CrossChainTrajectoryOptions
{
    /// <summary>The defaults: a target acceptance of 0.651 in the harmonic mean over chains, the best of static trajectories for many parameters (Beskos et al., 2013).</summary>
    public CheesOptions()
        : base(0.651)
    {
    }
}

/// <summary>How SNAPER-HMC proposes and adapts.</summary>
public sealed record SnaperOptions : CrossChainTrajectoryOptions
{
    /// <summary>The defaults: a target acceptance of 0.7, in the harmonic mean over chains; the arithmetic one is higher.</summary>
    public SnaperOptions()
        : base(0.7)
    {
    }
}
