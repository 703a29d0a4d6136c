using System.Text.RegularExpressions;

namespace GpuSampling.Generators.Emission;

/// <summary>
/// How much work a line of generated code is for the JIT's inliner. Beyond 512 local variables, most of which come from inlined
/// calls, it inlines no more, and every operation on a vector becomes a call.
/// </summary>
internal static class InliningCost
{
    /// <summary>The cost up to which a method is compiled whole.</summary>
    public const int Limit = 320;

    // Operations, accesses and constants: one small call each.
    private static readonly Regex Operations = new(
        @"\bT\.(?!Zero|One)\w+|\bdata\.Real\(|\b(?:position|gradient|scratch|outputs)\[| [-+*/] |\(-|= -| [<&|] |<= |!\w", RegexOptions.CultureInvariant);

    // Calls of other parts: arguments and results are copied, and little else is inlined beside them.
    private static readonly Regex Parts = new(@"Part\d+<[^>]*>\(([^)]*)\)", RegexOptions.CultureInvariant);

    private static readonly Regex Functions = new(@"\bElementary\.(\w+)", RegexOptions.CultureInvariant);

    /// <summary>The functions that the JIT is asked to inline, by the operations that they are made of in double precision.</summary>
    private static readonly Dictionary<string, int> Inlined = new()
    {
        ["Exp"] = 62,
        ["ExpNonPositive"] = 52,
        ["Expm1"] = 72,
        ["Log"] = 72,
        ["LogOfPositiveNormal"] = 58,
        ["Log1p"] = 92,
        ["Log1pOfUnit"] = 68,
        ["Log2"] = 76,
        ["Log10"] = 76,
        ["Logistic"] = 68,
        ["LogAddExp"] = 140,
        ["Softplus"] = 124,
        ["Sinh"] = 90,
        ["Cosh"] = 90,
        ["Tanh"] = 90,
    };

    /// <summary>Whether a line calls a function that is inlined.</summary>
    public static bool HasInlinedFunction(string text) =>
        Functions.Matches(text).Cast<Match>().Any(function => Inlined.ContainsKey(function.Groups[1].Value));

    public static int Of(string text)
    {
        int cost = Operations.Matches(text).Count;
        foreach (Match function in Functions.Matches(text))
        {
            cost += Inlined.TryGetValue(function.Groups[1].Value, out int operations) ? operations : 3;
        }

        foreach (Match call in Parts.Matches(text))
        {
            cost += 100 + (3 * call.Groups[1].Value.Count(letter => letter == ','));
        }

        return cost;
    }
}
