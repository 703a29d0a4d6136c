using GpuSampling.Numerics;

namespace GpuSampling.Sampling;

/// <summary>What ensemble samplers have in common. Immutable; every value is checked when set.</summary>
/// <remarks>
/// The chains of a run are the walkers: those of one ensemble depend on one another. Walkers c·w to c·w + w − 1 are ensemble c, which has
/// the same draws in every run that contains it whole. Diagnostics that take chains for independent, such as errors from the spread of
/// chain means, want several ensembles and one mean for each.
/// </remarks>
public abstract record EnsembleOptions : IRunOptions
{
    private readonly int? walkersPerEnsemble;
    private readonly double initialRadius = 2.0;

    private protected EnsembleOptions()
    {
    }

    /// <summary>
    /// The walkers of an ensemble: an even number, at least twice as many as parameters and two more, that divides the number of chains.
    /// Null, the default: all chains are one ensemble.
    /// </summary>
    public int? WalkersPerEnsemble
    {
        get => walkersPerEnsemble;
        init => walkersPerEnsemble = value is null || (value >= 4 && value % 2 == 0)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(WalkersPerEnsemble), value, "Allowed: even numbers from 4 on, and null.");
    }

    /// <summary>Walkers start uniformly within ± this in unconstrained space; a finite number above 0. Default 2.</summary>
    public double InitialRadius
    {
        get => initialRadius;
        init => initialRadius = Allowed.Positive(value);
    }
}

/// <summary>How the stretch move proposes.</summary>
public sealed record StretchOptions : EnsembleOptions
{
    private readonly double scale = 2;

    /// <summary>a: stretches are from 1/a to a. A finite number above 1. Default 2, as Goodman and Weare have it.</summary>
    public double Scale
    {
        get => scale;
        init => scale = value > 1 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Scale), value, "Allowed: finite numbers above 1.");
    }
}

/// <summary>How the walk move proposes.</summary>
public sealed record WalkOptions : EnsembleOptions
{
    private readonly int subsetSize = 3;

    /// <summary>The walkers that a step looks at: 2 to half an ensemble. Default 3.</summary>
    public int SubsetSize
    {
        get => subsetSize;
        init => subsetSize = value >= 2
            ? value
            : throw new ArgumentOutOfRangeException(nameof(SubsetSize), value, "Allowed: 2 to half the walkers of an ensemble.");
    }
}

/// <summary>How differential evolution proposes. The two probabilities add up to 1 at most.</summary>
public sealed record DifferentialEvolutionOptions : EnsembleOptions
{
    private readonly double? scale;
    private readonly double noiseScale = 1e-5;
    private readonly double jumpProbability = 0.1;
    private readonly double snookerProbability = 0.1;

    /// <summary>γ: a finite number above 0. Null, the default: 2.38/√(2d) for d parameters.</summary>
    public double? Scale
    {
        get => scale;
        init => scale = Allowed.PositiveOrNull(value);
    }

    /// <summary>The standard deviation of the small normal number added to each parameter: a finite number, 0 or more. Default 10⁻⁵.</summary>
    public double NoiseScale
    {
        get => noiseScale;
        init => noiseScale = Allowed.NotNegative(value);
    }

    /// <summary>The probability of a step with γ = 1, between modes: from 0 to 1. Default 0.1.</summary>
    public double JumpProbability
    {
        get => jumpProbability;
        init => jumpProbability = Allowed.Share(value);
    }

    /// <summary>The probability of a snooker update: from 0 to 1. Default 0.1.</summary>
    public double SnookerProbability
    {
        get => snookerProbability;
        init => snookerProbability = Allowed.Share(value);
    }
}

/// <summary>The ensembles of snooker updates.</summary>
public sealed record SnookerOptions : EnsembleOptions;

/// <summary>How ensemble slice sampling finds its intervals.</summary>
public sealed record EnsembleSliceOptions : EnsembleOptions
{
    private readonly double scale = 1.5;
    private readonly double stretchProbability = 0.1;
    private readonly int widthLimit = 16;
    private readonly int shrinkageLimit = 100;

    /// <summary>μ: the first width of an interval, in differences of walkers. A finite number above 0. Default 1.5; it hardly matters.</summary>
    public double Scale
    {
        get => scale;
        init => scale = Allowed.Positive(value);
    }

    /// <summary>
    /// The probability of a step along the lines from other walkers in place of their differences: it brings walkers back that are far
    /// from the others. From 0 to 1; default 0.1.
    /// </summary>
    public double StretchProbability
    {
        get => stretchProbability;
        init => stretchProbability = Allowed.Share(value);
    }

    /// <summary>The most widths that an interval grows to, at least 1. Default 16.</summary>
    public int WidthLimit
    {
        get => widthLimit;
        init => widthLimit = Allowed.AtLeast(1, value);
    }

    /// <summary>Points tried in an interval before a walker stays where it is, at least 1. Default 100.</summary>
    public int ShrinkageLimit
    {
        get => shrinkageLimit;
        init => shrinkageLimit = Allowed.AtLeast(1, value);
    }
}
