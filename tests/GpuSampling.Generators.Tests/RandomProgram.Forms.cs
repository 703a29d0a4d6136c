namespace GpuSampling.Generators.Tests.Support;

/// <content>Forms of C#: recurrences over arrays, aliases, tuples, local functions, early ends, functions of fewer uses.</content>
internal sealed partial class RandomProgram
{
    private const string FormHelpers = """
            static double[] Shares(double[] values, double by)
            {
                double[] result = new double[values.Length];
                double total = 0;
                for (int h = 0; h < values.Length; h++)
                {
                    result[h] = 0.1 + Special.Logistic(values[h] + by * h);
                    total += result[h];
                }

                for (int h = 0; h < values.Length; h++)
                {
                    result[h] /= total;
                }

                return result;
            }

            static double[] Rising(double first, double step) => [first, first + step];

            static double[,] Outer(double[] u, double[] v, double by)
            {
                double[,] result = new double[3, 3];
                for (int h = 0; h < 3; h++)
                {
                    for (int q = 2; q >= 0; q--)
                    {
                        if (h == q) { result[h, q] = by; continue; }
                        result[h, q] += Math.Tanh(u[h] * v[q]);
                    }
                }

                return result;
            }

            double[,] Shifted(double[,] from, int by)
            {
                double[,] result = new double[from.GetLength(0), from.GetLength(1)];
                for (int h = 0; h < from.GetLength(0); h++)
                {
                    for (int q = 0; q < from.GetLength(1); q++)
                    {
                        result[(h + Math.Abs(by)) % 3, q] = from[h, q] - (h > q ? a : c);
                    }
                }

                return result;
            }

            static void Clip(double[] values, double by)
            {
                if (by < -0.5) { return; }
                values[0] = Math.Min(values[0], by);
                for (int h = 1; h < values.Length; h++)
                {
                    if (values[h] > by) { values[h] = by + 0.1 * values[h - 1]; continue; }
                    values[h] -= 0.1;
                }
            }

            (double First, double Second) Both(double u, double v)
            {
                if (u > v) { if (k[1] == 0) { return (v, u * b); } u -= 0.5; }
                if (u < c && v > 0.1) { return (Math.Sin(u), 0.3); }
                if (N > 3) { if (u > 0.8) { return (u - 0.8, v); } v *= 0.5; }
                return (Math.Tanh(v), Math.Tanh(u));
            }

            double Steps(double u, int n)
            {
                double r = 0.1 * u;
                if (n < 0) { return r; }
                for (int h = 0; h < n % 3; h++)
                {
                    if (r > 0.4) { if (h > 0) { continue; } r -= 0.3; }
                    if (u > r) { if (b > 0.2) { r += 0.1; continue; } r *= 0.9; }
                    r = Math.Sin(r + u);
                }

                return r + Tools.Bend(u, 3);
            }

            double Seek(double u, int n)
            {
                double r = 0.2 * u;
                for (int h = 0; h < 4; h++)
                {
                    if (r > 0.5 + 0.1 * n) { return r - b; }
                    for (int q = 0; q + 1 < N; q++)
                    {
                        if (x[q] * r > 0.9) { return Math.Tanh(r * c); }
                        if (h == n) { break; }
                        r += 0.05 * x[q];
                    }

                    r = Math.Sin(r + u);
                    if (k[1] == h && u < 0) { return u; }
                }

                return r * a;
            }
        """;

