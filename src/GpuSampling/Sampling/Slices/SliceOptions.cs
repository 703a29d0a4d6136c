using System.Collections.Immutable;
using GpuSampling.Numerics;

namespace GpuSampling.Sampling;

/// <summary>How slice sampling finds intervals. Immutable; every value is checked when set.</summary>
public sealed record SliceOptions : IRunOptions
{
    private readonly ImmutableArray<double> scales = [];
    private readonly double widthFactor = 2.0;
    private readonly double initialRadius = 2.0;
    private readonly int widthLimit = 16;
    private readonly int shrinkageLimit = 100;

    /// <summary>
    /// The scale of each unconstrained parameter, as many as the model has, finite and above 0. Empty, the default: they begin at 1 and
    /// are learnt in the warm-up from all chains together.
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

    /// <summary>The width by which intervals grow, in units of the scales: a finite number above 0. Default 2.</summary>
    public double WidthFactor
    {
        get => widthFactor;
        init => widthFactor = Allowed.Positive(value);
    }

    /// <summary>The most widths of an interval, from 1 on. Draws are right whatever it is. Default 16.</summary>
    public int WidthLimit
    {
        get => widthLimit;
        init => widthLimit = Allowed.Between(1, 1 << 20, value);
    }

    /// <summary>
    /// Points tried in an interval before a parameter stays where it is, 1 to 1000; the statistic <c>limit_reached</c> counts the
    /// parameters that reached this, which none does unless the density is not a number almost everywhere. Default 100.
    /// </summary>
    public int ShrinkageLimit
    {
        get => shrinkageLimit;
        init => shrinkageLimit = Allowed.Between(1, 1000, value);
    }

    /// <summary>Chains start uniformly within ± this in unconstrained space; a finite number, 0 or more. Default 2.</summary>
    public double InitialRadius
    {
        get => initialRadius;
        init => initialRadius = Allowed.NotNegative(value);
    }
}
