using GpuSampling.Engines;
using GpuSampling.Lattices;
using GpuSampling.Models.Tests.References;

namespace GpuSampling.Models.Tests.Lattices;

/// <summary>A small restricted Boltzmann machine against all its states. A |z| of 4.5 happens by chance once in 150,000; fixed seeds.</summary>
public sealed class RestrictedBoltzmannTests
{
    private static readonly double[,] Weights = { { 1.2, -0.7, 0.3 }, { -0.5, 0.9, -1.4 }, { 0.8, 0.2, 0.6 }, { -1.1, -0.3, 1.0 } };
    private static readonly double[] VisibleBiases = [0.2, -0.4, 0.1, 0.7];
    private static readonly double[] HiddenBiases = [-0.3, 0.5, -0.1];

    [Fact]
    public void Units_and_pairs_have_their_probabilities()
    {
        double[,] exact = Exact(1);
        double[,] wrong = Exact(-1);
        RestrictedBoltzmannOptions options = new() { ChainCount = 8192, WarmupSweeps = 100, MeasurementCount = 30, SweepsPerMeasurement = 2, Seed = 3 };
        using SimdEngine engine = new();
        RestrictedBoltzmannStates states = new RestrictedBoltzmannMachine(Weights, VisibleBiases, HiddenBiases)
            .Sample(options, engine, cancellationToken: TestContext.Current.CancellationToken);
        double worst = 0, worstOfWrong = 0;
        for (int i = 0; i <= 4; i++)
        {
            for (int j = 0; j <= 3; j++)
            {
                if (i == 4 && j == 3)
                {
                    continue;
                }

                double[] means = new double[options.ChainCount];
                for (int k = 0; k < options.ChainCount * options.MeasurementCount; k++)
                {
                    float both = (i == 4 ? 1 : states.Visible[i].Span[k]) * (j == 3 ? 1 : states.Hidden[j].Span[k]);
                    means[k % options.ChainCount] += both / (double)options.MeasurementCount;
                }

                (double mean, double error) = RunMoments.MeanOfChains(means);
                worst = Math.Max(worst, Math.Abs(mean - exact[i, j]) / error);
                worstOfWrong = Math.Max(worstOfWrong, Math.Abs(mean - wrong[i, j]) / error);
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"largest |z| {worst:F2}; with weights of the wrong sign {worstOfWrong:F1}");
        Assert.True(worst < 4.5, $"{worst}");
        Assert.True(worstOfWrong > 20, $"{worstOfWrong}");
    }

    [Fact]
    public void States_are_the_same_on_every_width()
    {
        RestrictedBoltzmannMachine machine = new(Weights, VisibleBiases, HiddenBiases);
        RestrictedBoltzmannOptions options = new() { ChainCount = 21, WarmupSweeps = 3, MeasurementCount = 5, Seed = 3 };
        using SimdEngine scalar = new(VectorWidth.Scalar, 1);
        RestrictedBoltzmannStates expected = machine.Sample(options, scalar, cancellationToken: TestContext.Current.CancellationToken);
        foreach (VectorWidth width in VectorWidths.Present)
        {
            using SimdEngine engine = new(width, 2);
            RestrictedBoltzmannStates actual = machine.Sample(options, engine, cancellationToken: TestContext.Current.CancellationToken);
            Assert.Equal(expected.Visible.SelectMany(unit => unit.ToArray()), actual.Visible.SelectMany(unit => unit.ToArray()));
            Assert.Equal(expected.Hidden.SelectMany(unit => unit.ToArray()), actual.Hidden.SelectMany(unit => unit.ToArray()));
        }
    }

    [Fact]
    public void Shapes_that_do_not_match_are_refused() =>
        Assert.Throws<ArgumentException>(() => new RestrictedBoltzmannMachine(Weights, VisibleBiases, VisibleBiases));

    /// <summary>P(v_i = h_j = 1); the last row and column those of single units.</summary>
    private static double[,] Exact(int sign)
    {
        double[,] weighted = new double[5, 4];
        double sum = 0;
        for (int state = 0; state < 1 << 7; state++)
        {
            double energy = 0;
            for (int i = 0; i < 4; i++)
            {
                energy += Unit(state, i) * VisibleBiases[i];
                for (int j = 0; j < 3; j++)
                {
                    energy += sign * Unit(state, i) * Unit(state, 4 + j) * Weights[i, j];
                }
            }

            for (int j = 0; j < 3; j++)
            {
                energy += Unit(state, 4 + j) * HiddenBiases[j];
            }

            double weight = Math.Exp(energy);
            sum += weight;
            for (int i = 0; i <= 4; i++)
            {
                for (int j = 0; j <= 3; j++)
                {
                    weighted[i, j] += weight * (i == 4 ? 1 : Unit(state, i)) * (j == 3 ? 1 : Unit(state, 4 + j));
                }
            }
        }

        for (int i = 0; i <= 4; i++)
        {
            for (int j = 0; j <= 3; j++)
            {
                weighted[i, j] /= sum;
            }
        }

        return weighted;

        static int Unit(int state, int unit) => (state >> unit) & 1;
    }
}