    private void FormStatement(int depth)
    {
        switch (random.Next(20))
        {
            case 15:
                string state = Name("t"), turn = Name("i");
                Line($"(double First, (double A, double[] B) Others) {state} = ({Bounded(1)}, ({Real()}, [{Real()}, {Real()}, 0.2]));");
                Line($"for (int {turn} = 0; {turn} < {Pick(["N", "3", "M && " + turn + " <= 2"])}; {turn}++)");
                Block(() =>
                {
                    counters.Add(turn);
                    Line($"{state}.Others.B[{Index(3)}] {Pick(["=", "+="])} Math.Tanh({state}.First * {Real()});");
                    Line($"if ({Condition()}) {{ {state}.Others.A {Pick(["=", "*="])} {Bounded(1)}; }}");
                    Line($"{state} = (Math.Sin({state}.First + {state}.Others.A), ({state}.Others.A * 0.5 + {state}.Others.B[{Index(3)}], {state}.Others.B));");
                    counters.Remove(turn);
                });
                Declare($"{state}.First + Math.Tanh({state}.Others.A) * {state}.Others.B[{Index(3)}]");
                break;
            case 16:
                Declare($"{IntegerName()} switch {{ {random.Next(3)} or > {random.Next(3, 7)} => {Bounded(1)}, < 0 when {Condition()} => {Real()}, not 3 => {Real()}, _ => {Bounded(1)} }}");
                break;
            case 17:
                string chosen = Declare(Bounded(1));
                Line($"switch ({IntegerName()})");
                Line("{");
                Line($"    case {random.Next(3)}: {chosen} {Pick(["=", "*=", "-="])} {Bounded(1)}; break;");
                Line($"    case > {random.Next(4)} when {Condition()}: target += {chosen} * {Real()}; break;");
                Line($"    case < 0: case 3: {{ {chosen} = Math.Tanh({chosen} + {Real()}); break; }}");
                Line(Pick(["", $"    default: {chosen} += {Bounded(1)}; break;"]));
                Line("}");
                break;
            case 18 or 19:
                string broken = Declare(Bounded(1)), round = Name("i");
                Line($"for (int {round} = {Pick(["0", "1"])}; {Pick([$"{round} + 1 < N", $"{round} <= 5", $"M + 3 > 1 + {round}"])}; {round}++)");
                Block(() =>
                {
                    counters.Add(round);
                    Line($"if ({Pick([Condition(), DataCondition(), $"{broken} > 0.6"])}) {{ {Pick(["", $"{broken} -= 0.4; "])}break; }}");
                    Line($"{broken} = Math.Sin({broken} * 1.3 + {Real()});");
                    Line($"if ({Condition()}) {{ target += {broken} * {Real()}; {Pick(["break;", "continue;", ""])} }}");
                    Line($"target -= {Pick([$"{broken} * {broken}", Bounded(1)])};");
                    counters.Remove(round);
                });
                break;
            case 0:
                string array = Name("v"), counter = Name("i");
                Line($"double[] {array} = new double[{Pick(["N", "M + 1", "4"])}];");
                Line($"{array}[0] = {Bounded(1)};");
                Line($"for (int {counter} = 1; {counter} < {array}.Length; {counter}++)");
                Line($"    {array}[{counter}] = {Pick(["", $"0.3 * {array}[Math.Max({counter} - 2, 0)] + "])}Math.Tanh({array}[{counter} - 1] * {Real()} + x[{counter}]);");
                longer.Add(array);
                break;
            case 1 when arrays.Any(IsLocal):
                string alias = Name("v");
                Line($"double[] {alias} = {Pick([.. arrays.Where(IsLocal)])};");
                Line($"{alias}[{Index(3)}] {Pick(["=", "+=", "-=", "*="])} {Bounded(1)};");
                arrays.Add(alias);
                break;
            case 2:
                string one = Name("r");
                string carried = Declare(Bounded(1));
                Line($"foreach (double {one} in {Pick(["w", .. arrays, .. longer])})");
                Block(() =>
                {
                    Line($"{carried} = {Pick(["0.5 * ", "-", ""])}{carried} + Math.Tanh({one} * {Real()});");
                    Line($"target += {one} * {carried} / (1 + {one} * {one});");
                });
                break;
            case 3:
                string pair = Name("t");
                Line($"(double First, double Second) {pair} = {Pick([$"Both({Bounded(1)}, {Real()})", $"Both(v: {Real()}, u: {Bounded(1)})", $"({Real()}, {Bounded(1)})"])};");
                Line($"if ({Condition()}) {{ {pair} = ({pair}.Second, {Bounded(1)}); }}");
                Declare($"{pair}.First * {pair}.{Pick(["Second", "Item2"])}");
                break;
            case 4:
                string function = "Local" + Name("");
                Line($"{Pick(["static ", ""])}double {function}(double u, int n)");
                Line("{");
                Line($"    double r = {Pick(["u * u", "Math.Tanh(u)", "0.5"])};");
                Line("    for (int h = 0; h < 3; h++) { r = h == n ? r - 0.5 * u : Math.Cos(r + u); }");
                Line("    return r;");
                Line("}");
                Declare($"{function}({Bounded(1)}, {Integer()}) + {function}({Real()}, 1)");
                break;
            case 5 when ending is not null:
                Line($"if ({Condition()}) {{ {ending()} }}");
                break;
            case 6 when Locals().Count > 0:
                string local = Pick(Locals());
                Line(Pick([$"{local}++;", $"{local} /= 1 + {Square()};", $"{local}--;", $"{local} *= -0.5;"]));
                break;
            case 7 when arrays.Any(IsLocal):
                Line($"Clip({Pick([.. arrays.Where(IsLocal)])}, {Bounded(1)});");
                break;
            case 8 when arrays.Any(IsLocal):
                string into = Pick([.. arrays.Where(IsLocal)]), rest = Name("r");
                Line($"({into}[{Index(3)}], double {rest}) = Both({Bounded(1)}, {Real()});");
                Line($"(_, {into}[{random.Next(3)}]) = ({rest}, {rest} * {Real()} / (1 + {Square()}));");
                reals.Add(rest);
                break;
            case 9:
                string number = Name("n");
                Line($"int {number} = {Integer()};");
                Line($"if ({DataCondition()}) {{ {number} {Pick(["+= 2", "= -1", "-= 3", "*= 2"])}; }}{Pick(["", $" else {{ {number}++; }}"])}");
                integers.Add(number);
                break;
            case 10:
                string truth = Name("q"), other = Name("q");
                Line($"bool {truth} = {Condition()}, {other} = {DataCondition()};");
                Line($"{truth} = {truth} {Pick(["==", "!=", "&&", "|"])} {other};");
                Line($"if ({Pick(["", "!"])}{truth}) {{ target += {Bounded(1)}; }} else {{ target -= {Real()}; }}");
                break;
            case 11:
                string step = Name("r"), size = Name("n");
                Line($"const double {step} = {Pick(["0.25", "-0.5 * 3"])};");
                Line($"const int {size} = {random.Next(1, 4)};");
                integers.Add(size);
                Declare($"{step} * {Bounded(1)} + {size} / 2 * {Real()}");
                break;
            case 12 when depth > 0:
                // What is assigned where it never runs, and what depends on whether it was.
                string kept = Name("r");
                Line($"double {kept} = {Pick(["2", "0", Real()])};");
                Line($"for (int h = 0; h < 2; h++) {{ if (1.6 > 1.6) {{ {kept} = 5; }} if ({kept} < 3) {{ target += {Bounded(1)}; }} else {{ target -= Steps({Real()}, 2); }} }}");
                break;
            case 13:
                Singular();
                break;
            default:
                Declare($"{Pick(["", "0.5 * "])}{Pick(["Steps", "Seek"])}({Bounded(1)}, {Integer()})");
                break;
        }
    }

