using GpuSampling.Modeling;

namespace GpuSampling.Models;

/// <summary>The eight-schools posterior, with Rubin's data or another experiment's.</summary>
public static class EightSchools
{
    /// <summary>Effects of coaching in eight schools: Rubin (1981), table 1.</summary>
    public static ReadOnlySpan<double> Effects => [28, 8, -3, 7, -1, 1, 18, 12];

    /// <summary>The effects' standard errors: Rubin (1981), table 1.</summary>
    public static ReadOnlySpan<double> StandardErrors => [15, 10, 16, 11, 9, 11, 10, 18];

    /// <summary>The posterior of Rubin's experiment.</summary>
    public static Posterior<EightSchoolsModel> Posterior() => Posterior(Effects, StandardErrors);

    /// <summary>The posterior of a parallel experiment.</summary>
    /// <param name="effects">The estimated effect of each group, at least one.</param>
    /// <param name="standardErrors">Their standard errors, as many, above 0.</param>
    /// <exception cref="ArgumentException">The spans are empty, differ in length, or hold a value that is not allowed.</exception>
    public static Posterior<EightSchoolsModel> Posterior(ReadOnlySpan<double> effects, ReadOnlySpan<double> standardErrors)
    {
        if (effects.IsEmpty || effects.Length != standardErrors.Length)
        {
            throw new ArgumentException(
                $"{effects.Length} effects and {standardErrors.Length} standard errors: allowed are equal numbers, at least 1.", nameof(effects));
        }

        Check.Finite(effects, nameof(effects));
        Check.Positive(standardErrors, nameof(standardErrors));
        int schoolCount = effects.Length;
        return new Posterior<EightSchoolsModel>(
            "eight-schools",
            new EightSchoolsModel(effects.Length),
            new ModelData((double[])[.. effects, .. standardErrors], ReadOnlyMemory<int>.Empty),
            new OutputShape("theta", effects.Length),
            new OutputShape("mu"),
            new OutputShape("tau"))
        {
            Unconstraining = Unconstrain,
            PriorDrawing = (random, result) =>
            {
                for (int school = 1; school <= schoolCount; school++)
                {
                    result.Free($"z[{school}]", random.Normal());
                }

                result.Free("mu", random.Normal(0, 5));
                result.Bounded("tau", 5 * PriorNumbers.HalfCauchy(random), 0, null);
            },
        };
    }

    /// <summary>z_j = (θ_j − μ) / τ.</summary>
    private static void Unconstrain(ReadOnlySpan<double> draw, UnconstrainedWriter result)
    {
        double mu = draw[^2], tau = draw[^1];
        for (int school = 0; school < draw.Length - 2; school++)
        {
            result.Free($"theta[{school + 1}]", (draw[school] - mu) / tau);
        }

        result.Free("mu", mu);
        result.Bounded("tau", tau, 0, null);
    }
}
