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

    /// <summary>The variable that it declares, a name that no other variable may have.</summary>
    public const string LengtheningVariable = "d";

    /// <summary>
    /// About 400 bytes of code that no lane type runs. The JIT allows a method ten times its own length in inlined code, which a
    /// call of an elementary function, a few bytes long, uses up; and it inlines short methods, parts of a divided one among them.
    /// A prohibition by attribute would make calls of them on a GPU.
    /// </summary>
    public static readonly string Lengthening =
        $"if (T.ElementBits == 0) {{ double {LengtheningVariable} = T.ElementBits; _ = {new string('(', 20)}{LengtheningVariable}{string.Concat(Enumerable.Repeat(" * 0.5 + 1.5)", 20))}; }}";

    /// <summary>What a declared variable costs.</summary>
    public const int OfVariable = 10;

    private const int Arithmetic = 10, Constant = 7, Comparison = 15, Datum = 22, OtherFunction = 40, PartCall = 100, PartArgument = 20;

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

    /// <summary>Whether the calls of elementary functions need more inlining than the code around them allows.</summary>
    public static bool ExceedsAllowance(IEnumerable<Code> body) => body.SelectMany(item => item.All()).Sum(item => item.InlinedCost) >= 1500;

    /// <summary>What the operations and calls of a line cost, and how much of it elementary functions that are inlined.</summary>
    public static (int Total, int Inlined) Of(string text)
    {
        int total = 0, inlined = 0;
        for (int i = 0; i < text.Length;)
        {
            int end = Code.WordEnd(text, i);
            if (end == i)
            {
                total += OfSign(text, i);
                i++;
                continue;
            }

            switch (text.Substring(i, end - i))
            {
                case "T" when Follows(text, end, "."):
                    total += OfOperation(text, end + 1);
                    break;
                case "position" or "gradient" or "scratch" or "outputs" when Follows(text, end, "["):
                    total += Arithmetic;
                    break;
                case "data" when Follows(text, end, ".Real("):
                    total += Datum;
                    break;
                case "Elementary" when Follows(text, end, "."):
                    int own = Inlined.TryGetValue(text.Substring(end + 1, Code.WordEnd(text, end + 1) - end - 1), out int known) ? known : 0;
                    inlined += own;
                    total += own > 0 ? own : OtherFunction;
                    break;
                default:
                    total += OfPart(text, i, end);
                    break;
            }

            i = end;
        }

        return (total, inlined);
    }

    /// <summary>Operators, which stand between spaces, and signs.</summary>
    private static int OfSign(string text, int at)
    {
        char Next(int ahead) => at + ahead < text.Length ? text[at + ahead] : '\0';
        switch (text[at])
        {
            case ' ' when Next(2) == ' ' && Next(1) is '+' or '-' or '*' or '/':
                return Arithmetic;
            case ' ' when (Next(2) == ' ' && Next(1) is '<' or '&' or '|') || (Next(3) == ' ' && Next(1) == '<' && Next(2) == '='):
                return Comparison;
            case '(' when Next(1) == '-':
            case '=' when Next(1) == ' ' && Next(2) == '-':
                return Arithmetic;
            case '!' when char.IsLetterOrDigit(Next(1)) || Next(1) == '_':
                return Comparison;
            default:
                return 0;
        }
    }

    private static int OfOperation(string text, int start)
    {
        switch (text.Substring(start, Code.WordEnd(text, start) - start))
        {
            case "Constant" or "Zero" or "One":
                return Constant;
            case "Select" or "AreEqual":
                return Comparison;
            case "Max" or "Min" or "Abs" or "Sqrt":
                return Arithmetic;
            case string other when other.StartsWith("Fused", StringComparison.Ordinal) || other.StartsWith("From", StringComparison.Ordinal)
                || other.StartsWith("Round", StringComparison.Ordinal):
                return Arithmetic;
            default:
                return 0;
        }
    }

    /// <summary>The call of another part of a divided method: arguments and results are copied.</summary>
    private static int OfPart(string text, int start, int end)
    {
        int digits = end;
        while (digits > start && char.IsDigit(text[digits - 1]))
        {
            digits--;
        }

        if (!Follows(text, end, "<") || digits == end || digits - start < 4 || !Follows(text, digits - 4, "Part")
            || text.IndexOf('>', end) is not (> 0 and int arguments) || !Follows(text, arguments, ">(") || text.IndexOf(')', arguments) is not (> 0 and int last))
        {
            return 0;
        }

        int cost = PartCall;
        for (int i = arguments; i < last; i++)
        {
            cost += text[i] == ',' ? PartArgument : 0;
        }

        return cost;
    }

    private static bool Follows(string text, int at, string what) => string.CompareOrdinal(text, at, what, 0, what.Length) == 0;
}