    /// <summary>Values whose derivatives are NaN or infinite where the program then chooses them away. Nothing else reads them.</summary>
    private void Singular()
    {
        string u = Name("r"), z = Name("r"), i = Name("i");
        string value = Pick([$"Math.Sqrt({u})", $"Math.Log({u}) / {u}", $"Math.Pow({u}, 0.7) * {Real()}", $"{Real()} / Math.Sqrt({u} * {u} * {u})", $"Density.Gamma({u}, 2, {Positive()})"]);
        Line($"double {u} = {Real()};");
        switch (random.Next(4))
        {
            case 0:
                Line($"double {z} = {value};");
                Line(Pick([$"target += {u} > 0.05 ? Math.Tanh({z}) : {Real()};", $"if ({u} > 0.05) {{ target -= Math.Tanh({z}); }} else {{ target += {Bounded(1)}; }}"]));
                break;
            case 1:
                Line($"double[] {z} = new double[4];");
                Line($"for (int {i} = 0; {i} < 4; {i}++) {{ {z}[{i}] {Pick(["=", "+=", "-="])} {value}; {u} -= 0.3; }}");
                Line($"for (int {i} = 3; {i} >= 0; {i}--) {{ {u} += 0.3; if ({u} > 0.05) {{ target += Math.Tanh({z}[{i}]) * {Real()}; }} }}");
                break;
            case 2:
                Line($"double {z} = {u};");
                Line($"for (int {i} = 0; {i} < N; {i}++) {{ target += {z} > 0.05 ? Math.Tanh({z}) : {Real()}; {z} = Math.Sqrt({z} - 0.2) * {Positive()}; }}");
                break;
            default:
                Line($"double {z} = {value};");
                Line($"for (int {i} = 0; {i} < {Pick(["N", "k[1]", "3"])}; {i}++) {{ if ({u} > 0.2 * {i} + 0.05) {{ {Pick(["", $"if ({DataCondition()}) {{ continue; }} "])}target += Math.Tanh({z}) * {Real()}; }} }}");
                break;
        }
    }

