using GpuSampling.Adaptation;

namespace GpuSampling.Tests.Adaptation;

public sealed class TrajectoryAdaptationTests
{
    [Fact]
    public void A_step_that_grows_for_a_moment_does_not_lengthen_the_trajectory()
    {
        TrajectoryAdaptation adaptation = new(0.1, rate: 0.05, decay: 0.5);
        adaptation.Update(0, least: 2, most: 100);
        Assert.Equal(0.1, adaptation.Length, 1e-12);
        adaptation.Update(-1, least: 2, most: 100);
        Assert.Equal(0.1, adaptation.Length, 1e-12);
    }

    [Fact]
    public void A_length_follows_the_gradient_between_its_bounds()
    {
        TrajectoryAdaptation adaptation = new(1, rate: 0.05, decay: 0.5);
        for (int i = 0; i < 200; i++)
        {
            adaptation.Update(-3, least: 0.5, most: 4);
        }

        Assert.Equal(0.5, adaptation.Length, 1e-12);
        for (int i = 0; i < 200; i++)
        {
            adaptation.Update(3, least: 0.5, most: 4);
        }

        Assert.Equal(4, adaptation.Length, 1e-12);
        adaptation.Update(double.NaN, least: 0.5, most: 4);
        Assert.Equal(4, adaptation.Length, 1e-12);
    }

    /// <summary>Adam's first step is the rate, whatever the gradient: v/(1 − β₂) = g².</summary>
    [Theory]
    [InlineData(1e-3)]
    [InlineData(70)]
    public void The_first_step_is_the_rate(double gradient)
    {
        TrajectoryAdaptation adaptation = new(2, rate: 0.05, decay: 0.5);
        adaptation.Update(gradient, least: 0, most: 100);
        Assert.Equal(2 * Math.Exp(0.05), adaptation.Length, 1e-12);
        Assert.Equal(adaptation.Length, adaptation.AveragedLength, 1e-12);
    }
}
