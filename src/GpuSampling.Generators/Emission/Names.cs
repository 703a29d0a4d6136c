using Microsoft.CodeAnalysis.CSharp;

namespace GpuSampling.Generators.Emission;

/// <summary>Hands out names that are not taken.</summary>
internal sealed class Names
{
    private readonly HashSet<string> taken;

    public Names(IEnumerable<string> reserved) => taken = [.. reserved];

    public string Unique(string wanted)
    {
        string name = wanted;
        for (int suffix = 2; !taken.Add(name) || SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None; suffix++)
        {
            name = wanted + (char.IsDigit(wanted[wanted.Length - 1]) ? "_" : "") + suffix.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return name;
    }
}
