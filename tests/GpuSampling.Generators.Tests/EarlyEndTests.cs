using GpuSampling.Generators.Tests.Support;

namespace GpuSampling.Generators.Tests;

/// <summary>Methods and iterations that end early on some of their paths, against the same C# run with dual numbers.</summary>
public class EarlyEndTests
{
    private const string Data = """{"N": 4, "x": [0.3, -1.2, 0.8, 1.9], "k": [1, 0, 2, 1]}""";

    /// <summary>What follows eight branches that may end is not lowered 2,000 times.</summary>
    [Theory]
    [InlineData("continue;", "for (int i = 0; i < N; i++) {", "}")]
    [InlineData("return r - b;", "", "")]
    public void Do_not_multiply_the_code_that_follows(string end, string head, string foot)
    {
        IEnumerable<string> branches = Enumerable.Range(0, 8).Select(n => n % 3 == 0
            ? $"if (k[{n} % 4] > 0) {{ if (b * x[1] < 0.1 * {n}) {{ r -= 0.1 * b; {end} }} r += Math.Sin(a + {n}); }}"
            : $"if (a > 0.1 * {n} - 0.4) {{ if (b * x[0] < 0.05 * {n}) {{ r -= 0.1 * b; {end} }} v[{n} % 2] += Math.Sin(a + r); }} else if (r > 2) {{ {end} }}");
        string source = Model($"{head} {string.Join("\n", branches)} r += Math.Sin(a) * v[1]; {foot}");
        Assert.InRange(GeneratorRun.Of(source).Sources.Single().Length, 1, 145_000);
        ModelCase.Check(source, Data, points: 20);
    }

    /// <summary>
    /// What follows a branch that may end is lowered for each way into it, so that two ways declare the same array apart where neither
    /// ends after all. It is no reassignment: nothing reads the array where the ways meet again.
    /// </summary>
    [Theory]
    [InlineData("continue;", "for (int i = 0; i < N; i++) {", "}")]
    [InlineData("return r - b;", "", "")]
    public void May_come_before_an_array_is_declared(string end, string head, string foot) => ModelCase.Check(
        Model($$"""
        {{head}}
            if (a > 0.1) { if (1.6 > 1.6) { r -= 0.1 * b; {{end}} } r += Math.Sin(a); }
            double[] u = [r, a * b];
            (double First, double Second) t = (u[0] * a, b);
            if (k[1] > 0 || b < -0.3) { if (u[0] > 0.5) { {{end}} } u[1] += Math.Sin(r); }
            double[,] w = new double[2, 2];
            w[1, 0] = u[1] * t.First;
            r += Math.Sin(w[1, 0] + t.Second) * u[0];
        {{foot}}
        """), Data, points: 20);

    [Theory]
    [InlineData("Scale(v, r); r += v[0] * v[1];", "static void Scale(double[] z, double by) { if (by < 0.2) { return; } z[0] *= by; if (by > 1) { if (z[0] > 0.1) { return; } z[1] += by; } z[1] += z[0]; }")]
    [InlineData("r = Steps(r) - Steps(b);", "double Steps(double u) { if (u > 0.1) { if (b > 0.5) { return u * b; } u -= a; } if (k[0] > 0) { if (b > 0.2) { return u * a; } u += b; } if (u > 0.3) { if (k[1] > 0) { return u - b; } u *= a; } if (u < 0.3) { if (k[2] > 1) { if (u < -1) { return u + b; } u *= a; } else { if (u < a) { return 0.1; } } } return u; }")]
    [InlineData("(double p, double q) = Pair(r); r = p - q * a;", "(double, double) Pair(double u) { if (u > 0.1) { if (b > 0.5) { return (u * b, 1); } u -= a; } if (k[0] > 0) { if (b > 0.2) { return (1, u * a); } u += b; } if (u > 0.3) { if (k[1] > 0) { return (u, u - b); } u *= a; } return (u, a); }")]
    [InlineData("r = Kind(2) * r + Kind(1) * b;", "int Kind(int n) { if (k[n] > 0) { if (N > 5) { return 3; } n++; } if (k[n] > 1) { if (k[0] > 0) { return 2; } n--; } if (n > 1) { if (k[1] > 0) { return 1; } n++; } return n; }")]
    public void May_end_methods_of_every_result(string statement, string method) => ModelCase.Check(Model(statement, method), Data, points: 20);

    private static string Model(string body, string method = "") => $$"""
        [Model]
        public partial class Ending
        {
            [Data] public required int N;
            [Data("N")] public required double[] x;
            [Data("N")] public required int[] k;
            [Parameter] double a, b;

            double LogDensity()
            {
                double r = 0.3 + a;
                double[] v = new double[2];
                v[0] = a * b;
                {{body}}
                return r - a * a - b * b;
            }

            {{method}}
        }
        """;
}
