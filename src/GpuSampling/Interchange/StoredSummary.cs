using System.Text.Json;
using GpuSampling.Diagnostics;

namespace GpuSampling.Interchange;

/// <summary>What the summary of a folder says of its run, which the draws beside it cannot tell.</summary>
/// <param name="Sampler">The sampler's name.</param>
/// <param name="ChainsAreCoupled">Whether its chains depend on one another.</param>
/// <param name="Outcome">What it reported of the run.</param>
internal sealed record StoredSummary(string Sampler, bool ChainsAreCoupled, SamplerOutcome Outcome)
{
    /// <summary>The file's name in a folder of results.</summary>
    public const string FileName = "summary.json";

    /// <summary>Reads the summary beside draws.</summary>
    /// <param name="path">The file.</param>
    /// <param name="draws">The draws.</param>
    /// <returns>What it says; null for summaries of versions that wrote less.</returns>
    /// <exception cref="InvalidDataException">It is no summary, or that of other draws.</exception>
    public static StoredSummary? Read(string path, StoredDraws draws)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            using JsonDocument document = JsonDocument.Parse(stream);
            JsonElement root = document.RootElement;
            if (!root.TryGetProperty("chains_are_coupled", out JsonElement areCoupled) || !root.TryGetProperty("summary", out JsonElement summary))
            {
                return null;
            }

            string[] names = [.. summary.GetProperty("parameters").EnumerateArray().Select(one => one.GetProperty("parameter").GetString()!)];
            (int chains, int drawCount) = (summary.GetProperty("chains").GetInt32(), summary.GetProperty("draws").GetInt32());
            if (chains != draws.Chains || drawCount != draws.Draws || !names.SequenceEqual(Enumerable.Range(0, draws.Parameters).Select(draws.Name)))
            {
                throw new InvalidDataException(
                    $"{path} is the summary of {names.Length} parameters ({names.FirstOrDefault()}, …) in {chains} chains of {drawCount} draws, and the draws beside it are of {draws.Parameters} ({draws.Name(0)}, …) in {draws.Chains} of {draws.Draws}: the files are of different runs.");
            }

            return new StoredSummary(root.GetProperty("sampler").GetString() ?? "", areCoupled.GetBoolean(), SummaryJson.ReadOutcome(summary));
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new InvalidDataException($"{path} is no summary of a run: {fault.Message}", fault);
        }
    }
}
