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

    /// <summary>Generates and compiles the model and reads its data.</summary>
    public static object Create(string source, string json)
    {
        Assembly assembly = GeneratorRun.Of(source).Load();
        Type type = assembly.GetTypes().First(one => one.GetCustomAttribute<GpuSampling.Modeling.ModelAttribute>() is not null);
        using JsonDocument document = JsonDocument.Parse(json);
        return type.GetMethod("FromJson")!.Invoke(null, [document.RootElement])!;
    }
}
