using System.Reflection;
using GpuSampling.Modeling;

namespace GpuSampling.Generators.Tests.Support;

/// <summary>Compares a generated model with dual numbers and with central differences.</summary>
internal static class GradientCheck
{
    /// <summary>Binds, then compares value and gradient at random points of several scales.</summary>
    /// <param name="definition">The model with data.</param>
    /// <param name="dual">The same for dual numbers.</param>
    /// <param name="points">How many points.</param>
    /// <param name="seed">The seed of the points.</param>
    /// <param name="scale">The largest standard deviation of the points' coordinates.</param>
    public static void Run(object definition, DualModel dual, int points, int seed, double scale = 3)
    {
        Posterior posterior = ((IModelDefinition)definition).ToPosterior();
        foreach (double[] position in Points(posterior.Dimension, points, seed, scale))
        {
            Evaluation actual = KernelRun.At(posterior, position);
            (double value, double[] gradient) = dual.At(definition, position);
            string where = $"{posterior.Name} at [{string.Join(", ", position)}]";
            Close(value, actual.LogDensity, 1e-12, Math.Abs(actual.LogPrior) + Math.Abs(actual.LogLikelihood), $"log-density of {where}");
            double norm = gradient.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
            for (int i = 0; i < gradient.Length; i++)
            {
                Close(gradient[i], actual.Gradient[i], 1e-9, 1e-3 * norm, $"gradient {i} of {where}");
            }
        }
    }

    /// <summary>Random points, each with a larger spread than the one before.</summary>
    public static IEnumerable<double[]> Points(int dimension, int points, int seed, double scale)
    {
        var random = new System.Random(seed);
        for (int point = 0; point < points; point++)
        {
            double spread = scale * (point + 1) / points;
            yield return [.. Enumerable.Range(0, dimension).Select(_ => spread * Normal(random))];
        }
    }

    public static void Close(double expected, double actual, double tolerance, double scale, string what)
    {
        if (double.IsNaN(expected) && double.IsNaN(actual))
        {
            return;
        }

        double allowed = tolerance * (Math.Abs(expected) + scale + 1e-3);
        Assert.True(expected.Equals(actual) || Math.Abs(expected - actual) <= allowed, $"{what}: expected {expected:R}, got {actual:R}");
    }

    public static double Normal(System.Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
