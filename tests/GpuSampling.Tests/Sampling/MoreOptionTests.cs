using GpuSampling.Adaptation;
using GpuSampling.Lattices;
using GpuSampling.Optimization;
using GpuSampling.Sampling;

namespace GpuSampling.Tests.Sampling;

/// <summary>What the options of tempering, stochastic gradients, ensembles, lattices and annealing refuse, and how a ladder is respaced.</summary>
public sealed class MoreOptionTests
{
    public static TheoryData<string, Action> OutOfRange => new()
    {
        { "LevelCount", () => _ = new TemperingOptions { LevelCount = 1 } },
        { "LevelCount", () => _ = new TemperingOptions { LevelCount = 65 } },
        { "InverseTemperatures", () => _ = new TemperingOptions { InverseTemperatures = [1] } },
        { "Path", () => _ = new TemperingOptions { Path = (Kernels.Tempering.TemperingPath)7 } },
        { "ReferenceScale", () => _ = new TemperingOptions { ReferenceScale = 0 } },
        { "TargetAcceptance", () => _ = new TemperingOptions { TargetAcceptance = 1 } },
        { "StepSize", () => _ = new StochasticLangevinOptions { StepSize = -1 } },
        { "StepSizeDecay", () => _ = new StochasticLangevinOptions { StepSizeDecay = 1.1 } },
        { "MinibatchSize", () => _ = new StochasticHamiltonianOptions { MinibatchSize = 0 } },
        { "BlockLength", () => _ = new StochasticHamiltonianOptions { BlockLength = 65537 } },
        { "Friction", () => _ = new StochasticHamiltonianOptions { Friction = 0 } },
        { "Temperature", () => _ = new StochasticHamiltonianOptions { Temperature = double.NaN } },
        { "Scales", () => _ = new StochasticHamiltonianOptions { Scales = [1, 0] } },
        { "WidthLimit", () => _ = new EnsembleSliceOptions { WidthLimit = 0 } },
        { "StretchProbability", () => _ = new EnsembleSliceOptions { StretchProbability = 1.1 } },
        { "WalkersPerEnsemble", () => _ = new SnookerOptions { WalkersPerEnsemble = 5 } },
        { "ColourCount", () => _ = new PottsOptions { ColourCount = 1 } },
        { "Coupling", () => _ = new PottsOptions { Coupling = 11 } },
        { "ChainCount", () => _ = new RestrictedBoltzmannOptions { ChainCount = 0 } },
        { "TransitionCount", () => _ = new SimulatedAnnealingOptions { TransitionCount = 3 } },
        { "FinalInverseTemperature", () => _ = new SimulatedAnnealingOptions { FinalInverseTemperature = double.PositiveInfinity } },
    };

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void Values_out_of_range_are_refused_by_name(string name, Action set)
    {
        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(set);
        Assert.Equal(name, exception.ParamName);
        Assert.Contains("Allowed: ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ladder_is_respaced_to_equal_shares_of_the_rejections()
    {
        // In all 1.2: shares of 0.4 lie 0.4/0.6 into the first gap and, past its 0.6, 0.2/0.5 into the second.
        double[] places = TemperatureLadder.Respaced([0.6, 0.5, 0.1]);
        Assert.Equal(4, places.Length);
        Assert.Equal([0, 2.0 / 3, 1.4, 3], places, (expected, actual) => Math.Abs(expected - actual) < 1e-12);
        Assert.Equal(0.75, TemperatureLadder.At([1, 0.5, 0.2], 0.5), 1e-12);

        // Equal rejections move nothing.
        Assert.Equal([0, 1, 2, 3], TemperatureLadder.Respaced([0.3, 0.3, 0.3]), (expected, actual) => Math.Abs(expected - actual) < 1e-12);
        Assert.Equal([1, 1.0 / 32, 0], TemperatureLadder.Initial(3));
    }

    [Fact]
    public void The_evidence_is_the_product_of_mean_weights_with_an_error_from_the_ladders()
    {
        // Two ladders, two levels; weights 2 and 4, and 1 and 3 with a common factor e: means 3 and 2e.
        (double value, double error) = TemperatureLadder.LogEvidence(
            [([0, 0], [2, 4], [1, 1]), ([1, 1], [1, 3], [1, 1])]);
        Assert.Equal(Math.Log(6) + 1, value, 1e-12);

        // Deviations −1/3 − 1/2 and +1/3 + 1/2.
        Assert.Equal(Math.Sqrt(2 * 25.0 / 36 / 2), error, 1e-12);
    }
}
