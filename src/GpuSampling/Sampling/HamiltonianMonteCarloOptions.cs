using System.Collections.Immutable;

namespace GpuSampling.Sampling;

/// <summary>How Hamiltonian Monte Carlo proposes and adapts. Immutable; every value is checked when set.</summary>
/// <remarks>
/// Step size and scales are adapted over all chains of a run together, so that draws depend on the set of chains. With both
/// <see cref="StepSize"/> and <see cref="Scales"/> given nothing is pooled, and chain c has the same draws in every run that
/// contains it: give shards of a run what an earlier run adapted.
/// </remarks>
public sealed record HamiltonianMonteCarloOptions
{
    private readonly double targetAcceptance = 0.8;
    private readonly double pathLength = 2.0;
    private readonly double pathJitter = 0.5;
    private readonly int maximumLeapfrogCount = 1024;
    private readonly double initialRadius = 2.0;
    private readonly double divergenceThreshold = 1000;
    private readonly double? stepSize;
    private readonly ImmutableArray<double> scales = [];

    /// <summary>
    /// The step size ε, in units of the scales: a finite number above 0. Null, the default: it is found and adapted in the warm-up.
    /// </summary>
    public double? StepSize
    {
        get => stepSize;
        init => stepSize = value is null || (value > 0 && double.IsFinite(value.Value))
            ? value
            : throw new ArgumentOutOfRangeException(nameof(StepSize), value, "Allowed: finite numbers above 0, and null.");
    }

    /// <summary>
    /// The scale of each unconstrained parameter, as many as the model has, finite and above 0. Empty, the default: they begin at
    /// 1 and are adapted in the warm-up. Without a warm-up they stay 1.
    /// </summary>
    public ImmutableArray<double> Scales
    {
        get => scales;
        init
        {
            scales = value.IsDefault ? [] : value;
            foreach (double scale in scales)
            {
                if (!(scale > 0 && double.IsFinite(scale)))
                {
                    throw new ArgumentOutOfRangeException(nameof(Scales), scale, "Allowed: finite numbers above 0, one for each parameter, or none.");
                }
            }
        }
    }

    /// <summary>The mean acceptance probability, over all chains, that the step size is adapted to; above 0, below 1. Default 0.8.</summary>
    public double TargetAcceptance
    {
        get => targetAcceptance;
        init => targetAcceptance = value is > 0 and < 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(TargetAcceptance), value, "Allowed: above 0 and below 1.");
    }

    /// <summary>
    /// The mean length of a trajectory, step size times number of steps, in units in which every parameter has standard
    /// deviation 1; a finite number above 0. Default 2: a little more than the quarter period π/2 of a standard normal.
    /// </summary>
    public double PathLength
    {
        get => pathLength;
        init => pathLength = value > 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(PathLength), value, "Allowed: finite numbers above 0.");
    }

    /// <summary>
    /// Each transition's length is drawn uniformly within ± this share of <see cref="PathLength"/>, so that no trajectory
    /// resonates with a period of the posterior; 0 to 1. Default 0.5.
    /// </summary>
    public double PathJitter
    {
        get => pathJitter;
        init => pathJitter = value is >= 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(PathJitter), value, "Allowed: 0 to 1.");
    }

    /// <summary>The most leapfrog steps of a trajectory, 1 to 2²⁰. Default 1024.</summary>
    public int MaximumLeapfrogCount
    {
        get => maximumLeapfrogCount;
        init => maximumLeapfrogCount = value is >= 1 and <= 1 << 20
            ? value
            : throw new ArgumentOutOfRangeException(nameof(MaximumLeapfrogCount), value, "Allowed: 1 to 1048576.");
    }

    /// <summary>Chains start uniformly within ± this in unconstrained space; a finite number, 0 or more. Default 2.</summary>
    public double InitialRadius
    {
        get => initialRadius;
        init => initialRadius = value >= 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(InitialRadius), value, "Allowed: finite numbers, 0 or more.");
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
