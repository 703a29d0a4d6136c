using GpuSampling.Engines;
using GpuSampling.Modeling;
using GpuSampling.Sampling;
using GpuSampling.TestSupport;
using GpuSampling.Tests.Sampling;

namespace GpuSampling.Models.Tests.Starts;

/// <summary>Chains that start where the user says.</summary>
public sealed class GivenStartsTests
{
    private static readonly double[] Theta = [28, 8, -3, 7, -1, 1, 18, 12];

    [Fact]
    public void Values_by_name_are_where_all_chains_start()
    {
        double[][] starts = StartRun.Of(EightSchools.Posterior(), GivenStarts.At(Named([4.5], [2.25])), 20);
        for (int school = 0; school < 8; school++)
        {
            Assert.All(starts[school], value => Assert.Equal(Theta[school], value, 1e-13));
        }

        Assert.All(starts[8], value => Assert.Equal(4.5, value));
        Assert.All(starts[9], value => Assert.Equal(2.25, value, 1e-15));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(20_000L)]
    public void Each_chain_can_have_its_own_values(long? memoryLimit)
    {
        const int chains = 50;
        double[] mu = [.. Enumerable.Range(0, chains).Select(chain => chain - 7.5)];
        double[] tau = [.. Enumerable.Range(0, chains).Select(chain => 0.25 * (1 + chain))];
        double[][] starts = StartRun.Of(EightSchools.Posterior(), StartRun.Options(GivenStarts.At(Named(mu, tau)), chains), memoryLimit);
        Assert.Equal(mu, starts[8]);
        Assert.All(tau.Zip(starts[9]), pair => Assert.Equal(pair.First, pair.Second, 1e-13));
        Assert.All(starts[2], value => Assert.Equal(-3, value, 1e-12));
    }

    [Fact]
    public void Unconstrained_numbers_are_one_start_or_one_for_each_chain()
    {
        Posterior posterior = TestTargets.CorrelatedGaussian(2);
        Assert.Equal<double[]>([[1, 1, 1], [-4, -4, -4]], StartRun.Of(posterior, GivenStarts.At([1, -4]), 3));
        Assert.Equal<double[]>([[1, 2, 3], [-4, -5, -6]], StartRun.Of(posterior, GivenStarts.At([1, 2, 3, -4, -5, -6]), 3));
    }

    [Fact]
    public void Chains_go_on_from_earlier_draws()
    {
        using SimdEngine engine = new();
        KeptDraws<double> earlier = new NoUTurnSampler().Sample<double>(
            EightSchools.Posterior(), new() { ChainCount = 4, WarmupCount = 50, DrawCount = 3 }, engine, cancellationToken: TestContext.Current.CancellationToken).Draws;
        double[] tau = earlier["tau"].ToArray(), theta = earlier["theta[2]"].ToArray();
        double[][] starts = StartRun.Of(EightSchools.Posterior(), GivenStarts.LastOf(earlier), 10);
        for (int chain = 0; chain < 10; chain++)
        {
            int place = ((2 - (chain / 4)) * 4) + (chain % 4);
            Assert.Equal(tau[place], starts[9][chain], 1e-12 * tau[place]);
            Assert.Equal(theta[place], starts[1][chain], 1e-11);
        }

        Assert.Contains("12 chains", Fault(EightSchools.Posterior(), GivenStarts.LastOf(earlier), 13), StringComparison.Ordinal);
    }

    [Fact]
    public void Jitter_sets_chains_apart_within_its_width()
    {
        double[][] starts = StartRun.Of(TestTargets.CorrelatedGaussian(2), GivenStarts.At([100, -4]) with { Jitter = 0.5 }, 2000);
        Assert.InRange(starts[0].Min(), 99.5, 99.51);
        Assert.InRange(starts[0].Max(), 100.49, 100.5);
        Assert.InRange(starts[1].Average(), -4.05, -3.95); // 5 standard errors of 0.0065 are 0.033
        Assert.Equal(2000, starts[1].Distinct().Count());
    }

