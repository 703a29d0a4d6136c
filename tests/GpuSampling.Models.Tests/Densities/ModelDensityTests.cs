using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Models.Tests.Densities;

/// <summary>Every ready model against the same density written plainly, and its gradient against differences.</summary>
public sealed class ModelDensityTests
{
    [Theory]
    [MemberData(nameof(ModelCase.Names), MemberType = typeof(ModelCase))]
    public void The_log_density_is_the_plain_one_up_to_a_constant(string name)
    {
        ModelCase one = ModelCase.Find(name);
        ModelEvaluation model = ModelEvaluation.Of<Float64>(one.Posterior);
        double constant = one.Plain.LogDensity(one.Centre) - model.LogDensity(one.Centre);
        foreach (double[] x in one.Points(200))
        {
            double expected = one.Plain.LogDensity(x);
            Assert.Equal(expected, model.LogDensity(x) + constant, 1e-12 * (1 + Math.Abs(expected) + Math.Abs(constant)));
        }
    }

    [Theory]
    [MemberData(nameof(ModelCase.Names), MemberType = typeof(ModelCase))]
    public void The_gradient_is_the_plain_one(string name)
    {
        ModelCase one = ModelCase.Find(name);
        ModelEvaluation model = ModelEvaluation.Of<Float64>(one.Posterior);
        foreach (double[] x in one.Points(200))
        {
            AssertClose(one.Plain.Gradient(x), model.Gradient(x), 1e-11);
        }
    }

    [Theory]
    [MemberData(nameof(ModelCase.Names), MemberType = typeof(ModelCase))]
    public void The_gradient_agrees_with_differences(string name)
    {
        ModelCase one = ModelCase.Find(name);
        ModelEvaluation model = ModelEvaluation.Of<Float64>(one.Posterior);
        Assert.All(one.Points(60), x => Assert.InRange(GradientError(model.LogDensity, x, model.Gradient(x)), 0, 1));

        // The same check finds one derivative that is wrong by a thousandth, or has the wrong sign.
        double[] point = one.Points(1).Single();
        for (int i = 0; i < model.Dimension; i++)
        {
            foreach (double factor in (double[])[1.001, -1])
            {
                double[] wrong = model.Gradient(point);
                wrong[i] *= factor;
                Assert.True(GradientError(model.LogDensity, point, wrong) > 1, $"Derivative {i} times {factor} was not noticed.");
            }
        }
    }

    [Theory]
    [MemberData(nameof(ModelCase.Names), MemberType = typeof(ModelCase))]
    public void The_likelihood_is_the_sum_over_any_ranges_of_terms(string name)
    {
        ModelCase one = ModelCase.Find(name);
        ModelEvaluation model = ModelEvaluation.Of<Float64>(one.Posterior);
        System.Random random = new(77);
        foreach (double[] x in one.Points(40))
        {
            double[] start = [.. x.Select(_ => random.NextDouble())];
            double[] whole = [.. start], parts = [.. start];
            double value = model.LogLikelihoodGradient(x, whole, 0, model.DataTermCount);
            double sum = 0, sumWithoutGradient = 0;
            for (int first = 0; first < model.DataTermCount;)
            {
                int count = random.Next(0, Math.Min(20, model.DataTermCount - first) + 1);
                sum += model.LogLikelihoodGradient(x, parts, first, count);
                sumWithoutGradient += model.LogLikelihood(x, first, count);
                first += count;
            }

            double tolerance = 1e-12 * (1 + Math.Abs(value));
            Assert.Equal(value, sum, tolerance);
            Assert.Equal(value, sumWithoutGradient, tolerance);
            Assert.Equal(value, model.LogLikelihood(x, 0, model.DataTermCount), tolerance);
            Assert.Equal(0, model.LogLikelihood(x, 0, 0));
            AssertClose(whole, parts, 1e-12);
        }
    }

    [Theory]
    [MemberData(nameof(ModelCase.Names), MemberType = typeof(ModelCase))]
    public void The_outputs_are_the_constrained_parameters(string name)
    {
        ModelCase one = ModelCase.Find(name);
        ModelEvaluation model = ModelEvaluation.Of<Float64>(one.Posterior);
        Assert.All(one.Points(50), x => AssertClose(one.Plain.Outputs(x), model.Outputs(x), 1e-14));
    }

    [Theory]
    [MemberData(nameof(ModelCase.Names), MemberType = typeof(ModelCase))]
    public void Single_precision_agrees_to_its_rounding(string name)
    {
        ModelCase one = ModelCase.Find(name);
        ModelEvaluation model = ModelEvaluation.Of<Float32>(one.Posterior);
        double constant = one.Plain.LogDensity(one.Centre) - model.LogDensity(one.Centre);
        foreach (double[] point in one.Points(200))
        {
            double[] x = [.. point.Select(coordinate => (double)(float)coordinate)];
            double expected = one.Plain.LogDensity(x);
            Assert.Equal(expected, model.LogDensity(x) + constant, 1e-5 * (1 + Math.Abs(expected) + Math.Abs(constant)));
            AssertClose(one.Plain.Gradient(x), model.Gradient(x), 1e-5);
        }
    }

    /// <summary>The largest deviation of a gradient from differences of fourth order, in units of what they can be off.</summary>
    private static double GradientError(Func<double[], double> logDensity, double[] x, double[] gradient)
    {
        double largest = 0;
        double scale = Math.Abs(logDensity(x)) + gradient.Max(Math.Abs);
        for (int i = 0; i < x.Length; i++)
        {
            double h = 1e-3;
            double near = At(h) - At(-h), far = At(2 * h) - At(-2 * h);
            double difference = ((8 * near) - far) / (12 * h);
            largest = Math.Max(largest, Math.Abs(difference - gradient[i]) / (1e-10 + (1e-8 * Math.Abs(gradient[i])) + (1e-11 * scale)));

            double At(double offset)
            {
                double[] moved = [.. x];
                moved[i] += offset;
                return logDensity(moved);
            }
        }

        return largest;
    }

    /// <summary>Fails unless two vectors agree relative to the largest element.</summary>
    private static void AssertClose(double[] expected, double[] actual, double relative)
    {
        Assert.Equal(expected.Length, actual.Length);
        double scale = 1 + expected.Max(Math.Abs);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, relative * scale));
    }
}
