using System.Globalization;

namespace GpuSampling.Generators.Tests.Support;

/// <content>Expressions and helper methods.</content>
internal sealed partial class RandomProgram
{
    /// <summary>An expression that stays within a few units, so that repetition does not overflow.</summary>
    private string Bounded(int depth) => random.Next(9) switch
    {
        0 => $"Math.Tanh({Expression(depth)})",
        1 => $"0.3 * Special.Logistic({Expression(depth)})",
        2 => $"Math.Sin({Expression(depth)})",
        3 => $"Helper({Expression(depth - 1)}, {Expression(depth - 1)})",
        5 => $"Math.Tanh({WideExpression(depth)})",
        6 => $"Math.Cos({WideExpression(depth)})",
        7 => $"Math.Sin({FormExpression(depth)})",
        8 => $"Math.Tanh({GuardExpression(depth)})",
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

    private string Real() => random.Next(13) switch
    {
        < 4 => Pick(reals),
        4 => $"x[{Index(4)}]",
        5 => $"w[{Index(3)}]",
        6 => $"m[{Index(4)}, {Index(3)}]",
        7 when arrays.Count > 0 => $"{Pick(arrays)}[{Index(3)}]",
        8 when counters.Count > 0 => Pick(counters),
        9 when matrices.Count > 0 => $"{Pick(matrices)}[{Index(3)}, {Index(3)}]",
        10 => readers[random.Next(readers.Count)](),
        11 => $"{Pick(longer)}[{Index(4)}]",
        12 when integers.Count > 2 => IntegerName(),
        _ => (0.1 * random.Next(1, 20)).ToString("0.0", CultureInfo.InvariantCulture),
    };

    private string Index(int size) => random.Next(8) switch
    {
        < 4 when counters.Count > 0 => $"{Pick(counters)} % {size}",
        4 => $"k[{random.Next(4)}] % {size}",
        5 => $"Math.Abs({IntegerName()}) % {size}",
        _ => random.Next(size).ToString(CultureInfo.InvariantCulture),
    };

    private string IntegerName() => Pick(integers);

    private string Helper() => random.Next(6) switch
    {
        0 => "    static double Helper(double u, double v) => u > v ? Math.Tanh(u) * v : u - Math.Tanh(v);",
        1 => "    double Helper(double u, double v)\n    {\n        if (u < c) { return Math.Sin(u) * Math.Tanh(v); }\n        return 0.3 * Math.Tanh(u) + Math.Cos(v);\n    }",
        2 => "    (double, double) Pair(double u, double v) => (Math.Tanh(u + c * v), Special.Logistic(v));\n    double Helper(double u, double v)\n    {\n        (double p, double q) = Pair(u, v);\n        double r = 0;\n        for (int h = 0; h < 2; h++) { r = 0.5 * r + p * q; p = q - r; }\n        return r;\n    }",

        // A parameter of the method that is assigned, and returns from branches on parameters within branches on data.
        3 => "    double Helper(double u, double v)\n    {\n        u = 0.5 * u + v;\n        if (N > 3)\n        {\n            if (u > c) { v = Math.Tanh(v); return u * v; }\n            u -= 1;\n        }\n        else\n        {\n            return u;\n        }\n        return Math.Cos(u) + 0.1 * Math.Tanh(v);\n    }",

        // Helpers of helpers, with arrays between them.
        4 => "    static double Helper(double u, double v) => Mean(Filled(Math.Tanh(u), v));",
        _ => "    double Helper(double u, double v)\n    {\n        double[] z = [u, v, u * Math.Tanh(v)];\n        double r = 0;\n        foreach (double one in z) { r += Math.Tanh(one); }\n        for (int h = 1; h < z.Length; h++) { if (k[h] == 0) { continue; } z[h] += 0.5 * z[h - 1]; }\n        return r - Math.Tanh(z[2]) * Math.Sin(z[1]);\n    }",
    };
}
