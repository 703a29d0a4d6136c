using System.Reflection;
using System.Text.Json;

namespace GpuSampling.Generators.Tests.Support;

/// <summary>A model in source text together with its data in JSON.</summary>
internal static class ModelCase
{
    /// <summary>Generates and compiles the model, binds the data, and compares value and gradient with dual numbers.</summary>
    public static object Check(string source, string json, int points = 100, int seed = 1, double scale = 3)
    {
        object model = Create(source, json);
        string name = model.GetType().Name;
        GradientCheck.Run(model, DualModel.Compile(source)[name], points, seed, scale);
        return model;
    }

    /// <summary>
    /// Checks several models in one compilation, whose start costs more than they do: values, gradients and outputs, and that
    /// registers of every width compute the same bits.
    /// </summary>
    /// <param name="json">The data of all of them.</param>
    /// <param name="sources">The models, of different names.</param>
    public static void CheckAll(string json, params string[] sources)
    {
        GeneratorRun run = GeneratorRun.OfShortLived(sources);
        Assembly assembly = run.Load();
        IReadOnlyDictionary<string, DualModel> duals = DualModel.CompileShortLived(sources);
        using JsonDocument document = JsonDocument.Parse(json);
        var faults = new List<string>();
        foreach (string name in duals.Keys)
        {
            try
            {
                object model = assembly.GetType(name)!.GetMethod("FromJson")!.Invoke(null, [document.RootElement])!;
                GradientCheck.Run(model, duals[name], points: 20, seed: 1);
                OutputCheck.Run(model, duals[name], points: 10, seed: 2);
                GpuSampling.Modeling.Posterior posterior = ((GpuSampling.Modeling.IModelDefinition)model).ToPosterior();
                LaneBits.AssertSameForAllWidths(posterior, [.. GradientCheck.Points(posterior.Dimension, 16, seed: 3, scale: 1)]);
            }
            catch (Exception fault)
            {
                faults.Add($"{name}: {fault.GetType().Name}: {(fault.InnerException ?? fault).Message}");
            }
        }

        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }

    /// <summary>Generates and compiles the model and reads its data.</summary>
    public static object Create(string source, string json)
    {
        Assembly assembly = GeneratorRun.Of(source).Load();
        Type type = assembly.GetTypes().First(one => one.GetCustomAttribute<GpuSampling.Modeling.ModelAttribute>() is not null);
        using JsonDocument document = JsonDocument.Parse(json);
        return type.GetMethod("FromJson")!.Invoke(null, [document.RootElement])!;
    }
}
