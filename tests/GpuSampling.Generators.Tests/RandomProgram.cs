using System.Globalization;
using System.Text;

namespace GpuSampling.Generators.Tests.Support;

/// <summary>
/// A random model in the subset of C# that the generator differentiates: expressions, nested loops, values carried through them,
/// sums, branches on data and on parameters, conditional expressions, helper methods, local arrays.
/// </summary>
internal sealed class RandomProgram
{
    private readonly System.Random random;
    private readonly StringBuilder body = new();
    private readonly List<string> reals = ["a", "b", "s", "c"];
    private readonly List<string> counters = [];
    private readonly List<string> arrays = [];
    private int nameCount;
    private int indentation = 2;

    private RandomProgram(int seed) => random = new System.Random(seed);

    /// <summary>The data that every program reads.</summary>
    public const string Data = """{"N": 4, "c": 0.7, "x": [0.3, -1.2, 0.8, 1.9], "k": [1, 0, 2, 1], "m": [[0.1, 0.9, -0.4], [1.1, -0.2, 0.5], [0.7, 0.6, -1.3], [-0.8, 0.2, 0.4]]}""";

    /// <summary>A class of a given name.</summary>
    public static string Create(string name, int seed)
    {
        var program = new RandomProgram(seed);
        program.Line("double target = -0.5 * (a * a + b * b) - s;");
        program.Line("for (int i = 0; i < 3; i++)");
        program.Line("    target -= 0.5 * w[i] * w[i];");
        int count = program.random.Next(3, 9);
        for (int i = 0; i < count; i++)
        {
            program.Statement(2);
        }

        program.Line($"return target + {program.Bounded(2)};");
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

                double LogDensity()
                {
            {{program.body}}
                }

            {{helper}}
            }
            """;
    }

    private string Helper() => random.Next(3) switch
    {
        0 => "    static double Helper(double u, double v) => u > v ? Math.Tanh(u) * v : u - Math.Tanh(v);",
        1 => "    double Helper(double u, double v)\n    {\n        if (u < c) { return Math.Sin(u) * Math.Tanh(v); }\n        return 0.3 * Math.Tanh(u) + Math.Cos(v);\n    }",
        _ => "    (double, double) Pair(double u, double v) => (Math.Tanh(u + c * v), Special.Logistic(v));\n    double Helper(double u, double v)\n    {\n        (double p, double q) = Pair(u, v);\n        double r = 0;\n        for (int h = 0; h < 2; h++) { r = 0.5 * r + p * q; p = q - r; }\n        return r;\n    }",
    };

    private void Statement(int depth)
    {
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
            case 3 when arrays.Count > 0:
                Line($"{Pick(arrays)}[{Index(3)}] {(random.Next(2) == 0 ? "=" : "+=")} {Bounded(1)};");
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
        Line(random.Next(4) == 0 ? $"for (int {counter} = 3; {counter} >= 0; {counter}--)" : $"for (int {counter} = 0; {counter} < {Pick(["N", "3", "4"])}; {counter}++)");
        Block(() =>
        {
            counters.Add(counter);
            int count = random.Next(1, 4);
            for (int i = 0; i < count; i++)
            {
                Statement(depth - 1);
            }

            Line(carried == "target" ? $"target += {Bounded(2)};" : $"{carried} = 0.5 * {carried} + {Bounded(1)};");
            counters.Remove(counter);
        });
    }

    private void Branch(int depth, string condition)
    {
        Line($"if ({condition})");
        Block(() => Statement(depth - 1));
        if (random.Next(2) == 0)
        {
            Line("else");
            Block(() => Statement(depth - 1));
        }
    }

    private void Block(Action inner)
    {
        int realCount = reals.Count, arrayCount = arrays.Count;
        Line("{");
        indentation++;
        inner();
        indentation--;
        Line("}");
        reals.RemoveRange(realCount, reals.Count - realCount);
        arrays.RemoveRange(arrayCount, arrays.Count - arrayCount);
    }

    private string Declare(string value)
    {
        string name = Name("r");
        Line($"double {name} = {value};");
        reals.Add(name);
        return name;
    }

    /// <summary>An expression that stays within a few units, so that repetition does not overflow.</summary>
    private string Bounded(int depth) => random.Next(5) switch
    {
        0 => $"Math.Tanh({Expression(depth)})",
        1 => $"0.3 * Special.Logistic({Expression(depth)})",
        2 => $"Math.Sin({Expression(depth)})",
        3 => $"Helper({Expression(depth - 1)}, {Expression(depth - 1)})",
        _ => $"{Expression(depth)} / (1 + {Square()})",
    };

    private string Square()
    {
        string real = Real();
        return $"{real} * {real}";
    }

    private string Expression(int depth)
    {
        if (depth <= 0)
        {
            return Real();
        }

        string left = Expression(depth - 1), right = Expression(depth - 1);
        return random.Next(11) switch
        {
            0 => $"({left} + {right})",
            1 => $"({left} - {right})",
            2 or 3 => $"{left} * {right}",
            4 => $"Math.Exp(-Math.Abs({left}))",
            5 => $"Special.Softplus({left})",
            6 => $"Math.Max({left}, {right})",
            7 => $"({left} < {right} ? {left} : {Real()})",
            8 => $"Math.Sqrt(1 + {Square()})",
            9 => $"Math.Log(2 + Math.Tanh({left}))",
            _ => $"-{Real()}",
        };
    }

    private string Real() => random.Next(10) switch
    {
        < 4 => Pick(reals),
        4 => $"x[{Index(4)}]",
        5 => $"w[{Index(3)}]",
        6 => $"m[{Index(4)}, {Index(3)}]",
        7 when arrays.Count > 0 => $"{Pick(arrays)}[{Index(3)}]",
        8 when counters.Count > 0 => Pick(counters),
        _ => (0.1 * random.Next(1, 20)).ToString("0.0", CultureInfo.InvariantCulture),
    };

    private string Index(int size) => counters.Count > 0 && random.Next(2) == 0
        ? $"{Pick(counters)} % {size}"
        : random.Next(size).ToString(CultureInfo.InvariantCulture);

    private List<string> Locals() => [.. reals.Where(name => name[0] == 'r')];

    private string Name(string prefix) => prefix + (++nameCount).ToString(CultureInfo.InvariantCulture);

    private string Pick(List<string> from) => from[random.Next(from.Count)];

    private void Line(string text) => body.Append(' ', 4 * indentation).Append(text).Append('\n');
}
