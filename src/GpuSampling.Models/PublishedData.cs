using System.Text.Json;

namespace GpuSampling.Models;

/// <summary>The data that come with this library. Each file names its source in the member "source"; DATA.md tells more.</summary>
public static class PublishedData
{
    /// <summary>The data of a model.</summary>
    /// <param name="name">The model's name, as in <see cref="ReadyModel.Name"/>.</param>
    /// <returns>A JSON object.</returns>
    /// <exception cref="ArgumentException">There are no data of that name.</exception>
    public static JsonElement Read(string name)
    {
        using Stream stream = typeof(PublishedData).Assembly.GetManifestResourceStream($"{name}.json")
            ?? throw new ArgumentException($"There are no published data named '{name}'.", nameof(name));
        using JsonDocument document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }
}
