using GpuSampling.Diagnostics;

namespace GpuSampling.Tests.Diagnostics;

public sealed class TailShapeTests
{
    private const int Count = 4000;

    /// <summary>
    /// Upper and lower tails of quantiles at (i − ½)/4000, 190 beyond the last that does not count: k of R's package loo 2.5.1,
    /// <c>loo:::gpdfit(x[3811:4000] - x[3810])$k</c>.
    /// </summary>
    [Theory]
    [InlineData("frechet 0.1", 0.1207130336, -0.1837696404)]
    [InlineData("frechet 0.3", 0.3076922503, -0.2225752461)]
    [InlineData("frechet 0.5", 0.49482352, -0.2614208269)]
    [InlineData("frechet 1", 0.9632498571, -0.3593464301)]
    [InlineData("logistic", 0.02131692222, 0.02131692222)]
    [InlineData("uniform", -0.8952577493, -0.8952577493)]
    public void The_shape_is_that_of_another_implementation(string distribution, double upper, double lower)
    {
        double[] draws = [.. Enumerable.Range(1, Count).Select(i => Quantile(distribution, (i - 0.5) / Count))];
        double larger = Math.Max(upper, lower);
        Assert.Equal(larger, TailShape.Of(draws, double.NaN), 1e-8);
        Assert.Equal(larger, TailShape.Of([.. draws.Reverse().Select(x => -x)], Count), 1e-8);

        // The other tail alone: what is beyond the median is put where it does no harm.
        double[] lowerOnly = [.. draws.Select((x, i) => i < Count / 2 ? x : draws[Count / 2] + (i * 1e-9))];
        Assert.Equal(Math.Max(lower, -0.8952577493), TailShape.Of(lowerOnly, double.NaN), 1e-5);
    }

    /// <summary>
    /// Means of shapes of a hundred samples of Pareto distributions, some so long that not all of the tail is fitted; within 5 standard
    /// errors and the estimator's own bias, of which prior and finite tails are cause.
    /// </summary>
    [Theory]
    [InlineData(0.2, 4_000)]
    [InlineData(0.5, 4_000)]
    [InlineData(0.5, 1_000_000)]
    [InlineData(0.9, 1_000_000)]
    public void The_shape_of_Pareto_draws_is_their_own(double shape, int count)
    {
        System.Random random = new(7);
        int samples = count > 10_000 ? 3 : 100;
        double sum = 0;
        for (int i = 0; i < samples; i++)
        {
            double[] draws = [.. Enumerable.Range(0, count).Select(_ => Math.Pow(1 - random.NextDouble(), -shape))];
            Array.Sort(draws);
            sum += TailShape.Of(draws, double.NaN);
        }

        double error = TailShape.StandardError(shape, count, double.NaN) / Math.Sqrt(samples);
        Assert.InRange(sum / samples, shape - (5 * error) - 0.02, shape + (5 * error) + 0.02);
    }

    [Fact]
    public void Few_or_equal_draws_have_no_shape()
    {
        Assert.Equal(double.NaN, TailShape.Of([1, 2, 3, 4, 5, 6], double.NaN));
        Assert.Equal(double.NaN, TailShape.Of(new double[1000], double.NaN));
        Assert.Equal(double.NaN, TailShape.Of([.. Enumerable.Range(0, Count).Select(i => Math.Floor(i / 200.0))], double.NaN));

        // Mass at 0 has no tail, and does not hide the other.
        Assert.InRange(TailShape.Of([.. Enumerable.Range(0, Count).Select(i => i < 1000 ? 0 : 1000.0 / (Count - i))], double.NaN), 0.9, 1.1);
    }

    /// <summary>Of a hundred parameters that are normal, exponential or Student-t with 8 degrees of freedom (k = ⅛) none is warned of.</summary>
    [Fact]
    public void Heavy_tails_are_warned_of_and_light_ones_are_not()
    {
        System.Random random = new(11);
        (double[] Draws, string Name)[] light =
        [
            .. Enumerable.Range(0, 100).Select(i => (
                Draw(() => (i % 3) switch
                {
                    0 => SimulatedChains.Normal(random),
                    1 => -Math.Log(1 - random.NextDouble()),
                    _ => StudentT(random, 8),
                }),
                $"light[{i}]")),
        ];
        Assert.DoesNotContain("Pareto shape", Warnings(light), StringComparison.Ordinal);

        // Cauchy: k = 1; t with 2 degrees of freedom: k = ½.
        (double[] Draws, string Name) cauchy = (Draw(() => StudentT(random, 1)), "cauchy"), two = (Draw(() => StudentT(random, 2)), "two");
        Assert.Matches("The tails of two are heavy, of Pareto shape 0[.][45].*its standard deviation and the error of its mean are not to be trusted", Warnings([.. light, two]));
        Assert.Matches("The tails of cauchy are heavy, of Pareto shape (0[.]9|1).*1 other parameter.*neither its mean nor its standard deviation", Warnings([.. light, two, cauchy]));

        // Chains that stay where they are for ten draws know less, and enough.
        (double[] Draws, string Name) slow = (Slow(cauchy.Draws), "slow");
        Assert.Contains("The tails of slow are heavy", Warnings([.. light.Select(one => (Slow(one.Draws), one.Name)), slow]), StringComparison.Ordinal);
        Assert.DoesNotContain("Pareto shape", Warnings([.. light.Select(one => (Slow(one.Draws), one.Name))]), StringComparison.Ordinal);

        // By draw, then by chain.
        double[] Slow(double[] draws) => [.. draws.Select((_, i) => draws[(i / 400 * 400) + (i % 40)])];
        double[] Draw(Func<double> one) => [.. Enumerable.Range(0, 40 * 500).Select(_ => one())];
    }

    private static string Warnings((double[] Draws, string Name)[] parameters) => string.Join(
        '\n',
        DiagnosticsSummary.Compute(
            new DrawArray<double>(parameters.SelectMany(one => one.Draws).ToArray(), parameters.Select(one => one.Name), 40),
            cancellationToken: TestContext.Current.CancellationToken).Warnings);

    private static double StudentT(System.Random random, int degrees)
    {
        double squares = 0;
        for (int i = 0; i < degrees; i++)
        {
            double z = SimulatedChains.Normal(random);
            squares += z * z;
        }

        return SimulatedChains.Normal(random) / Math.Sqrt(squares / degrees);
    }

    private static double Quantile(string distribution, double probability) => distribution.Split(' ') switch
    {
        ["frechet", var shape] => Math.Pow(-Math.Log(probability), -double.Parse(shape, System.Globalization.CultureInfo.InvariantCulture)),
        ["logistic"] => Math.Log(probability / (1 - probability)),
        _ => probability,
    };
}
