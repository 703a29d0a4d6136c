using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using GpuSampling.Kernels.Streams;

namespace GpuSampling.Random;

/// <content>The stream as text.</content>
public sealed partial record RandomStream : IParsable<RandomStream>
{
    private static readonly string[] FieldNames = ["seed", "purpose", "stream", "streams", "position"];

    /// <summary>All that is needed to go on elsewhere, such as
    /// <c>philox4x32-10/v1 seed=42 purpose=0 stream=7 streams=1 position=1000</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Algorithm} seed={Seed} purpose={(int)Purpose} stream={Stream} streams={StreamCount} position={Position}");

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">The text is not a stream, or of another algorithm or version.</exception>
    public static RandomStream Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0 || parts[0] != Algorithm)
        {
            throw new FormatException($"'{text}' is not a stream of {Algorithm}: streams of other algorithms or versions cannot be continued.");
        }

        Dictionary<string, ulong> fields = [];
        foreach (string part in parts.AsSpan(1))
        {
            int sign = part.IndexOf('=', StringComparison.Ordinal);
            if (sign < 0 || !ulong.TryParse(part.AsSpan(sign + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ulong value)
                || !FieldNames.Contains(part[..sign]) || !fields.TryAdd(part[..sign], value))
            {
                throw new FormatException($"'{part}' in '{text}' is not one of {string.Join("=N, ", FieldNames)}=N.");
            }
        }

        return FromFields(fields, text);
    }

    /// <inheritdoc/>
    static RandomStream IParsable<RandomStream>.Parse(string s, IFormatProvider? provider) => Parse(s);

    /// <inheritdoc/>
    static bool IParsable<RandomStream>.TryParse(
        [NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out RandomStream result) => TryParse(s, out result);

    /// <summary>Reads what <see cref="ToString"/> wrote, if it is that.</summary>
    /// <param name="text">The text.</param>
    /// <param name="stream">The stream, or null.</param>
    /// <returns>Whether the text was a stream of this version.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out RandomStream? stream)
    {
        try
        {
            stream = text is null ? null : Parse(text);
        }
        catch (FormatException)
        {
            stream = null;
        }

        return stream is not null;
    }

    internal static RandomStream FromFields(Dictionary<string, ulong> fields, string text)
    {
        foreach (string name in FieldNames)
        {
            if (!fields.ContainsKey(name))
            {
                throw new FormatException($"'{name}' is missing in '{text}'.");
            }
        }

        try
        {
            return new RandomStream(fields["seed"], fields["stream"])
            {
                Purpose = (StreamPurpose)(int)Math.Min(fields["purpose"], int.MaxValue),
                StreamCount = fields["streams"],
                Position = fields["position"],
            };
        }
        catch (ArgumentOutOfRangeException exception)
        {
            throw new FormatException($"'{text}' is not a stream: {exception.Message}", exception);
        }
    }

    internal (string Name, ulong Value)[] ToFields() =>
        [("seed", Seed), ("purpose", (ulong)Purpose), ("stream", Stream), ("streams", StreamCount), ("position", Position)];
}

/// <summary>
/// A stream in JSON: <c>{"algorithm":"philox4x32-10/v1","seed":"42","purpose":"0","stream":"7","streams":"1","position":"1000"}</c>.
/// The numbers are strings because many readers of JSON round integers of 64 bits.
/// </summary>
public sealed class RandomStreamJsonConverter : JsonConverter<RandomStream>
{
    /// <inheritdoc/>
    /// <exception cref="JsonException">The value is not a stream, or of another algorithm or version.</exception>
    public override RandomStream Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        JsonElement root = document.RootElement;
        string text = root.GetRawText();
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("algorithm", out JsonElement algorithm)
            || algorithm.ValueKind != JsonValueKind.String || algorithm.GetString() != RandomStream.Algorithm)
        {
            throw new JsonException($"{text} is not a stream of {RandomStream.Algorithm}: streams of other algorithms or versions cannot be continued.");
        }

        Dictionary<string, ulong> fields = [];
        foreach (JsonProperty property in root.EnumerateObject())
        {
            if (property.Name == "algorithm")
            {
                continue;
            }

            if (property.Value.ValueKind != JsonValueKind.String
                || !ulong.TryParse(property.Value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out ulong value))
            {
                throw new JsonException($"'{property.Name}' in {text} is not a string of decimal digits.");
            }

            fields[property.Name] = value;
        }

        try
        {
            return RandomStream.FromFields(fields, text);
        }
        catch (FormatException exception)
        {
            throw new JsonException(exception.Message, exception);
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, RandomStream value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(value);
        writer.WriteStartObject();
        writer.WriteString("algorithm", RandomStream.Algorithm);
        foreach ((string name, ulong number) in value.ToFields())
        {
            writer.WriteString(name, number.ToString(CultureInfo.InvariantCulture));
        }

        writer.WriteEndObject();
    }
}
