namespace GpuSampling.Generators.Tests.Support;

/// <content>
/// What keeps other things from being evaluated: guards of indices, loops that do not run, sizes of arrays that are not made; and
/// what must be evaluated once and in order.
/// </content>
internal sealed partial class RandomProgram
{
    private const string GuardHelpers = """
            static double[] Turned(double[] values, double by)
            {
                Turn(values, by);
                return values;
            }

            static double Bumped(double[] values, double by)
            {
                values[0] = Math.Tanh(values[0] + by);
                return 0.5 * values[1] - values[0];
            }

            (int, int) Whole() => (N, k[1] + 3);
        """;

    /// <summary>Whether the method has a local function of the name that others have, too.</summary>
    private bool hasLocalFunction;

    /// <summary>Bodies of a local function, most of which read or assign variables of the method around it.</summary>
    private static readonly List<string> LocalBodies =
    [
        "=> Math.Tanh(u) - c;",
        "=> 0.3 * u * b / (1 + u * u);",
        "{ u -= s; return Math.Sin(u); }",
        "=> Math.Tanh(u + r0) - 0.2 * v0[1];",
        "{ target += 0.1 * Math.Tanh(u); return Math.Sin(u - Math.Tanh(target)); }",
        "{ if (u > r0) { r0 = 0.5 * r0 + 0.1 * Math.Tanh(u); return Math.Cos(r0); } target -= 0.1 * Math.Sin(r0); return 0.3 * Math.Tanh(u + r0); }",
        "{ void Turn() { v0[1] = Math.Tanh(v0[0] + u); r0 = Math.Sin(r0 - u); } if (k[1] == 0) { Turn(); } for (int h = 0; h < 2; h++) { Turn(); } return v0[1]; }",
    ];

    private void DeclareLocalFunction()
    {
        hasLocalFunction = random.Next(2) == 0;
        if (hasLocalFunction)
        {
            Line("double r0 = 0.4 * b;");
            Line("double[] v0 = [a, 0.3, r0];");
            Line($"double Same(double u) {Pick(LocalBodies)}");
            reals.Add("r0");
            arrays.Add("v0");
        }
    }

    /// <summary>An index that is far outside of its array where the guard is false.</summary>
    private (string Guard, string Index) Sentinel()
    {
        string index = $"far[{Index(4)}]";
        return ($"{index} >= 0", index);
    }

    private string GuardedCondition()
    {
        (string guard, string index) = Sentinel();
        return random.Next(6) switch
        {
            0 => $"{guard} && w[{index}] > {Real()}",
            1 => $"{Real()} < {Real()} && {guard} && {Pick(["w", .. arrays])}[{index}] > {Real()}",
            2 => $"!({guard}) || {Real()} > x[{index}]",
            3 => $"!({guard} && {Real()} > {Real()})",
            4 => $"({Real()} > 0.3 || {guard}) && ({index} < 0 || w[{index}] < {Real()})",
            _ => $"{guard} && lx[{index}] < 0.2",
        };
    }

