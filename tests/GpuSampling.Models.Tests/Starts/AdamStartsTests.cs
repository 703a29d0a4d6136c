using GpuSampling.Modeling;
using GpuSampling.Sampling;
using GpuSampling.Tests.Sampling;
using GpuSampling.TestSupport.EngineSuite;

namespace GpuSampling.Models.Tests.Starts;

/// <summary>Adam against a plain twin in 64 bits, and where it must end.</summary>
public sealed class AdamStartsTests
{
    [Theory]
    [InlineData("funnel", true)]
    [InlineData("logistic-regression", true)]
    [InlineData("banana", false)]
    public void Chains_take_the_steps_of_the_algorithm(string name, bool correctsBias)
    {
        // The third case is the control: a twin without the correction of the bias goes elsewhere.
        Posterior posterior = SuitePosteriors.Find(name);
        AdamStarts options = new() { StepCount = 40, LearningRate = 0.03, MeanDecay = 0.8, SquareDecay = 0.99 };
        double[][] from = StartRun.Of(posterior, new UniformStarts(), 9), to = StartRun.Of(posterior, options, 9);
        double largest = 0;
        for (int chain = 0; chain < 9; chain++)
        {
            double[] expected = posterior.Accept(new Twin(options, [.. from.Select(row => row[chain])], correctsBias));
            largest = Math.Max(largest, expected.Select((value, i) => Math.Abs(value - to[i][chain])).Max());
        }

        Assert.Equal(correctsBias, largest < 1e-10);
    }

    [Fact]
    public void Chains_reach_a_mode_and_start_at_the_best_point()
    {
        double[][] starts = StartRun.Of(TestTargets.CorrelatedGaussian(3), new AdamStarts { StepCount = 1500 }, 50);
        for (int i = 0; i < 3; i++)
        {
            double mean = i % 2 == 0 ? i + 1 : -(i + 1);
            Assert.All(starts[i], value => Assert.InRange(value, mean - 0.02, mean + 0.02));
        }
    }

    [Fact]
    public void Steps_beyond_where_the_density_is_defined_are_taken_back()
    {
        // log π = −x − y above 0, nothing below: uphill is towards the edge.
        double[][] starts = StartRun.Of(HalfLineModel.Posterior(0), new AdamStarts { StepCount = 300 }, 100);
        Assert.All(starts, one => Assert.All(one, value => Assert.InRange(value, 0, 2)));
        Assert.InRange(starts[0].Zip(starts[1], Math.Min).Max(), 0, 0.1);
    }

    [Fact]
    public void Arguments_are_checked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdamStarts { StepCount = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdamStarts { LearningRate = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdamStarts { MeanDecay = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdamStarts { SquareDecay = -0.1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdamStarts { Stabilizer = double.NaN });
    }

    /// <summary>Algorithm 1 of Kingma and Ba, by the book.</summary>
    private sealed class Twin(AdamStarts options, double[] theta, bool correctsBias) : IPosteriorVisitor<double[]>
    {
        public double[] Visit<TModel>(Posterior<TModel> posterior)
            where TModel : struct, GpuSampling.Kernels.Models.IModel
        {
            HostEvaluation<TModel> model = new(posterior);
            double[] gradient = new double[theta.Length], m = new double[theta.Length], v = new double[theta.Length];
            double[] best = [.. theta];
            double highest = model.LogDensityGradient(theta, gradient);
            for (int t = 1; t <= options.StepCount; t++)
            {
                for (int i = 0; i < theta.Length; i++)
                {
                    m[i] = (options.MeanDecay * m[i]) + ((1 - options.MeanDecay) * gradient[i]);
                    v[i] = (options.SquareDecay * v[i]) + ((1 - options.SquareDecay) * gradient[i] * gradient[i]);
                    double mHat = correctsBias ? m[i] / (1 - Math.Pow(options.MeanDecay, t)) : m[i];
                    double vHat = correctsBias ? v[i] / (1 - Math.Pow(options.SquareDecay, t)) : v[i];
                    theta[i] += options.LearningRate * mHat / (Math.Sqrt(vHat) + options.Stabilizer);
                }

                double density = model.LogDensityGradient(theta, gradient);
                if (density > highest)
                {
                    (highest, best) = (density, [.. theta]);
                }
            }

            return best;
        }
    }
}
