using System.Reflection;
using System.Text.Json;
using GpuSampling.Modeling;

namespace GpuSampling.Tests.Modeling.Densities;

/// <summary>A function of <see cref="Density"/> by its name, called with arguments from JSON.</summary>
internal static class DensityFunction
{
    /// <summary>The names of all functions of <see cref="Density"/>.</summary>
    public static IEnumerable<string> Names => typeof(Density).GetMethods(BindingFlags.Public | BindingFlags.Static).Select(method => method.Name).Distinct();

    public static double Call(string name, JsonElement arguments)
    {
        JsonElement[] given = [.. arguments.EnumerateArray()];
        MethodInfo method = typeof(Density).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Single(one => one.Name == name && Fits(one.GetParameters(), given));
        object[] values = [.. method.GetParameters().Zip(given, (parameter, json) => Value(parameter.ParameterType, json))];
        return (double)method.Invoke(null, values)!;
    }

    private static bool Fits(ParameterInfo[] parameters, JsonElement[] given) =>
        parameters.Length == given.Length && parameters.Zip(given).All(pair => RankOf(pair.First.ParameterType) == RankOf(pair.Second));

    private static int RankOf(Type type) => type.IsArray ? type.GetArrayRank() : 0;

    private static int RankOf(JsonElement json) => json.ValueKind == JsonValueKind.Array ? 1 + RankOf(json[0]) : 0;

    private static object Value(Type type, JsonElement json) =>
        type == typeof(int) ? json.GetInt32()
        : type == typeof(double) ? json.GetDouble()
        : type == typeof(int[]) ? json.EnumerateArray().Select(one => one.GetInt32()).ToArray()
        : type == typeof(double[]) ? json.EnumerateArray().Select(one => one.GetDouble()).ToArray()
        : Matrix(json);

    private static double[,] Matrix(JsonElement json)
    {
        var matrix = new double[json.GetArrayLength(), json[0].GetArrayLength()];
        for (int i = 0; i < matrix.GetLength(0); i++)
        {
            for (int j = 0; j < matrix.GetLength(1); j++)
            {
                matrix[i, j] = json[i][j].GetDouble();
            }
        }

        return matrix;
    }
}
