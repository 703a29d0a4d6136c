using System.Collections.Immutable;
using GpuSampling.Numerics;

namespace GpuSampling.Sampling;

/// <summary>What samplers with a step size and scales have in common. Immutable; every value is checked when set.</summary>
/// <remarks>
/// Step size and scales are adapted over all chains of a run together, so that draws depend on the set of chains. With both
/// <see cref="StepSize"/> and <see cref="Scales"/> given nothing is pooled, and chain c has the same draws in every run that
/// contains it: give shards of a run what an earlier run adapted.
/// </remarks>
public abstract record AdaptiveOptions : IRunOptions
{
    private readonly double targetAcceptance;
    private readonly double initialRadius = 2.0;
    private readonly double? stepSize;
    private readonly ImmutableArray<double> scales = [];
    private readonly MetricKind defaultMetric;
    private readonly MetricKind metric;

    private protected AdaptiveOptions(double targetAcceptance, MetricKind metric = MetricKind.Automatic)
    {
        this.targetAcceptance = targetAcceptance;
        this.metric = metric;
        defaultMetric = metric;
    }

    /// <summary>
    /// The step size ε, in units of the scales: a finite number above 0. Null, the default: it is found and adapted in the warm-up.
    /// </summary>
    public double? StepSize
    {
        get => stepSize;
        init => stepSize = Allowed.PositiveOrNull(value);
    }

    /// <summary>
    /// The scale of each unconstrained parameter, as many as the model has, finite and above 0: a diagonal metric. Empty, the
    /// default: they begin at 1 and are adapted in the warm-up. Without a warm-up they stay 1.
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

    /// <summary>
    /// The mean acceptance probability, over all chains, that the step size is adapted to; above 0, below 1. For trajectories of many
    /// steps (but microcanonical ones) and 16 chains or more it is the harmonic mean in the end, so that chains come into tails and out of
    /// them; the arithmetic mean is then above.
    /// </summary>
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
    /// The geometry to adapt. Default: <see cref="MetricKind.Automatic"/>, except where a sampler says otherwise. With <see cref="Scales"/>
    /// given it is diagonal, and a run that asks for another than the default is refused.
    /// </summary>
    public MetricKind Metric
    {
        get => metric;
        init => metric = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Metric), value, "Allowed: the members of MetricKind.");
    }

    /// <summary>Throws where the scales do not suit the metric or a model.</summary>
    /// <param name="posterior">What to sample.</param>
    /// <exception cref="ArgumentException">They do not.</exception>
    internal void CheckScales(Modeling.Posterior posterior)
    {
        if (!Scales.IsEmpty && Metric is not (MetricKind.Automatic or MetricKind.Diagonal) && Metric != defaultMetric)
        {
            throw new ArgumentException(
                $"The sampler's options give {nameof(Scales)} and the {nameof(Metric)} {Metric}; allowed with scales are {MetricKind.Diagonal} and {MetricKind.Automatic}.",
                nameof(posterior));
        }

        if (!Scales.IsEmpty && Scales.Length != posterior.Dimension)
        {
            throw new ArgumentException(
                $"The model {posterior.Name} has {posterior.Dimension} unconstrained parameters and the sampler's options give {Scales.Length} scales; allowed are one for each parameter, or none.",
                nameof(posterior));
        }
    }
}
