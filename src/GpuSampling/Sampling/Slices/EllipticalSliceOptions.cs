using System.Collections.Immutable;
using GpuSampling.Numerics;

namespace GpuSampling.Sampling;

/// <summary>The normal distribution of elliptical slice sampling. Immutable; every value is checked when set.</summary>
/// <remarks>
/// Give the model's own normal prior over its unconstrained parameters, if it has one. Any other leaves the draws as right, but chains
/// move well only where it is as wide as the posterior or wider.
/// </remarks>
public sealed record EllipticalSliceOptions : IRunOptions
{
    private readonly ImmutableArray<double> mean = [];
    private readonly ImmutableArray<double> cholesky = [];
    private readonly double initialRadius = 2.0;
    private readonly int shrinkageLimit = 100;

    /// <summary>m: a finite number for each unconstrained parameter. Empty, the default: zeros.</summary>
    public ImmutableArray<double> Mean
    {
        get => mean;
        init
        {
            mean = value.IsDefault ? [] : value;
            foreach (double element in mean)
            {
                if (!double.IsFinite(element))
                {
                    throw new ArgumentOutOfRangeException(nameof(Mean), element, "Allowed: finite numbers.");
                }
            }
        }
    }

    /// <summary>
    /// L, lower triangular, by rows: L₁₁, L₂₁, L₂₂, … with finite numbers and a diagonal above 0, so that the covariance is L Lᵀ. Empty,
    /// the default: the identity.
    /// </summary>
    public ImmutableArray<double> Cholesky
    {
        get => cholesky;
        init
        {
            cholesky = value.IsDefault ? [] : value;
            int diagonal = 0;
            int row = 0;
            for (int i = 0; i < cholesky.Length; i++)
            {
                bool isDiagonal = i == diagonal;
                if (!double.IsFinite(cholesky[i]) || (isDiagonal && cholesky[i] <= 0))
                {
                    throw new ArgumentOutOfRangeException(
                        nameof(Cholesky), cholesky[i], $"Allowed: finite numbers, above 0 on the diagonal; this is element {i + 1} by rows.");
                }

                if (isDiagonal)
                {
                    row++;
                    diagonal += row + 1;
                }
            }
        }
    }

    /// <summary>Chains start uniformly within ± this in unconstrained space; a finite number, 0 or more. Default 2.</summary>
    public double InitialRadius
    {
        get => initialRadius;
        init => initialRadius = Allowed.NotNegative(value);
    }

    /// <summary>
    /// Angles tried before a chain stays where it is, from 1 on; the statistic <c>limit_reached</c> tells of each time. Default 100, which
    /// is never reached unless the density is not a number almost everywhere.
    /// </summary>
    public int ShrinkageLimit
    {
        get => shrinkageLimit;
        init => shrinkageLimit = Allowed.AtLeast(1, value);
    }
}
