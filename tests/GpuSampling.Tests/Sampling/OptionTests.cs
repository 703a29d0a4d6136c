using GpuSampling.Engines;
using GpuSampling.Sampling;
using GpuSampling.TestSupport;

namespace GpuSampling.Tests.Sampling;

/// <summary>What is refused at the boundary, with its name, its value and what is allowed.</summary>
public sealed class OptionTests
{
    public static TheoryData<string, double> BadSamplerOptions
    {
        get
        {
            TheoryData<string, double> data = [];
            Add("TargetAcceptance", 0, 1, -0.1, double.NaN);
            Add("PathLength", 0, -1, double.NaN, double.PositiveInfinity);
            Add("PathJitter", -0.01, 1.01, double.NaN);
            Add("MaximumLeapfrogCount", 0, -5, (1 << 20) + 1);
            Add("InitialRadius", -1, double.NaN, double.PositiveInfinity);
            Add("DivergenceThreshold", 0, -1, double.NaN);
            Add("StepSize", 0, -0.5, double.NaN, double.PositiveInfinity);
            Add("Scales", 0, -0.5, double.NaN, double.PositiveInfinity);
            return data;

            void Add(string name, params double[] values)
            {
                foreach (double value in values)
                {
                    data.Add(name, value);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(BadSamplerOptions))]
    public void Sampler_options_are_checked_when_set(string name, double value)
    {
        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(name, () => With(name, value));
        Assert.Contains("Allowed:", exception.Message, StringComparison.Ordinal);
        Assert.Equal(value, Convert.ToDouble(exception.ActualValue));
    }

    [Theory]
    [InlineData("TargetAcceptance", 0.001)]
    [InlineData("PathLength", 1e-9)]
    [InlineData("PathJitter", 0)]
    [InlineData("PathJitter", 1)]
    [InlineData("MaximumLeapfrogCount", 1)]
    [InlineData("MaximumLeapfrogCount", 1 << 20)]
    [InlineData("InitialRadius", 0)]
    [InlineData("DivergenceThreshold", double.PositiveInfinity)]
    [InlineData("StepSize", 1e-9)]
    [InlineData("Scales", 1e9)]
    public void The_ends_of_ranges_are_allowed(string name, double value) => Assert.NotNull(With(name, value));

    [Fact]
    public void Run_options_are_checked_when_set()
    {
        AssertRefused("ChainCount", 0, () => new RunOptions { ChainCount = 0 });
        AssertRefused("ChainCount", -1, () => new RunOptions { ChainCount = -1 });
        AssertRefused("WarmupCount", -1, () => new RunOptions { WarmupCount = -1 });
        AssertRefused("DrawCount", 0, () => new RunOptions { DrawCount = 0 });
        AssertRefused("Thinning", 0, () => new RunOptions { Thinning = 0 });
        AssertRefused("FirstChain", -1L, () => new RunOptions { FirstChain = -1 });
    }

    [Fact]
    public void Runs_beyond_the_streams_are_refused()
    {
        RunOptions run = new() { ChainCount = 3, DrawCount = 2, WarmupCount = 0 };
        ArgumentOutOfRangeException exception = AssertRefused(
            "FirstChain", (1L << 32) - 2, () => Sample(run with { FirstChain = (1L << 32) - 2 }));
        Assert.Contains("4294967293", exception.Message, StringComparison.Ordinal);
        Sample(run with { FirstChain = (1L << 32) - 3 });

        exception = AssertRefused("DrawCount", 1 << 30, () => Sample(run with { DrawCount = 1 << 30, Thinning = 2 }));
        Assert.Contains("2147483648", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Scales_must_fit_the_model()
    {
        HamiltonianMonteCarloOptions options = new() { Scales = [1, 2, 3] };
        using SimdEngine engine = new();
        ArgumentException exception = Assert.Throws<ArgumentException>("posterior", () => new HamiltonianMonteCarloSampler(options).Sample<float>(
            GumbelModel.Posterior(2), new RunOptions(), engine, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Contains("2 unconstrained parameters", exception.Message, StringComparison.Ordinal);
        Assert.Contains("3 scales", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Draws_are_float_or_double()
    {
        using SimdEngine engine = new();
        ArgumentException exception = Assert.Throws<ArgumentException>(
            () => new HamiltonianMonteCarloSampler().Sample<int>(
                GumbelModel.Posterior(), new RunOptions(), engine, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Contains("Int32", exception.Message, StringComparison.Ordinal);
    }

    private static HamiltonianMonteCarloOptions With(string name, double value) => name switch
    {
        "TargetAcceptance" => new() { TargetAcceptance = value },
        "PathLength" => new() { PathLength = value },
        "PathJitter" => new() { PathJitter = value },
        "MaximumLeapfrogCount" => new() { MaximumLeapfrogCount = (int)value },
        "InitialRadius" => new() { InitialRadius = value },
        "DivergenceThreshold" => new() { DivergenceThreshold = value },
        "StepSize" => new() { StepSize = value },
        "Scales" => new() { Scales = [1, value] },
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "Allowed: the names above."),
    };

    private static ArgumentOutOfRangeException AssertRefused(string name, object value, Func<object> action)
    {
        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(name, action);
        Assert.Equal(value, exception.ActualValue);
        Assert.Contains(name, exception.Message, StringComparison.Ordinal);
        return exception;
    }

    private static SamplingResult Sample(RunOptions run)
    {
        using SimdEngine engine = new();
        return new HamiltonianMonteCarloSampler().Sample<float>(
            GumbelModel.Posterior(), run, engine, cancellationToken: TestContext.Current.CancellationToken).Result;
    }
}
