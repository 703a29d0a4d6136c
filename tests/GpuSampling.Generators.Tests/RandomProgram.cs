using System.Globalization;
using System.Text;

namespace GpuSampling.Generators.Tests.Support;

/// <summary>
/// A random model in the subset of C# that the generator differentiates: expressions, nested loops, values carried through them,
/// sums, branches on data and on parameters, early ends, helper methods and local functions, local arrays and matrices, linear
/// algebra, tuples, integers, transformed data, parameters of every constraint, the densities of the library, generated quantities,
/// guards of what must not be evaluated.
/// </summary>
internal sealed partial class RandomProgram
{
    private readonly System.Random random;
    private readonly StringBuilder body = new();

    /// <summary>Names of numbers, of integers, and of bounded counters of loops.</summary>
    private readonly List<string> reals = ["a", "b", "s", "c"], integers = ["N", "M"], counters = [];

    /// <summary>Names of arrays of three numbers, of arrays of four, and of matrices of three by three.</summary>
    private readonly List<string> arrays = [], longer = ["x", "lx"], matrices = ["R"];

    /// <summary>Other expressions that read one number.</summary>
    private readonly List<Func<string>> readers = [];

    /// <summary>Declarations of parameters and of generated quantities.</summary>
    private readonly List<string> parameters = [], quantities = [];
    private int nameCount;
    private int indentation = 2;

    /// <summary>What ends the method early with a value; null where a loop is around.</summary>
    private Func<string>? ending;

    private RandomProgram(int seed)
    {
        random = new System.Random(seed);
        readers.AddRange([() => $"y[{Index(5)}]", () => $"B[{Index(2)}, {Index(3)}]", () => "Level", () => $"x[k[{Index(4)}]]", () => $"w[J[{Index(4)}, {Index(2)}]]"]);
    }

    /// <summary>A class of a given name.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="seed">What decides everything else.</param>
    public static string Create(string name, int seed)
    {
        var program = new RandomProgram(seed);
        program.ChooseParameters();
        string density = program.Density();
        string generate = program.random.Next(2) == 0 ? program.Generate() : "";
        string helper = program.Helper();
        return $$"""
            [Model]
            public partial class {{name}}
            {
            {{DataFields}}
                [Parameter] double a;
                [Parameter(Lower = -1, Upper = 2)] double b;
                [Parameter(Lower = 0)] double s;
                [Parameter("3")] double[] w = [];
            {{string.Concat(program.parameters.Concat(program.quantities).Select(line => "    " + line + "\n"))}}
            {{density}}

            {{generate}}
            {{helper}}
            {{ArrayHelpers}}
            {{FormHelpers}}
            {{GuardHelpers}}
            }

            static class Tools{{name}}
            {
                public static double Bend(this double u, int power = 2) => u / (1 + power * u * u);
            }
            """.Replace("Tools.", $"Tools{name}.", StringComparison.Ordinal).Replace("Bend(", $"Bend{name}(", StringComparison.Ordinal);
    }

    /// <summary>One method, or prior and likelihood apart.</summary>
    private string Density()
    {
        Line("double target = -0.5 * (a * a + b * b) - s;");
        Line("for (int i = 0; i < 3; i++)");
        Line("    target -= 0.5 * w[i] * w[i];");
        if (random.Next(4) > 0)
        {
            return Method("LogDensity", random.Next(3, 9));
        }

        string prior = Method("LogPrior", random.Next(1, 4));
        Forget();
        Line("double target = 0.1 * a;");
        return prior + "\n\n" + Method("LogLikelihood", random.Next(2, 6));
    }

    /// <summary>Begins another method.</summary>
    private void Forget()
    {
        body.Clear();
        reals.RemoveAll(real => real[0] == 'r');
        integers.RemoveAll(integer => integer[0] == 'n');
        arrays.RemoveAll(IsLocal);
        longer.RemoveAll(IsLocal);
        matrices.RemoveAll(IsLocal);
    }

    private string Method(string name, int statementCount)
    {
        DeclareLocalFunction();
        ending = () => random.Next(8) == 0 ? "return double.NegativeInfinity;" : $"return target {Pick(["+", "-"])} {Bounded(1)};";
        for (int i = 0; i < statementCount; i++)
        {
            Statement(2);
        }

        Line($"return target + {Bounded(2)};");
        return $"    double {name}()\n    {{\n{body}    }}";
    }

