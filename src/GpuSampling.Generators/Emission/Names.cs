using Microsoft.CodeAnalysis.CSharp;

namespace GpuSampling.Generators.Emission;

/// <summary>Hands out names that are not taken.</summary>
internal sealed class Names
{
    private readonly HashSet<string> taken;

    /// <summary>For names asked for before, the first suffix that may be free.</summary>
    private readonly Dictionary<string, int> suffixes = [];

    public Names(IEnumerable<string> reserved) => taken = [.. reserved];

    public string Unique(string wanted)
    {
        if (!suffixes.TryGetValue(wanted, out int suffix))
        {
            suffix = 2;
        }

        string name = wanted;
        for (; !taken.Add(name) || SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None; suffix++)
        {
            name = wanted + (char.IsDigit(wanted[wanted.Length - 1]) ? "_" : "") + suffix.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        suffixes[wanted] = suffix;
        return name;
    }
}
