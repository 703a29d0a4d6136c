namespace GpuSampling.Models.Tests.References;

/// <summary>How far two sets of moments are apart, in standard errors of their difference.</summary>
internal static class Agreement
{
    /// <summary>The largest |z| over all means and standard deviations, and where it is.</summary>
    public static (double Score, string Where) Worst(IReadOnlyList<Moments> expected, IReadOnlyList<Moments> actual)
    {
        Assert.NotEmpty(expected);
        (double Score, string Where) worst = (0, "nowhere");
        foreach (Moments reference in expected)
        {
            Moments one = actual.Single(candidate => candidate.Name == reference.Name);
            Consider(one.Mean, reference.Mean, one.MeanError, reference.MeanError, "mean");
            Consider(one.Deviation, reference.Deviation, one.DeviationError, reference.DeviationError, "standard deviation");

            void Consider(double ours, double theirs, double ourError, double theirError, string what)
            {
                double score = Math.Abs(ours - theirs) / Math.Sqrt((ourError * ourError) + (theirError * theirError));
                if (!(score <= worst.Score))
                {
                    worst = (score, $"{what} of {reference.Name}: {ours} ± {ourError}, should be {theirs} ± {theirError}");
                }
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"largest |z| {worst.Score:F2} of {2 * expected.Count}, {worst.Where}");
        return worst;
    }

    /// <summary>Fails unless every |z| is below 4: by chance that happens once in 16,000 for each.</summary>
    public static void AssertAgrees(IReadOnlyList<Moments> expected, IReadOnlyList<Moments> actual)
    {
        (double score, string where) = Worst(expected, actual);
        Assert.True(score < 4, $"z = {score:F2}, {where}");
    }
}
