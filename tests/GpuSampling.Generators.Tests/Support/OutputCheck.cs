using System.Reflection;
using GpuSampling.Modeling;

namespace GpuSampling.Generators.Tests.Support;

/// <summary>
/// Compares what a kernel writes for a draw: the parameters with the transforms of dual numbers, the generated quantities with the
/// author's own method, run as the plain C# that it is. Quantities whose names begin with "random" are left out.
/// </summary>
internal static class OutputCheck
{
    private const BindingFlags Members = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>Compares at random points.</summary>
    /// <param name="definition">The model with data, which is given the parameters of the points.</param>
    /// <param name="dual">The same for dual numbers.</param>
    /// <param name="points">How many points.</param>
    /// <param name="seed">The seed of the points.</param>
    public static void Run(object definition, DualModel dual, int points, int seed)
    {
        Posterior posterior = ((IModelDefinition)definition).ToPosterior();
        foreach (double[] position in GradientCheck.Points(posterior.Dimension, points, seed, scale: 1))
        {
            string where = $"of {posterior.Name} at [{string.Join(", ", position)}]";
            double[] outputs = KernelRun.Outputs(posterior, position);
            IReadOnlyList<double> parameters = dual.Parameters(definition, position);
            for (int i = 0; i < parameters.Count; i++)
            {
                GradientCheck.Close(parameters[i], outputs[i], 1e-11, 1, $"output {i} {where}");
            }

            FieldInfo[] quantities = [.. definition.GetType().GetFields(Members).Where(field => field.GetCustomAttribute<GeneratedAttribute>() is not null)];
            Assign(definition, outputs);
            double[][] written = [.. quantities.Select(field => Numbers(field.GetValue(definition)!))];

            // What the method leaves out stays 0, as it is in a new model.
            Assign(definition, [.. outputs.Take(parameters.Count), .. new double[outputs.Length - parameters.Count]]);
            if (definition.GetType().GetMethod("Generate", Members) is not { } generate)
            {
                Assert.Empty(quantities);
                continue;
            }

            generate.Invoke(definition, [.. generate.GetParameters().Select(_ => new RandomSource(5))]);
            for (int q = 0; q < quantities.Length; q++)
            {
                double[] expected = Numbers(quantities[q].GetValue(definition)!);
                for (int i = 0; i < expected.Length && !quantities[q].Name.StartsWith("random", StringComparison.Ordinal); i++)
                {
                    GradientCheck.Close(expected[i], written[q][i], 1e-9, 1, $"{quantities[q].Name}[{i}] {where}");
                }
            }
        }
    }

    private static void Assign(object definition, double[] outputs) =>
        definition.GetType().GetMethod("Assign")!.CreateDelegate<Assignment>(definition)(outputs);

    private static double[] Numbers(object value) => value is double number ? [number] : [.. ((Array)value).Cast<double>()];

    private delegate void Assignment(ReadOnlySpan<double> draw);
}