    private string FormExpression(int depth) => random.Next(22) switch
    {
        0 => $"Math.Floor(1.7 * {Real()} + 0.31) * {Real()}",
        1 => $"Math.Ceiling(1.7 * {Real()} + 0.31)",
        2 => $"(1.7 * {Expression(depth - 1)} + 0.31) % 0.9",
        3 => $"Math.FusedMultiplyAdd({Real()}, {Real()}, {Expression(depth - 1)})",
        4 => $"Math.Log2(1 + {Square()})",
        5 => $"Math.Log10(0.5 + {Square()})",
        6 => $"Math.Sinh(Math.Tanh({Expression(depth - 1)}))",
        7 => $"Math.Cosh(Math.Sin({Real()}))",
        8 => $"Math.Tan(0.7 * Math.Tanh({Expression(depth - 1)}))",
        9 => $"Special.LogGamma({Positive()})",
        10 => $"Special.LogNormalCdf({Expression(depth - 1)})",
        11 => $"Special.WithoutGradient({Expression(depth - 1)}) * {Real()}",
        12 => $"Special.Log1mExpNegative({Positive()})",
        13 => $"Special.LogScaledBesselI0({Positive()})",
        14 => $"Special.MultiplyLog(k[{Index(4)}], {Positive()})",
        15 => $"(double.IsNaN({Real()}) ? 1.0 : {Real()})",
        16 => $"Math.Pow({Real()}, {Pick(["3", "Math.Min(k[1], 2)", $"Math.Abs({IntegerName()}) % 4", "-2 + 4"])})",
        17 => $"{Pick(reals)} * ({Real()} > 0.2 ? 1 : {Pick(["2", "-k[0]", "N"])})",
        18 => Pick([$"Tools.Bend({Expression(depth - 1)})", $"{Pick(reals)}.Bend({random.Next(4)})"]),
        19 => $"{Pick(reals)} * Steps({Real()}, {random.Next(4)})",
        20 => $"Both({Real()}, {Expression(depth - 1)}).{Pick(["First", "Item2"])}",
        _ => $"(({DataCondition()}) switch {{ true => {Real()}, false => {Expression(depth - 1)} }})",
    };
}
