using System.Collections.Immutable;
using GpuSampling.Numerics;

namespace GpuSampling.Sampling;

/// <summary>What samplers on stochastic gradients have in common. Immutable; every value is checked when set.</summary>
public abstract record StochasticGradientOptions : IRunOptions
{
    private readonly double stepSize;
    private readonly double stepSizeDecay;
    private readonly double stepSizeDelay = 100;
    private readonly int minibatchSize = 64;
    private readonly int blockLength = 8;
    private readonly double temperature = 1;
    private readonly double initialRadius = 2;
    private readonly ImmutableArray<double> scales = [];

    private protected StochasticGradientOptions(double stepSize) => this.stepSize = stepSize;

    /// <summary>
    /// The step size ε, in units of the scales: a finite number above 0. Nothing adapts it: there is no acceptance to adapt it to, and
    /// the bias grows with ε².
    /// </summary>
    public double StepSize
    {
        get => stepSize;
        init => stepSize = Allowed.Positive(value);
    }

    /// <summary>
    /// γ: transition t has the step size ε (1 + t/b)^−γ, with b the <see cref="StepSizeDelay"/>: Welling and Teh (2011), section 3. From 0, the default,
    /// a constant step size, to 1.
    /// </summary>
    public double StepSizeDecay
    {
        get => stepSizeDecay;
        init => stepSizeDecay = Allowed.Share(value);
    }

    /// <summary>b, in transitions: a finite number above 0. Default 100.</summary>
    public double StepSizeDelay
    {
        get => stepSizeDelay;
        init => stepSizeDelay = Allowed.Positive(value);
    }

    /// <summary>The data terms that a step looks at, 1 to 65536, rounded up to whole blocks; never more than there are. Default 64.</summary>
    public int MinibatchSize
    {
        get => minibatchSize;
        init => minibatchSize = Allowed.Between(1, 65536, value);
    }

    /// <summary>
    /// Data terms are drawn in blocks of so many neighbours, 1 to 65536; fast in models that work on several rows at once. The
    /// estimate is unbiased for any order of the data, and noisier where neighbours are alike. Default 8.
    /// </summary>
    public int BlockLength
    {
        get => blockLength;
        init => blockLength = Allowed.Between(1, 65536, value);
    }

    /// <summary>
    /// Whether gradients are estimated by their difference to those at a centre that the warm-up finds: twice the cost of a step, and
    /// far less noise where the posterior is narrow, as it is with many data. Default true.
    /// </summary>
    public bool UsesControlVariates { get; init; } = true;

    /// <summary>Multiplies the variance of the noise: 1, the default, for the posterior; below, a colder density; 0, an optimiser.</summary>
    public double Temperature
    {
        get => temperature;
        init => temperature = Allowed.NotNegative(value);
    }

    /// <summary>
    /// The scale of each unconstrained parameter, finite and above 0. Empty, the default: 1/√(1 + Fisher information at the centre).
    /// </summary>
    public ImmutableArray<double> Scales
    {
        get => scales;
        init
        {
            scales = value.IsDefault ? [] : value;
            foreach (double scale in scales)
            {
                Allowed.Positive(scale);
            }
        }
    }

    /// <summary>Chains start uniformly within ± this in unconstrained space; a finite number, 0 or more. Default 2.</summary>
    public double InitialRadius
    {
        get => initialRadius;
        init => initialRadius = Allowed.NotNegative(value);
    }

    /// <summary>k, d and n of a step of a size.</summary>
    internal abstract (double Kept, double Drift, double Noise) Coefficients(double size);
}

/// <summary>How stochastic-gradient Langevin dynamics steps.</summary>
public sealed record StochasticLangevinOptions : StochasticGradientOptions
{
    /// <summary>The defaults: a step size of 0.2.</summary>
    public StochasticLangevinOptions()
        : base(0.2)
    {
    }

    internal override (double Kept, double Drift, double Noise) Coefficients(double size) => (0, size * size / 2, size);
}

/// <summary>How stochastic-gradient Hamiltonian Monte Carlo steps.</summary>
public sealed record StochasticHamiltonianOptions : StochasticGradientOptions
{
    private readonly double friction = 0.2;

    /// <summary>The defaults: a step size of 0.1.</summary>
    public StochasticHamiltonianOptions()
        : base(0.1)
    {
    }

    /// <summary>α: the share of its velocity that a step takes from a chain; above 0, at most 1. Default 0.2.</summary>
    public double Friction
    {
        get => friction;
        init => friction = value is > 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Friction), value, "Allowed: above 0, at most 1.");
    }

    internal override (double Kept, double Drift, double Noise) Coefficients(double size) =>
        (1 - friction, size * size, size * Math.Sqrt(2 * friction));
}
