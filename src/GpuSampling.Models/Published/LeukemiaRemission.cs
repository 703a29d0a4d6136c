using GpuSampling.Modeling;

namespace GpuSampling.Models;

/// <summary>
/// Weeks of remission of 42 children with leukemia, half of them treated with 6-mercaptopurine, twelve of them censored: regression
/// with Weibull distribution. Data: Gehan (1965), R package MASS.
/// </summary>
[Model]
public sealed partial class LeukemiaRemission
{
    /// <summary>The number of children.</summary>
    [Data] public required int N;

    /// <summary>Weeks until the remission ended, or until it was last seen to last.</summary>
    [Data(nameof(N))] public required double[] weeks;

    /// <summary>1 where the end was seen, 0 where it is censored.</summary>
    [Data(nameof(N))] public required int[] isObserved;

    /// <summary>1 where the child was treated, 0 where it got a placebo.</summary>
    [Data(nameof(N))] public required int[] isTreated;

    [TransformedData] double center;

    [Parameter] double alpha;
    [Parameter] double beta;
    [Parameter(Lower = 0, Upper = 4)] double shape;

    /// <summary>The hazard of the treated divided by that of the others.</summary>
    [Generated] double hazardRatio;

    void Prepare()
    {
        Check.Count(N, nameof(N));
        Check.Positive(weeks, nameof(weeks), firstIndex: 0);
        Check.Indicators(isObserved, nameof(isObserved));
        Check.Indicators(isTreated, nameof(isTreated));
        center = weeks.DefaultIfEmpty(1).Average(time => Math.Log(time));
    }

    double LogDensity()
    {
        double target = Density.Normal(alpha, 0, 2) + Density.Normal(beta, 0, 2);
        for (int n = 0; n < N; n++)
        {
            double scale = Math.Exp(center + alpha + beta * isTreated[n]);
            target += isObserved[n] == 1 ? Density.Weibull(weeks[n], shape, scale) : Density.WeibullSurvival(weeks[n], shape, scale);
        }

        return target;
    }

    void Generate() => hazardRatio = Math.Exp(-shape * beta);

    void DrawPrior(RandomSource random)
    {
        alpha = random.Normal(0, 2);
        beta = random.Normal(0, 2);
        shape = random.Uniform(0, 4);
    }
}
