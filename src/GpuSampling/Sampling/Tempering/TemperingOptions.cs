using System.Collections.Immutable;
using GpuSampling.Kernels.Tempering;
using GpuSampling.Numerics;

namespace GpuSampling.Sampling;

/// <summary>How parallel tempering heats, moves and adapts. Immutable; every value is checked when set.</summary>
public sealed record TemperingOptions : IRunOptions
{
    /// <summary>The most levels of a ladder.</summary>
    public const int MostLevels = 64;

    private readonly int levelCount = 8;
    private readonly ImmutableArray<double> inverseTemperatures = [];
    private readonly TemperingPath? path;
    private readonly double referenceScale = 10;
    private readonly double targetAcceptance = 0.8;
    private readonly double pathLength = 2;
    private readonly double pathJitter = 0.5;
    private readonly int maximumLeapfrogCount = 256;
    private readonly double initialRadius = 2;
    private readonly double divergenceThreshold = 1000;

    /// <summary>
    /// The levels of a ladder, 2 to 64; a chain costs so many replicas. About twice the communication barrier that a run reports is
    /// best. Default 8.
    /// </summary>
    public int LevelCount
    {
        get => inverseTemperatures.IsEmpty ? levelCount : inverseTemperatures.Length;
        init => levelCount = Allowed.Between(2, MostLevels, value);
    }

    /// <summary>
    /// The ladder: 1 first, then 1 to 63 numbers that fall and are not below 0. Empty, the default: <see cref="LevelCount"/> levels
    /// from 1 to 0, adapted in the warm-up so that all exchanges are rejected equally often.
    /// </summary>
    public ImmutableArray<double> InverseTemperatures
    {
        get => inverseTemperatures;
        init
        {
            inverseTemperatures = value.IsDefault ? [] : value;
            for (int i = 0; i < inverseTemperatures.Length; i++)
            {
                if (!(i == 0 ? inverseTemperatures[0] == 1 : inverseTemperatures[i] >= 0 && inverseTemperatures[i] < inverseTemperatures[i - 1]))
                {
                    throw new ArgumentOutOfRangeException(
                        nameof(InverseTemperatures), inverseTemperatures[i], "Allowed: 1 first, then numbers that fall and are not below 0.");
                }
            }

            if (inverseTemperatures.Length is 1 or > MostLevels)
            {
                throw new ArgumentOutOfRangeException(nameof(InverseTemperatures), inverseTemperatures.Length, "Allowed: 2 to 64 numbers, or none.");
            }
        }
    }

    /// <summary>
    /// What is tempered. Null, the default: the likelihood, where the model has data, and everything, from a normal distribution on,
    /// where it has none. The prior must then be a proper distribution; where it is not, take <see cref="TemperingPath.Reference"/>.
    /// </summary>
    public TemperingPath? Path
    {
        get => path;
        init => path = value is null || Enum.IsDefined(value.Value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Path), value, "Allowed: the members of TemperingPath, and null.");
    }

    /// <summary>
    /// The standard deviation, in unconstrained space, of the normal distribution about 0 where the path from it begins: wide enough
    /// for all modes. A finite number above 0. Default 10.
    /// </summary>
    public double ReferenceScale
    {
        get => referenceScale;
        init => referenceScale = Allowed.Positive(value);
    }

    /// <summary>The mean acceptance probability of moves that each level's step size is adapted to; above 0, below 1. Default 0.8.</summary>
    public double TargetAcceptance
    {
        get => targetAcceptance;
        init => targetAcceptance = Allowed.ProperShare(value);
    }

    /// <summary>As <see cref="HamiltonianMonteCarloOptions.PathLength"/>, at the coldest level. Default 2.</summary>
    public double PathLength
    {
        get => pathLength;
        init => pathLength = Allowed.Positive(value);
    }

    /// <summary>As <see cref="HamiltonianMonteCarloOptions.PathJitter"/>. Default 0.5.</summary>
    public double PathJitter
    {
        get => pathJitter;
        init => pathJitter = Allowed.Share(value);
    }

    /// <summary>The most leapfrog steps of a trajectory, 1 to 2²⁰. Default 256.</summary>
    public int MaximumLeapfrogCount
    {
        get => maximumLeapfrogCount;
        init => maximumLeapfrogCount = Allowed.Between(1, 1 << 20, value);
    }

    /// <summary>Replicas start uniformly within ± this in unconstrained space; a finite number, 0 or more. Default 2.</summary>
    public double InitialRadius
    {
        get => initialRadius;
        init => initialRadius = Allowed.NotNegative(value);
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