    [Fact]
    public void Jitter_is_drawn_again_where_the_density_is_not_finite()
    {
        // The values lie just outside of where the density is defined; a quarter of the square is inside.
        double[][] starts = StartRun.Of(HalfLineModel.Posterior(3), GivenStarts.At([2.999, 2.999]) with { Jitter = 1 }, 200);
        Assert.All(starts, one => Assert.All(one, value => Assert.InRange(value, 3, 4)));
    }

    [Fact]
    public void A_start_without_finite_density_is_refused_with_its_values()
    {
        string message = Assert.Throws<InitializationException>(() => StartRun.Of(HalfLineModel.Posterior(3), GivenStarts.At([2.5, 3.5]), 7)).Message;
        Assert.Equal("7 of 7 chains have no finite log density and gradient at the start that was given. Chain 0 tried last (2.5, 3.5), which is x[1] = 2.5, x[2] = 3.5.", message);
    }

    public static TheoryData<string, string> Faults => new()
    {
        { "bound", "The value of tau is -2; allowed are finite numbers above 0." },
        { "missing", "There are no values of mu to start from." },
        { "unknown", "has no parameter sigma to start from; it has theta, mu, tau" },
        { "count", "3 values of mu were given to start from; allowed are 1, or 5 for each of 5 chains" },
        { "unconstrained count", "3 unconstrained numbers were given to start from; allowed are 10" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void What_does_not_fit_is_refused(string fault, string expected)
    {
        Dictionary<string, double[]> values = Named([1], [2]);
        GivenStarts? starts = null;
        switch (fault)
        {
            case "bound":
                values["tau"] = [-2];
                break;
            case "missing":
                values.Remove("mu");
                break;
            case "unknown":
                values["sigma"] = [1];
                break;
            case "count":
                values["mu"] = [1, 2, 3];
                break;
            default:
                starts = GivenStarts.At([1, 2, 3]);
                break;
        }

        Assert.Contains(expected, Fault(EightSchools.Posterior(), starts ?? GivenStarts.At(values), 5), StringComparison.Ordinal);
    }

    [Fact]
    public void Arguments_are_checked()
    {
        Assert.Contains("Number 1 is NaN", Assert.Throws<ArgumentException>(() => GivenStarts.At([1, double.NaN])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => GivenStarts.At(ReadOnlySpan<double>.Empty));
        Assert.Contains("of mu is", Assert.Throws<ArgumentException>(() => GivenStarts.At(Named([double.NegativeInfinity], [1]))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => GivenStarts.At([1]) with { Jitter = -1 });
        Assert.Contains("does not say", Fault(HalfLineModel.Posterior(0), GivenStarts.At(new Dictionary<string, double[]> { ["x"] = [1, 2] }), 5), StringComparison.Ordinal);
    }

    [Fact]
    public void Walkers_of_an_ensemble_need_starts_that_differ()
    {
        using SimdEngine engine = new();
        RunOptions run = StartRun.Options(GivenStarts.At([1, -4]), 16);
        string message = Assert.Throws<ArgumentException>(() => new StretchSampler().Sample<double>(TestTargets.CorrelatedGaussian(2), run, engine, cancellationToken: TestContext.Current.CancellationToken)).Message;
        Assert.Contains("jitter", message, StringComparison.Ordinal);
        new StretchSampler().Sample<double>(
            TestTargets.CorrelatedGaussian(2), run with { Starts = GivenStarts.At([1, -4]) with { Jitter = 0.1 } }, engine, cancellationToken: TestContext.Current.CancellationToken);
    }

    private static string Fault(Posterior posterior, ChainStarts starts, int chainCount) =>
        Assert.ThrowsAny<ArgumentException>(() => StartRun.Of(posterior, starts, chainCount)).Message;

    private static Dictionary<string, double[]> Named(double[] mu, double[] tau) => new() { ["theta"] = Theta, ["mu"] = mu, ["tau"] = tau };
}
