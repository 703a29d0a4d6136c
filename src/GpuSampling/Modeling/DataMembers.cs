using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;

namespace GpuSampling.Modeling;

/// <summary>The members of a JSON object of data: a name that the model does not know is more likely misspelt than meant.</summary>
public static class DataMembers
{
    /// <summary>A member that every object of data may have: where the data come from, for people.</summary>
    public const string Source = "source";

    /// <summary>The names of the data of a class marked [Model]: its fields marked [Data].</summary>
    /// <param name="model">The class.</param>
    public static IReadOnlyList<string> Of(
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.NonPublicFields)] Type model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return
        [
            .. model.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                .Where(field => field.IsDefined(typeof(DataAttribute), inherit: false)).Select(field => field.Name),
        ];
    }

    /// <summary>Throws where an object has a member that is not among those a model knows, and names the one that is most like it.</summary>
    /// <param name="json">The data; what is no object is left to those who read it.</param>
    /// <param name="known">The names that the model knows, beside <see cref="Source"/>.</param>
    /// <exception cref="ArgumentException">There is one.</exception>
    public static void RefuseUnknown(JsonElement json, IReadOnlyList<string> known)
    {
        ArgumentNullException.ThrowIfNull(known);
        if (json.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (JsonProperty member in json.EnumerateObject())
        {
            if (member.Name == Source || known.Contains(member.Name))
            {
                continue;
            }

            string? nearest = known.OrderBy(name => Distance(name, member.Name)).FirstOrDefault();
            string guess = nearest is not null && Distance(nearest, member.Name) <= Math.Max(2, nearest.Length / 3) ? $" (is \"{nearest}\" meant?)" : string.Empty;
            string allowed = known.Count == 0 ? "this model takes no data" : $"allowed are {string.Join(", ", known)}";
            throw new ArgumentException($"The data have a member \"{member.Name}\", which the model does not know{guess}; {allowed}, and {Source} for a note.", nameof(json));
        }
    }

    /// <summary>The fewest letters to insert, delete or replace to make one word the other, whatever their case (Levenshtein 1966), underscores aside.</summary>
    private static int Distance(string first, string second)
    {
        (string a, string b) = (Plain(first), Plain(second));
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 0; i < a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i + 1;
            for (int j = 0; j < b.Length; j++)
            {
                int above = row[j + 1];
                row[j + 1] = Math.Min(Math.Min(above, row[j]) + 1, diagonal + (a[i] == b[j] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[b.Length];
    }

    private static string Plain(string name) => name.Replace("_", string.Empty, StringComparison.Ordinal).ToUpperInvariant();
}
