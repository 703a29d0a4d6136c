using GpuSampling.Engines;
using GpuSampling.Numerics;
using GpuSampling.Sampling;

namespace GpuSampling.Optimization;

/// <summary>How simulated annealing cools and moves. Immutable; every value is checked when set.</summary>
public sealed record SimulatedAnnealingOptions : IRunOptions
{
    private readonly int chainCount = 64;
    private readonly int transitionCount = 800;
    private readonly int leapfrogCount = 4;
    private readonly double initialInverseTemperature = 0.01;
    private readonly double finalInverseTemperature = 1e6;
    private readonly double targetAcceptance = 0.8;
    private readonly double initialRadius = 2;
    private readonly double sameModeTolerance = 0.01;

    /// <summary>Chains that search independently, at least 1. Default 64.</summary>
    public int ChainCount
    {
        get => chainCount;
        init => chainCount = Allowed.AtLeast(1, value);
    }

    /// <summary>Transitions of each chain, at least 4: three quarters cool it, the rest cool it again from its best position. Default 800. The slower the cooling, the surer the best mode.</summary>
    public int TransitionCount
    {
        get => transitionCount;
        init => transitionCount = Allowed.AtLeast(4, value);
    }

    /// <summary>Leapfrog steps of a transition, at least 1. Default 4.</summary>
    public int LeapfrogCount
    {
        get => leapfrogCount;
        init => leapfrogCount = Allowed.AtLeast(1, value);
    }

    /// <summary>β at the beginning: a finite number above 0, small enough for chains to pass between modes. Default 0.01.</summary>
    public double InitialInverseTemperature
    {
        get => initialInverseTemperature;
        init => initialInverseTemperature = Allowed.Positive(value);
    }

    /// <summary>β at the end: a finite number above 0, not below <see cref="InitialInverseTemperature"/>. A mode is found to about 1/√β of its width. Default 10⁶.</summary>
    public double FinalInverseTemperature
    {
        get => finalInverseTemperature;
        init => finalInverseTemperature = Allowed.Positive(value);
    }

    /// <summary>The mean acceptance probability that each chain adapts its step size to, all the way; above 0, below 1. Default 0.8.</summary>
    public double TargetAcceptance
    {
        get => targetAcceptance;
        init => targetAcceptance = Allowed.ProperShare(value);
    }

    /// <summary>Chains start uniformly within ± this in unconstrained space; a finite number, 0 or more. Default 2.</summary>
    public double InitialRadius
    {
        get => initialRadius;
        init => initialRadius = Allowed.NotNegative(value);
    }

    /// <summary>
    /// Ends of chains are one mode where no unconstrained parameter x differs by more than this times 1 + |x|; above 0. Default 0.01.
    /// </summary>
    [LeavesNoMark]
    public double SameModeTolerance
    {
        get => sameModeTolerance;
        init => sameModeTolerance = Allowed.Positive(value);
    }

    /// <summary>The precision of the whole computation. Default double: near a mode differences of log densities are small.</summary>
    public Precision Precision { get; init; } = Precision.Double;

    /// <summary>The seed. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>
    /// Where the search writes its state so that it can go on after a crash, on any engine, and end in the same modes bit for bit; null, the
    /// default: nowhere.
    /// </summary>
    [LeavesNoMark]
    public CheckpointOptions? Checkpoint { get; init; }
}