    private void GuardStatement(int depth)
    {
        (string guard, string index) = Sentinel();
        string outer = Name("i"), inner = Name("i"), array = Name("v");
        switch (random.Next(16))
        {
            case 14:
                // Only lanes can tell whether the index is one.
                string level = Declare($"{guard} ? {Bounded(1)} : -9");
                Line($"if ({level} > {Pick(["-1.5", "-0.2", "0.3"])}{Pick(["", $" && {Real()} > {Real()}"])})");
                Block(() =>
                {
                    Line($"target += {Bounded(1)} * w[{index}] * {Pick(["w", .. arrays])}[{index}] * m[{index}, {Index(3)}];");
                    Line(arrays.Any(IsLocal) ? $"{Pick([.. arrays.Where(IsLocal)])}[{index}] {Pick(["+=", "=", "*="])} Math.Tanh({Real()});" : $"target -= x[{index}];");
                });
                break;
            case 15 when counters.Count > 0:
                string at = Pick(counters), before = Declare($"{at} > 0 ? {Positive()} : -{Positive()}");
                Line($"target += {before} > 0 ? {Pick(longer)}[Math.Min({at}, 3) - 1] * {Pick(["w", .. arrays])}[Math.Min({at}, 3) - 1] : {Real()};");
                break;
            case 0:
                Line($"if ({guard} && {Real()} > {Real()}) {{ target += {Bounded(1)} * w[{index}] * {Pick(["w", .. arrays])}[{index}]; }}");
                break;
            case 1:
                Line($"if ({Real()} < {Real()} || {index} < 0) {{ target -= {Bounded(1)}; }} else {{ target += x[{index}] * w[{index}]; }}");
                break;
            case 2:
                // The inner loop does not run for the first index, or for the last one.
                Line($"for (int {outer} = 0; {outer} < 3; {outer}++)");
                Line("    " + Pick([$"for (int {inner} = 0; {inner} < {outer}; {inner}++)", $"for (int {inner} = {outer}; {inner} > 0; {inner}--)"]));
                Line($"        target += Math.Tanh({Pick(["w", .. arrays])}[{outer} - 1] * {Real()}) * w[{inner}] + x[{outer} - 1] * {Pick(longer)}[{inner}];");
                break;
            case 3:
                string carried = Declare(Bounded(1));
                Line($"for (int {outer} = 0; {outer} < 3; {outer}++)");
                Line($"    for (int {inner} = {outer} + 1; {inner} < 3; {inner}++)");
                Line($"        {carried} = 0.5 * {carried} + Math.Sin({Pick(["w", .. arrays])}[{outer} + 1] * {Pick(["w", .. arrays])}[{inner}] + m[{outer} + 1, {outer}]);");
                break;
            case 4:
                int less = random.Next(2, 7);
                Line($"if ({Pick(["N", "M"])} > {less})");
                Block(() =>
                {
                    Line($"double[] {array} = new double[{Pick(["N", "M + 1"])} - {less}];");
                    Line($"{array}[0] = {Bounded(1)};");
                    Line($"target += {array}[0] * {Real()};");
                });
                break;
            case 5 when arrays.Any(IsLocal):
                string changed = Pick([.. arrays.Where(IsLocal)]);
                Line($"for (int {outer} = 0; {outer} < 3; {outer}++)");
                Line($"    if ({outer} > 0 && {Real()} > {Real()}) {{ {changed}[{outer} - 1] {Pick(["+=", "=", "*="])} Math.Tanh({changed}[{outer}] + {Real()}); }}");
                break;
            case 6:
                string whole = Name("r");
                string total = Declare(Bounded(1));
                Line($"foreach (double {whole} in {Pick(["k", "far"])}) {{ {total} = Math.Sin({total} + {whole} / ({whole} * {whole} + 2)); }}");
                break;
            case 7 when arrays.Any(IsLocal):
                string one = Name("r");
                Line($"foreach (double {one} in Turned({Pick([.. arrays.Where(IsLocal)])}, {Real()})) {{ target += 0.3 * Math.Tanh({one}); }}");
                break;
            case 8 when arrays.Any(IsLocal):
                string into = Pick([.. arrays.Where(IsLocal)]);
                Line($"{into}[{Index(3)}] {Pick(["+=", "-=", "*="])} Bumped({into}, {Real()});");
                break;
            case 9 when arrays.Any(IsLocal):
                string bumped = $"Bumped({Pick([.. arrays.Where(IsLocal)])}, {Real()}) > 0.1";
                Line($"if (({Pick([Condition(), DataCondition()])}) {Pick(["&&", "||", "&"])} {bumped}) {{ target += {Bounded(1)}; }}");
                break;
            case 10:
                string first = Name("r"), second = Name("r");
                Line($"(double {first}, double {second}) = Whole();");
                Line($"{first} = Math.Tanh({first} / {second});");
                reals.AddRange([first, second]);
                break;
            case 11:
                Line($"for (int {outer} = 0; {outer} < N - {random.Next(3, 6)}; {outer}++) {{ target += {Pick(["Math.Log(a)", "Math.Sqrt(b)", Bounded(1)])}; }}");
                break;
            default:
                Branch(Math.Max(depth, 1), GuardedCondition());
                break;
        }
    }

    private string GuardExpression(int depth) => random.Next(10) switch
    {
        0 when hasLocalFunction => $"Same({Expression(depth - 1)})",
        1 => $"Math.Pow(Math.Tanh({Expression(depth - 1)}), {Pick(["17", "18", "squared", "cubed", "cubed + squared", "Math.Floor(2.5 + b)"])})",
        2 => $"Math.Pow(-{Positive()}, {Pick(["-17", "-18", "-squared", "-cubed"])})",
        3 => $"(double.IsNaN(Math.{Pick(["Max", "Min"])}({Pick([$"Math.Log({Real()}), {Real()}", $"{Real()}, Math.Log({Real()})", $"Math.Log({Real()}), 0.3"])})) ? {Real()} : {Real()})",
        4 => $"({Pick(reals)} > 0 ? Math.Max(Math.Log(0.3 + {Square()}), {Real()}) : {Real()})",
        5 => $"(double.IsNaN(Math.Clamp(Math.Log({Real()}), -1, {Pick(["1", "squared"])})) ? {Real()} : {Real()})",
        6 => $"Math.{Pick(["Floor", "Ceiling"])}({Pick([IntegerName(), $"k[{Index(4)}]"])} / {Pick(["3.0", "squared", "0.1", "49.0"])})",
        7 => $"{IntegerName()} % {Pick(["0.1", "3.0", "cubed"])}",
        8 when counters.Count > 0 => $"({Pick(counters)} > 0 && {Real()} > 0.1 ? {Real()} : {Real()})",
        _ => $"({GuardedCondition()} ? {Real()} : {Expression(depth - 1)})",
    };
}
