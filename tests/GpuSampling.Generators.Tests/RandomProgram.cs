using System.Globalization;
using System.Text;

namespace GpuSampling.Generators.Tests.Support;

/// <summary>
/// A random model in the subset of C# that the generator differentiates: expressions, nested loops, values carried through them,
/// sums, branches on data and on parameters, conditional expressions, helper methods, local arrays and matrices, constrained
/// parameters, densities.
/// </summary>
internal sealed partial class RandomProgram
{
    private readonly System.Random random;
    private readonly StringBuilder body = new();
    private readonly List<string> reals = ["a", "b", "s", "c"];
    private readonly List<string> counters = [];
    private readonly List<string> arrays = [];
    private readonly List<string> matrices = [];
    private readonly List<string> parameters = [];
    private readonly bool isWide;
    private int nameCount;
    private int indentation = 2;

    private RandomProgram(int seed, bool isWide)
    {
        random = new System.Random(seed);
        this.isWide = isWide;
    }

    /// <summary>The data that every program reads.</summary>
    public const string Data = """{"N": 4, "c": 0.7, "x": [0.3, -1.2, 0.8, 1.9], "k": [1, 0, 2, 1], "m": [[0.1, 0.9, -0.4], [1.1, -0.2, 0.5], [0.7, 0.6, -1.3], [-0.8, 0.2, 0.4]]}""";

    /// <summary>A class of a given name.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="seed">What decides everything else.</param>
    /// <param name="isWide">Whether it may hold matrices, densities and constraints too.</param>
    public static string Create(string name, int seed, bool isWide = true)
    {
        var program = new RandomProgram(seed, isWide);
        if (isWide)
        {
            program.ChooseParameters();
        }

        string density = program.Density();
        string helper = program.Helper();
        return $$"""
            [Model]
            public partial class {{name}}
            {
                [Data] public required int N;
                [Data] public required double c;
                [Data("N")] public required double[] x;
                [Data("N")] public required int[] k;
                [Data("N", "3")] public required double[,] m;
                [Parameter] double a;
                [Parameter(Lower = -1, Upper = 2)] double b;
                [Parameter(Lower = 0)] double s;
                [Parameter("3")] double[] w = [];
            {{string.Concat(program.parameters.Select(line => "    " + line + "\n"))}}
            {{density}}

            {{helper}}
            {{(isWide ? ArrayHelpers : "")}}
            }
            """;
    }

    /// <summary>One method, or prior and likelihood apart.</summary>
    private string Density()
    {
        Line("double target = -0.5 * (a * a + b * b) - s;");
        Line("for (int i = 0; i < 3; i++)");
        Line("    target -= 0.5 * w[i] * w[i];");
        if (!isWide || random.Next(4) > 0)
        {
            return Method("LogDensity", random.Next(3, 9));
        }

        string prior = Method("LogPrior", random.Next(1, 4));
        body.Clear();
        reals.RemoveAll(real => real[0] == 'r');
        arrays.RemoveAll(array => array[0] == 'v');
        matrices.RemoveAll(matrix => matrix[0] == 'g');
        Line("double target = 0.1 * a;");
        return prior + "\n\n" + Method("LogLikelihood", random.Next(2, 6));
    }

    private string Method(string name, int statementCount)
    {
        for (int i = 0; i < statementCount; i++)
        {
            Statement(2);
        }

        Line($"return target + {Bounded(2)};");
        return $"    double {name}()\n    {{\n{body}    }}";
    }

    private void Statement(int depth)
    {
        if (isWide && random.Next(4) == 0)
        {
            WideStatement(depth);
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
        string carried = random.Next(2) == 0 ? Declare(Bounded(1)) : "target";
        string counter = Name("i");
        Line(random.Next(4) == 0 ? $"for (int {counter} = 3; {counter} >= 0; {counter}--)" : Head(counter));
        Block(() =>
        {
            counters.Add(counter);
            if (isWide && random.Next(5) == 0)
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
    }

    private string Head(string counter)
    {
        if (isWide && random.Next(3) == 0)
        {
            switch (random.Next(4))
            {
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
            if (isWide && counters.Count > 0 && random.Next(4) == 0)
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
        int realCount = reals.Count, arrayCount = arrays.Count, matrixCount = matrices.Count;
        Line("{");
        indentation++;
        inner();
        indentation--;
        Line("}");
        reals.RemoveRange(realCount, reals.Count - realCount);
        arrays.RemoveRange(arrayCount, arrays.Count - arrayCount);
        matrices.RemoveRange(matrixCount, matrices.Count - matrixCount);
    }

    private string Declare(string value)
    {
        string name = Name("r");
        Line($"double {name} = {value};");
        reals.Add(name);
        return name;
    }

    private List<string> Locals() => [.. reals.Where(name => name[0] == 'r')];

    private string Name(string prefix) => prefix + (++nameCount).ToString(CultureInfo.InvariantCulture);

    private string Pick(List<string> from) => from[random.Next(from.Count)];

    private void Line(string text) => body.Append(' ', 4 * indentation).Append(text).Append('\n');
}
