using GpuSampling.Generators.Tests.Support;
using Microsoft.CodeAnalysis;

namespace GpuSampling.Generators.Tests;

/// <summary>Operands are evaluated once and in C#'s order, functions are those that are called, numbers have the type that C# gives them.</summary>
public class EvaluationTests
{
    private const string Data = """{"N": 3, "k": [1, 4, 2], "p": 2, "q": 3, "h": 2.5, "s": 49, "x": [0.3, -1.2, 0.8]}""";

    [Fact]
    public void Functions_of_one_name_are_different_functions() => Check(
        """
        double LogPrior() { double F(double x) => -x * x; return F(a) + F(b); }
        double LogLikelihood() { double F(double x) => -9 * x * x; return F(a) + G(b); }
        double G(double x) { double F(double y) => 1 - y; return F(2 * x); }
        """,
        """
        double LogDensity() { double F(double x) => G(x) - x * x; return F(a) - b * b; }
        double G(double x) { double F(double y) => 2 * y; return F(x); }
        """);

    [Fact]
    public void Operands_are_evaluated_once_and_in_order() => Bodies(
        "foreach (double one in Cumulate(v)) { t += one * a; }",
        "for (int i = 0; i < 2; i++) { foreach (double one in Cumulate(v)) { t += one * a; } }",
        "v[0] += Bump(v); t += v[0];",
        "v[0] -= Bump(v) * a; t += v[0];",
        "v[0] *= Bump(v); t += v[0];",
        "v[1] += Bump(v); t += v[0] * v[1];",
        "Cumulate(v)[1] *= 2; t += v[1] * v[2];",
        "Cumulate(v)[1] += 2; t += v[1] * v[2];",
        "v[Count(v)] *= 3; t += v[0] * v[2];",
        "t += v[0] * Bump(v) + v[0];",
        "t += (int)N switch { 3 when false => a, _ => b };".Replace("3 when false", "2", StringComparison.Ordinal),
        "t += Count(v) switch { 1 => a, 2 => b * v[0], _ => a * b } + v[0];",
        "t += a * (Count(v) switch { 1 => 3, 2 => 5, _ => 7 });");

    [Fact]
    public void Integers_become_real_where_they_are_assigned_to_real_variables() => Bodies(
        "foreach (double one in k) { t += 0.5 * one + a * one; }",
        "double r = 1; foreach (double one in k) { r = one / r; t += a / one; } t += r * a;",
        "(double u, double v1) = Whole(); t += u / v1 * a + 0.5 * v1;",
        "double u, w1; (u, w1) = Whole(); t += u / w1 * a;",
        "(double First, double Second) pair = Whole(); t += pair.First / pair.Second * a;",
        "(int First, int Second) whole = Whole(); (double, double) pair = whole; t += pair.Item1 / pair.Item2 * a + whole.First / whole.Second;");

    /// <summary>A counter that a body changes is refused in every form of assignment.</summary>
    [Fact]
    public void Counters_are_not_assigned()
    {
        Diagnostic diagnostic = Assert.Single(GeneratorRun.Of(
            "[Model] public partial class M { [Parameter] double x; double LogDensity() { double t = 0; for (int i = 0; i < 4; i++) { (i, t) = (i + 1, t - x * x); } return t; } }").Diagnostics);
        Assert.Equal("GS0110", diagnostic.Id);
    }

    /// <summary>Powers of negative numbers exist for whole exponents, wherever the exponent comes from.</summary>
    [Fact]
    public void Powers_of_negative_numbers_are_those_of_the_runtime() => Bodies(
        "t += Math.Sin(Math.Pow(0.3 * a, 17) + Math.Pow(0.3 * b, 18)) * 0.1;",
        "t += Math.Pow(2 * a, -21) * 1e-9 + Math.Pow(a, -20) * 1e-9;",
        "t += Math.Pow(a, p) - Math.Pow(b, q) + 0.1 * Math.Pow(a * b, p + q - 1);",
        "t += Math.Pow(a, h);",
        "for (int i = 0; i < N; i++) { t += 0.1 * Math.Pow(x[i] * a, p + i) + Math.Pow(x[i], q) * b; }",
        "t += Math.Pow(a, Math.Floor(b)) * 0.1;",
        "t += Math.Pow(a * a, h) + Math.Pow(Math.Exp(b), h) + Math.Pow(Math.Abs(b) + 1, a);",
        "t += a > 0 ? Math.Pow(a, h) : b;");

    /// <summary>The larger of NaN and a number is NaN, on either side.</summary>
    [Fact]
    public void Extremes_of_numbers_that_do_not_exist_do_not_exist() => Bodies(
        "t += Math.Max(Math.Log(a), -10);",
        "t += Math.Max(-10, Math.Log(a));",
        "t -= Math.Min(Math.Log(a), 10) + Math.Min(10, Math.Sqrt(b));",
        "t += Math.Clamp(Math.Log(a), -10, 10);",
        "t += Math.Max(Math.Log(a), b) + Math.Min(a, Math.Log(b));",
        "t += Math.Max(Math.Log(a), Math.Sqrt(b));",
        "t += Math.Clamp(Math.Log(a), -Math.Exp(b), h);",
        "t += a > 0 ? Math.Max(Math.Log(a), -10) : b;",
        "for (int i = 0; i < N; i++) { t += Math.Max(x[i], a * x[i]); }");

    /// <summary>Where rounding decides, quotients are those of a division: 49 times the reciprocal of 49 is less than 1.</summary>
    [Fact]
    public void Quotients_are_exact_where_they_are_rounded() => Bodies(
        "t += a * Math.Floor(s / 49.0);",
        "t += a * (s % 49.0) + b * (-s % 49.0);",
        "t += a * Math.Ceiling(s / 49.0) + b * Math.Floor(s / (h + 46.5));",
        "t += a * (N % 0.1) + b * (-N % 0.1) + a * (N % -0.1) + (a * 100 % 0.1);",
        "double r = s / 49.0; t += a * Math.Floor(r) + r * b;",
        "for (int i = 1; i < 200; i++) { double whole = i * (1 + 0 * a); t += a * Math.Floor(whole / i) + b * (whole % i); }");

    private static void Bodies(params string[] bodies) => Check([.. bodies.Select(body => $$"""
        double LogDensity()
        {
            double t = -a * a - b * b;
            double[] v = [a, b, 0.5];
            {{body}}
            return t;
        }
        """)]);

    private static void Check(params string[] members) => ModelCase.CheckAll(Data, [.. members.Select((text, n) => $$"""
        [Model]
        public partial class Evaluated{{n}}
        {
            [Data] public required int N;
            [Data("N")] public required int[] k;
            [Data] public required double p, q, h, s;
            [Data("N")] public required double[] x;
            [Parameter] double a, b;
            {{text}}

            static double[] Cumulate(double[] values)
            {
                for (int h = 1; h < values.Length; h++) { values[h] += values[h - 1]; }
                return values;
            }

            static double Bump(double[] values)
            {
                values[0] += 2;
                return values[0] * values[1];
            }

            static int Count(double[] values)
            {
                values[0] += 2;
                return values.Length - 1;
            }

            (int, int) Whole() => (k[0], k[1]);
        }
        """)]);
}
