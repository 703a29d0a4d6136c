using System.Text;
using System.Text.Json;

namespace GpuSampling.Diagnostics;

/// <summary>Writes a summary as JSON: the run, its warnings and its parameters.</summary>
public static class SummaryJson
{
    /// <summary>The summary as an indented JSON object; NaN becomes null, an infinite number a string.</summary>
    /// <param name="summary">The summary.</param>
    public static string Format(DiagnosticsSummary summary)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            Write(summary, writer);
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>Writes the summary as one object, which may be part of a larger document.</summary>
    /// <param name="summary">The summary.</param>
    /// <param name="writer">Receives it.</param>
    public static void Write(DiagnosticsSummary summary, Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(summary);
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteNumber("chains", summary.Chains);
        writer.WriteNumber("draws", summary.Draws);
        WriteOutcome(summary.Outcome, writer);
        writer.WriteStartArray("warnings");
        foreach (string warning in summary.Warnings)
        {
            writer.WriteStringValue(warning);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("parameters");
        foreach (ParameterSummary one in summary.Parameters)
        {
            writer.WriteStartObject();
            writer.WriteString("parameter", one.Name);
            foreach ((string name, Func<ParameterSummary, double> value) in SummaryFields.All)
            {
                writer.WritePropertyName(name);
                WriteNumber(value(one), writer);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteOutcome(SamplerOutcome? outcome, Utf8JsonWriter writer)
    {
        if (outcome is null)
        {
            return;
        }

        if (outcome.KnowsDivergences)
        {
            writer.WriteNumber("divergences", outcome.Divergences);
        }
        else
        {
            writer.WriteNull("divergences");
        }

        if (outcome.Divergences > 0)
        {
            writer.WriteString("divergence_advice", outcome.DivergenceAdvice);
        }

        writer.WriteNumber("transitions", outcome.Transitions);
        writer.WriteNumber("restarted_chains", outcome.RestartedChains);
        writer.WriteNumber("saturated_trees", outcome.SaturatedTrees);
        foreach ((string name, double value) in (ReadOnlySpan<(string, double)>)
            [("density_error", outcome.DensityError), ("round_trips", outcome.RoundTrips), ("communication_barrier", outcome.CommunicationBarrier)])
        {
            writer.WritePropertyName(name);
            WriteNumber(value, writer);
        }

        if (outcome.EnergyFractions.IsEmpty)
        {
            return;
        }

        writer.WriteStartArray("e_bfmi");
        foreach (double fraction in outcome.EnergyFractions.Span)
        {
            WriteNumber(fraction, writer);
        }

        writer.WriteEndArray();
    }

    /// <summary>Takes back what <see cref="Write"/> wrote of the sampler's outcome.</summary>
    /// <param name="summary">The object that it wrote.</param>
    /// <exception cref="KeyNotFoundException">A member is missing.</exception>
    /// <exception cref="InvalidOperationException">A member is of another kind.</exception>
    internal static SamplerOutcome ReadOutcome(JsonElement summary)
    {
        JsonElement divergences = summary.GetProperty("divergences");
        return new SamplerOutcome
        {
            KnowsDivergences = divergences.ValueKind != JsonValueKind.Null,
            Divergences = divergences.ValueKind == JsonValueKind.Null ? 0 : divergences.GetInt64(),
            DivergenceAdvice = summary.TryGetProperty("divergence_advice", out JsonElement advice) ? advice.GetString()! : Sampling.Sampler.CommonDivergenceAdvice,
            Transitions = summary.GetProperty("transitions").GetInt64(),
            RestartedChains = summary.GetProperty("restarted_chains").GetInt32(),
            SaturatedTrees = summary.GetProperty("saturated_trees").GetInt64(),
            DensityError = ReadNumber(summary.GetProperty("density_error")),
            RoundTrips = ReadNumber(summary.GetProperty("round_trips")),
            CommunicationBarrier = ReadNumber(summary.GetProperty("communication_barrier")),
            EnergyFractions = summary.TryGetProperty("e_bfmi", out JsonElement fractions) ? (double[])[.. fractions.EnumerateArray().Select(ReadNumber)] : default,
        };
    }

    private static double ReadNumber(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => double.NaN,
        JsonValueKind.String => value.GetString() == "Infinity" ? double.PositiveInfinity : double.NegativeInfinity,
        _ => value.GetDouble(),
    };

    private static void WriteNumber(double value, Utf8JsonWriter writer)
    {
        if (double.IsNaN(value))
        {
            writer.WriteNullValue();
        }
        else if (double.IsInfinity(value))
        {
            writer.WriteStringValue(value > 0 ? "Infinity" : "-Infinity");
        }
        else
        {
            writer.WriteNumberValue(value);
        }
    }
}
