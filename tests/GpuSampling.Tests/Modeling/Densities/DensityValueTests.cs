using System.Text.Json;

namespace GpuSampling.Tests.Modeling.Densities;

/// <summary>
/// Every density against its textbook formula at 50 digits: density-values.json, written by density_values.py with mpmath. No
/// chance is involved.
/// </summary>
public sealed class DensityValueTests
{
    private static readonly Lazy<JsonElement[]> Rows = new(() =>
    {
        using Stream stream = typeof(DensityValueTests).Assembly.GetManifestResourceStream("density-values.json")!;
        return [.. JsonDocument.Parse(stream).RootElement.EnumerateArray()];
    });

    public static TheoryData<string> Names => [.. DensityFunction.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void ValuesAreThoseOfTheFormula(string name)
    {
        JsonElement[] rows = [.. Rows.Value.Where(row => row.GetProperty("density").GetString() == name)];
        Assert.True(rows.Length >= 12, $"{rows.Length} values of {name}");
        foreach (JsonElement row in rows)
        {
            double expected = row.GetProperty("value").GetDouble();
            double actual = DensityFunction.Call(name, row.GetProperty("arguments"));
            double error = Math.Abs(actual - expected) / Math.Max(1, Math.Abs(expected));
            Assert.True(error < 1e-12, $"{name}{row.GetProperty("arguments")} is {actual:R}, should be {expected:R}: error {error:E1}");
        }
    }
}
