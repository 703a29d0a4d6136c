using Microsoft.CodeAnalysis.CSharp;

namespace GpuSampling.Generators.Emission;

/// <summary>Hands out names that are not taken.</summary>
internal sealed class Names
{
    private readonly HashSet<string> taken;

    /// <summary>For names asked for before, the first suffix that may be free.</summary>
    private readonly Dictionary<string, int> suffixes = [];

    public Names(IEnumerable<string> reserved) => taken = [.. reserved];

    /// <summary>Takes names that something else has.</summary>
    public void Take(IEnumerable<string> names) => taken.UnionWith(names);

    /// <summary>A name that is not taken yet, with a number if the one wanted is.</summary>
    /// <param name="wanted">What it begins with.</param>
    /// <param name="ending">What it ends with.</param>
    public string Unique(string wanted, string ending = "")
    {
        if (!suffixes.TryGetValue(wanted + ending, out int suffix))
        {
            suffix = 2;
        }

        string name = wanted + ending;
        for (; !taken.Add(name) || SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None; suffix++)
        {
            name = wanted + (char.IsDigit(wanted[wanted.Length - 1]) ? "_" : "") + suffix.ToString(System.Globalization.CultureInfo.InvariantCulture) + ending;
        }

        suffixes[wanted + ending] = suffix;
        return name;
    }
}
