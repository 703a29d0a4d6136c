using GpuSampling.Adaptation;

namespace GpuSampling.Tests.Adaptation;

public sealed class DualAveragingTests
{
    [Fact]
    public void Takes_the_steps_computed_by_hand()
    {
        // δ = 0.8, ε₀ = 1. First update: H̄ = (0.8 − 0.5)/11, log ε = log 10 − 20 H̄ = 1.757130…
        DualAveraging adaptation = new(1, 0.8);
        Assert.Equal(1, adaptation.StepSize);
        Assert.Equal(1, adaptation.AveragedStepSize);
        (double Acceptance, double Step, double Averaged)[] expected =
        [
            (0.5, 5.795782787848097, 5.795782787848097),
            (1.0, 7.900158579283462, 6.967875403724845),
            (0.9, 9.999999999999998, 8.164524226513267),
            (0.0, 1.0170139230422681, 3.9093547026601656),
        ];
        foreach ((double acceptance, double step, double averaged) in expected)
        {
            adaptation.Update(acceptance);
            Assert.Equal(step, adaptation.StepSize, 1e-13 * step);
            Assert.Equal(averaged, adaptation.AveragedStepSize, 1e-13 * averaged);
        }
    }

    [Fact]
    public void Stays_near_a_first_step_that_is_good_where_it_is_not_bold()
    {
        // With μ = log ε₀ in place of log 10 ε₀ every step is a tenth.
        DualAveraging bold = new(1, 0.8), timid = new(1, 0.8, boldness: 1);
        foreach (double acceptance in (double[])[0.5, 1, 0.9, 0])
        {
            bold.Update(acceptance);
            timid.Update(acceptance);
            Assert.Equal(bold.StepSize / 10, timid.StepSize, 1e-13 * timid.StepSize);
            Assert.Equal(bold.AveragedStepSize / 10, timid.AveragedStepSize, 1e-13 * timid.AveragedStepSize);
        }

        // Where longer steps are refused altogether the bold one swings to a fifth of the good step; the other hardly leaves it.
        Assert.InRange(Shortest(10), 0, 0.2);
        Assert.InRange(Shortest(1), 0.5, 1);

        static double Shortest(double boldness)
        {
            DualAveraging adaptation = new(1, 0.8, boldness);
            double shortest = 1;
            for (int i = 0; i < 100; i++)
            {
                adaptation.Update(1 / (1 + (0.25 * Math.Pow(adaptation.StepSize, 8))));
                shortest = Math.Min(shortest, adaptation.StepSize);
            }

            return shortest;
        }
    }

    [Theory]
    [InlineData(0.8, 0.15)]
    [InlineData(0.5, 0.3)]
    [InlineData(0.9, 0.1)]
    public void Finds_the_step_size_of_a_noisy_acceptance_curve(double target, double solution)
    {
        // 1/(1 + (ε/0.3)²) equals the target at the solution; the noise is that of few chains.
        System.Random random = new(9);
        DualAveraging adaptation = new(10, target);
        for (int i = 0; i < 2000; i++)
        {
            double acceptance = 1 / (1 + Math.Pow(adaptation.StepSize / 0.3, 2));
            adaptation.Update(acceptance + (0.1 * (random.NextDouble() - 0.5)));
        }

        // At a slope of −0.3 for log ε, noise averaged over some hundred updates moves it by a percent.
        Assert.Equal(solution, adaptation.AveragedStepSize, 0.04 * solution);
    }

    [Fact]
    public void A_restart_forgets_the_past()
    {
        DualAveraging old = new(3, 0.7), fresh = new(0.25, 0.7);
        old.Update(0.1);
        old.Update(0.2);
        old.Restart(0.25);
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal((fresh.StepSize, fresh.AveragedStepSize), (old.StepSize, old.AveragedStepSize));
            old.Update(0.5 + (0.1 * i));
            fresh.Update(0.5 + (0.1 * i));
        }
    }

    [Theory]
    [InlineData(double.NaN, 0)]
    [InlineData(-3, 0)]
    [InlineData(1.0000001, 1)]
    public void What_is_no_probability_counts_as_the_nearest_one(double acceptance, double meaning)
    {
        DualAveraging odd = new(1, 0.8), plain = new(1, 0.8);
        odd.Update(acceptance);
        plain.Update(meaning);
        Assert.Equal(plain.StepSize, odd.StepSize);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Stays_a_positive_number_where_nothing_or_everything_is_accepted(double acceptance)
    {
        DualAveraging adaptation = new(1, 0.8);
        for (int i = 0; i < 20_000; i++)
        {
            adaptation.Update(acceptance);
            Assert.InRange(adaptation.StepSize, 1e-27, 1e27);
            Assert.InRange(adaptation.AveragedStepSize, 1e-27, 1e27);
        }

        adaptation.Restart(adaptation.AveragedStepSize);
    }

    [Theory]
    [InlineData(0, 0.8, "initialStepSize")]
    [InlineData(-1, 0.8, "initialStepSize")]
    [InlineData(double.PositiveInfinity, 0.8, "initialStepSize")]
    [InlineData(double.NaN, 0.8, "initialStepSize")]
    [InlineData(1, 0, "targetAcceptance")]
    [InlineData(1, 1, "targetAcceptance")]
    [InlineData(1, double.NaN, "targetAcceptance")]
    public void Refuses_what_is_out_of_range(double stepSize, double target, string name)
    {
        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(() => new DualAveraging(stepSize, target));
        Assert.Equal(name, exception.ParamName);
        Assert.Contains("Allowed", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Refuses_a_boldness_out_of_range(double boldness) => Assert.Equal(
        "boldness", Assert.Throws<ArgumentOutOfRangeException>(() => new DualAveraging(1, 0.8, boldness)).ParamName);
}
