using System.Text.RegularExpressions;

namespace GpuSampling.Generators.Emission;

/// <summary>
/// How many local variables a line of generated code becomes in the JIT, in tenths. Beyond 512, most of which come from inlined
/// calls, it inlines no more, and every operation on a vector becomes a call. Measured on .NET 10 by repeating each operation
/// until the first call appeared.
/// </summary>
internal static class InliningCost
{
    /// <summary>The cost up to which a method is compiled whole.</summary>
    public const int Limit = 3400;

    /// <summary>What <see cref="Lengthening"/> is for.</summary>
    public const string LengtheningNote = "// Never runs. Its length keeps the JIT from inlining this method, and raises what it may inline here.";

    /// <summary>
    /// About 400 bytes of code that no lane type runs. The JIT allows a method ten times its own length in inlined code, which a
    /// call of an elementary function, a few bytes long, uses up; and it inlines short methods, parts of a divided one among them.
    /// A prohibition by attribute would make calls of them on a GPU.
    /// </summary>
    public static readonly string Lengthening =
        $"if (T.ElementBits == 0) {{ double d = T.ElementBits; _ = {new string('(', 20)}d{string.Concat(Enumerable.Repeat(" * 0.5 + 1.5)", 20))}; }}";

    private static readonly (Regex Pattern, int Cost)[] Operations =
    [
        (new(@"\bT\.(?:Fused|Max|Min|Abs|Sqrt|Round|From)\w*|\b(?:position|gradient|scratch|outputs)\[| [-+*/] |\(-|= -", RegexOptions.CultureInvariant), 10),
        (new(@"\bT\.(?:Constant|Zero|One)\b", RegexOptions.CultureInvariant), 7),
        (new(@"\bT\.(?:Select|AreEqual)\b| <=? | [&|] |!\w", RegexOptions.CultureInvariant), 15),
        (new(@"\bdata\.Real\(", RegexOptions.CultureInvariant), 22),
    ];

    private static readonly Regex Declarations = new(@"^(?:for \()?(?:T|int|bool|Mask<T>) \w+(?: =|;)", RegexOptions.CultureInvariant);

    // Calls of other parts: arguments and results are copied.
    private static readonly Regex Parts = new(@"Part\d+<[^>]*>\(([^)]*)\)", RegexOptions.CultureInvariant);

    private static readonly Regex Functions = new(@"\bElementary\.(\w+)", RegexOptions.CultureInvariant);

    /// <summary>The functions that the JIT inlines.</summary>
    private static readonly Dictionary<string, int> Inlined = new()
    {
        ["Exp"] = 820,
        ["ExpNonPositive"] = 720,
        ["Expm1"] = 820,
        ["Log"] = 1500,
        ["LogOfPositiveNormal"] = 1200,
        ["Log1p"] = 1500,
        ["Log1pOfUnit"] = 550,
        ["Log2"] = 1500,
        ["Log10"] = 1500,
        ["Logistic"] = 1500,
        ["LogAddExp"] = 1500,
        ["Softplus"] = 1500,
        ["Sinh"] = 1500,
        ["Cosh"] = 700,
        ["Tanh"] = 980,
        ["SinPi"] = 1200,
        ["CosPi"] = 1200,
    };

    /// <summary>Whether a line calls a function that is inlined.</summary>
    public static bool HasInlinedFunction(string text) =>
        Functions.Matches(text).Cast<Match>().Any(function => Inlined.ContainsKey(function.Groups[1].Value));

    /// <summary>Whether the calls of elementary functions need more inlining than the code around them allows.</summary>
    public static bool ExceedsAllowance(IEnumerable<Code> body) =>
        body.SelectMany(item => item.All()).Sum(item => Functions.Matches(item.Text).Cast<Match>()
            .Sum(function => Inlined.TryGetValue(function.Groups[1].Value, out int own) ? own : 0)) >= 1500;

    public static int Of(string text)
    {
        int cost = Operations.Sum(operation => operation.Cost * operation.Pattern.Matches(text).Count) + (Declarations.IsMatch(text) ? 10 : 0);
        foreach (Match function in Functions.Matches(text))
        {
            cost += Inlined.TryGetValue(function.Groups[1].Value, out int own) ? own : 40;
        }

        foreach (Match call in Parts.Matches(text))
        {
            cost += 100 + (20 * call.Groups[1].Value.Count(letter => letter == ','));
        }

        return cost;
    }
}
