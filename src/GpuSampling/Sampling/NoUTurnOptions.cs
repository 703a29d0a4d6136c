using GpuSampling.Numerics;

namespace GpuSampling.Sampling;

/// <summary>How the No-U-Turn sampler proposes and adapts. Immutable; every value is checked when set.</summary>
public sealed record NoUTurnOptions : AdaptiveOptions
{
    private readonly int maximumTreeDepth = 10;
    private readonly double divergenceThreshold = 1000;

    /// <summary>The defaults: a target acceptance of 0.8, averaged over the points of a trajectory; one that diverges counts as 0.</summary>
    public NoUTurnOptions()
        : base(0.8)
    {
    }

    /// <summary>The most doublings of a trajectory, so that it has at most 2 to this power less 1 leapfrog steps; 1 to 20. Default 10.</summary>
    /// <remarks>Each takes memory for two vectors a chain: lower it where tens of thousands of chains must fit.</remarks>
    public int MaximumTreeDepth
    {
        get => maximumTreeDepth;
        init => maximumTreeDepth = Allowed.Between(1, 20, value);
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