    private void Statement(int depth)
    {
        switch (random.Next(9))
        {
            case 0 or 1:
                WideStatement(depth);
                return;
            case 2:
                FormStatement(depth);
                return;
            case 3:
                GuardStatement(depth);
                return;
        }

        switch (random.Next(depth > 0 ? 9 : 4))
        {
            case 0:
                Declare(Bounded(2));
                break;
            case 1:
                Line($"target {(random.Next(2) == 0 ? "+=" : "-=")} {Bounded(2)};");
                break;
            case 2 when Locals().Count > 0:
                Line($"{Pick(Locals())} = {Bounded(2)};");
                break;
            case 3 when arrays.Any(IsLocal):
                Line($"{Pick([.. arrays.Where(IsLocal)])}[{Index(3)}] {(random.Next(2) == 0 ? "=" : "+=")} {Bounded(1)};");
                break;
            case 4:
                string array = Name("v");
                Line($"double[] {array} = new double[3];");
                arrays.Add(array);
                Line($"{array}[{random.Next(3)}] = {Bounded(1)};");
                break;
            case 5:
            case 6:
                Loop(depth);
                break;
            case 7:
                Branch(depth, $"k[{Index(4)}] {Pick(["==", "<", ">="])} {random.Next(3)}");
                break;
            default:
                Branch(depth, $"{Real()} {Pick(["<", ">"])} {Real()}");
                break;
        }
    }

    private void Loop(int depth)
    {
        Func<string>? outerEnding = ending;
        ending = null;
        string carried = random.Next(2) == 0 ? Declare(Bounded(1)) : "target";
        string counter = Name("i");
        Line(random.Next(4) == 0 ? $"for (int {counter} = 3; {counter} >= 0; {counter}--)" : Head(counter));
        Block(() =>
        {
            counters.Add(counter);
            if (random.Next(5) == 0)
            {
                Line($"if ({Condition()}) {{ continue; }}");
            }

            int count = random.Next(1, 4);
            for (int i = 0; i < count; i++)
            {
                Statement(depth - 1);
            }

            Line(carried == "target" ? $"target += {Bounded(2)};" : $"{carried} = 0.5 * {carried} + {Bounded(1)};");
            counters.Remove(counter);
        });
        ending = outerEnding;
    }

    private string Head(string counter)
    {
        if (random.Next(3) == 0)
        {
            switch (random.Next(7))
            {
                case 4:
                    return $"for (int {counter} = {Pick(["N", "3"])}; {counter} > {random.Next(3)}; {counter} -= 2)";
                case 5:
                    return $"for (int {counter} = Math.Max({IntegerName()} - 2, 0); {counter} < Math.Min(k[{Index(4)}] + 2, N); {counter}++)";
                case 6:
                    return $"for (int {counter} = 0; {counter} < {(longer.Count > 0 ? Pick(longer) : "x")}.Length; {counter}++)";
                case 0 when counters.Count > 0:
                    return $"for (int {counter} = 0; {counter} <= {Pick(counters)}; {counter}++)";
                case 1 when counters.Count > 0:
                    return $"for (int {counter} = {Pick(counters)}; {counter} < N; {counter}++)";
                case 2:
                    return $"for (int {counter} = {random.Next(3)}; {counter} < {random.Next(5)}; {counter} += 2)";
                default:
                    return $"for (int {counter} = N - 1; {counter} > 0; {counter} -= 1)";
            }
        }

        return $"for (int {counter} = 0; {counter} < {Pick(["N", "3", "4"])}; {counter}++)";
    }

    private void Branch(int depth, string condition)
    {
        Line($"if ({condition})");
        Block(() =>
        {
            Statement(depth - 1);
            if (counters.Count > 0 && random.Next(4) == 0)
            {
                Line($"if ({Condition()}) {{ {(random.Next(2) == 0 ? $"target -= {Real()}; " : "")}continue; }}");
                Statement(0);
            }
        });
        if (random.Next(2) == 0)
        {
            Line("else");
            Block(() => Statement(depth - 1));
        }
    }

    private void Block(Action inner)
    {
        int[] counts = [reals.Count, integers.Count, arrays.Count, longer.Count, matrices.Count];
        Line("{");
        indentation++;
        inner();
        indentation--;
        Line("}");
        List<string>[] lists = [reals, integers, arrays, longer, matrices];
        for (int i = 0; i < lists.Length; i++)
        {
            lists[i].RemoveRange(counts[i], lists[i].Count - counts[i]);
        }
    }

    private string Declare(string value)
    {
        string name = Name("r");
        Line($"double {name} = {value};");
        reals.Add(name);
        return name;
    }

    private List<string> Locals() => [.. reals.Where(name => name[0] == 'r' && !name.Contains('.', StringComparison.Ordinal))];

    private string Name(string prefix) => prefix + (++nameCount).ToString(CultureInfo.InvariantCulture);

    private string Pick(List<string> from) => from[random.Next(from.Count)];

    private void Line(string text) => body.Append(' ', 4 * indentation).Append(text).Append('\n');
}
