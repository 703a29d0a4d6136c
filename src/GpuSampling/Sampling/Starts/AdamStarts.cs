using GpuSampling.Numerics;

namespace GpuSampling.Sampling;

/// <summary>
/// Every chain climbs the log density from its uniform start, by the steps of Adam, and starts at the best point that it saw: Kingma and
/// Ba, Adam: A method for stochastic optimization (2015), algorithm 1. Immutable; every value is checked when set.
/// </summary>
/// <remarks>
/// For posteriors so far from 0 that the warm-up is spent on the way. Chains that have all climbed the same peak lie closer together than
/// the posterior does: R-hat then no longer shows what they had in common at the start.
/// </remarks>
public sealed record AdamStarts : ChainStarts
{
    private readonly int stepCount = 100;
    private readonly double learningRate = 0.05;
    private readonly double meanDecay = 0.9;
    private readonly double squareDecay = 0.999;
    private readonly double stabilizer = 1e-8;

    /// <summary>Steps, a gradient each, 1 to 10⁶. Default 100.</summary>
    public int StepCount
    {
        get => stepCount;
        init => stepCount = Allowed.Between(1, 1_000_000, value);
    }

    /// <summary>α, about the length of a step of each unconstrained parameter: a finite number above 0. Default 0.05.</summary>
    public double LearningRate
    {
        get => learningRate;
        init => learningRate = Allowed.Positive(value);
    }

    /// <summary>β₁, of the mean of the gradients: from 0 to below 1. Default 0.9.</summary>
    public double MeanDecay
    {
        get => meanDecay;
        init => meanDecay = Share(value, nameof(MeanDecay));
    }

    /// <summary>β₂, of the mean of their squares: from 0 to below 1. Default 0.999.</summary>
    public double SquareDecay
    {
        get => squareDecay;
        init => squareDecay = Share(value, nameof(SquareDecay));
    }

    /// <summary>ε, which keeps steps short where gradients vanish: a finite number above 0. Default 10⁻⁸.</summary>
    public double Stabilizer
    {
        get => stabilizer;
        init => stabilizer = Allowed.Positive(value);
    }

    internal override void Place(Chains chains, double radius, CancellationToken cancellationToken)
    {
        chains.StartUniformly(radius, cancellationToken);
        chains.Climb(this, cancellationToken);
    }

    private static double Share(double value, string name) => value is >= 0 and < 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "Allowed: from 0 to below 1.");
}
