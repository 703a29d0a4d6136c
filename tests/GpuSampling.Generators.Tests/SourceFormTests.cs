using GpuSampling.Generators.Tests.Support;
using Microsoft.CodeAnalysis;

namespace GpuSampling.Generators.Tests;

/// <summary>Forms of C# that authors of models write: patterns, tuples that loops carry, several limits of a loop, constants.</summary>
public class SourceFormTests
{
    private const string Data = """{"N": 4, "K": 4, "y": [0.5, -0.2, 1.1, 0.3], "grade": [1, 2, 4, 3]}""";

    /// <summary>Ordinal regression, epidemics and moving averages as they are told in C#.</summary>
    [Fact]
    public void Models_as_authors_write_them() => Check(
        """
        for (int n = 0; n < N; n++)
        {
            double theta = grade[n] switch
            {
                1 => 1 - Special.Logistic(a - c[0]),
                _ when grade[n] == K => Special.Logistic(a - c[K - 2]),
                _ => Special.Logistic(a - c[grade[n] - 2]) - Special.Logistic(a - c[grade[n] - 1]),
            };
            t += Math.Log(theta);
        }
        """,
        """
        (double S, double I) Rates((double S, double I) u) => (-0.1 * u.S * u.I * b, 0.1 * u.S * u.I * b - a * u.I);
        (double S, double I) state = (3 + b, 1);
        for (int n = 0; n < N; n++)
        {
            double before = state.S;
            for (int s = 0; s < 3; s++)
            {
                var half = Rates((state.S, state.I));
                var full = Rates((state.S + 0.1 * half.S, state.I + 0.1 * half.I));
                state = (state.S + 0.2 * full.S, state.I + 0.2 * full.I);
            }
            t += Density.Normal(y[n], before - state.S, 1);
        }
        """,
        """
        double[] err = new double[N];
        for (int n = 0; n < N; n++)
        {
            double mean = a;
            for (int p = 1; p <= 2 && p <= n; p++) mean += w[p] * y[n - p];
            for (int q = n - 1; q >= 0 && n - 3 < q; q--) mean += b * err[q];
            err[n] = y[n] - mean;
            t += Density.Normal(err[n], 0, 1);
        }
        """);

    /// <summary>What is added in ways that are not told apart is likelihood as a whole, and not prior as well.</summary>
    [Fact]
    public void Sums_without_clear_parts_are_counted_once() => Check(
        """
        void Add(double u) => t += u;
        Add(Density.Normal(a, 0, 2));
        for (int n = 0; n < N; n++) Add(Density.Normal(y[n], b, 1));
        """,
        """
        double See(double v) { t += Density.Normal(v, a, 1); return v; }
        for (int n = 0; n < N; n++) t += Density.Normal(See(y[n]), b, 2);
        """,
        """
        (double q, double r) = (Density.Normal(a, 1, 1), Density.Normal(y[0], b, 1));
        t += q;
        t += r;
        """);

    [Fact]
    public void Tuples_are_carried_and_their_items_assigned() => Check(
        """
        (double S, (double I, double R) Q) u = (a, (b, 1));
        void Move(double h) { u.S -= h * u.Q.I; u.Q.I += h * u.S; }
        for (int i = 0; i < N; i++)
        {
            u.Q.R = Math.Sin(u.Q.R + y[i]);
            if (u.S > 0.1) { u.S *= 0.5; u.Q.I++; }
            Move(0.1);
            (u.S, u.Q.R) = (u.Q.R, u.S * 0.5);
        }
        t += u.S * u.Q.I + u.Q.R;
        """,
        """
        (int K, bool Flag) k = (N, a > 0);
        k.K = 2;
        if (N > 3) k.K += 1;
        if (b > 0) k.Flag = !k.Flag;
        t += y[k.K] * a + (k.Flag ? b : 1);
        """,
        """
        (double[] V, double S, double Same) u = ([a, b], 1, b);
        for (int i = 0; i < N; i++) { u.V[i % 2] += y[i] * u.S; u.S = Math.Sin(u.S + u.V[0] * u.Same); }
        if (a > 0) { u.S = b; u.V[0] = 2 * b; }
        t += u.V[0] * u.V[1] + u.S;
        """,
        "(double Sum, double Product) both = (0, 1); for (int i = 0; i < N; i++) { both = (both.Sum + w[i], both.Product * Special.Logistic(w[i])); } t += both.Sum * a + Math.Log(both.Product);");

    [Fact]
    public void Other_forms() => Check(
        "double[,] P = { { a, 1 - a }, { b, 1 - b } }; double[,] R = new double[2, 3] { { a, 1, 2 }, { 3, b, 5 } }; for (int i = 0; 2 > i; i++) { for (int j = 2; 0 <= j; j--) { t += R[i, j] * P[i, j % 2]; } }",
        "t += y[^1] * w[^2] * a + w[^N];",
        "if (a > 0 ^ b > 0) t += w[0]; if (a > 0 ^ N > 2) t += w[1];",
        "for (int i = 0; i < N; i++) { if (grade[i] is 1 or > 3) t += w[i]; if (grade[i] is not (2 or 3) and < 4) t -= a * i; }",
        "double s = 0; for (int i = 0; i < Count; i++) { s += Scale * w[i]; } t += s * a * Elsewhere.Level + (Flag ? b : 0);");

    /// <summary>Targets and arguments are evaluated in the order in which they are written.</summary>
    [Fact]
    public void Evaluation_has_the_order_of_the_source() => Check(
        "double[] v = [a, b, 1]; int c = 0; double Next() { c += 1; return b * c; } v[c] = Next(); v[c] += Next(); v[c] -= 2 * Next(); t += v[0] - 3 * v[1] + v[2] * a;",
        "double[] v = [a, b, 1]; int c = 0; (c, v[c]) = (1, b * 3); (v[c], v[c - 1], c) = (v[c - 1], a * 2, 2); t += v[0] - 3 * v[1] + v[2] * a + c;",
        "double[,] v = { { a, b }, { 1, a } }; int c = 0; int At() { c += 1; return c - 1; } v[At(), At()] = a * c; v[At() - 2, c - 3] *= b + c; t += v[0, 0] - 3 * v[0, 1] + v[1, 0] * a;",
        "double q = a; double Next() { q *= 2; return q; } double F(double u, double v, double s) => u - v * v * s; t += F(v: Next(), s: b, u: Next()) + F(s: Next(), u: q, v: Next());",
        "double q = a; double Kept() { q += 0.5; return q; } t += (b > 0) switch { true when Kept() > 5 => 1, true => q, _ => b } + (N + 0) switch { > 5 => a, 4 when Kept() > 0 => q, _ => b };");

    /// <summary>A limit that may have no value is evaluated only where those before it let the loop begin.</summary>
    [Fact]
    public void Later_limits_depend_on_earlier_ones() => Check(
        "int E = N - 4; for (int i = 0; i < E && i < grade[E - 1]; i++) { t += w[i] * b; } for (int i = 0; i <= E && i <= grade[E]; i++) { t += w[i] * a; }",
        "int E = N - 4; for (int i = 0; i < E && i <= N / E; i++) { t += w[i] * b; } for (int i = N; i < N && i <= grade[i0()]; i++) { t += w[i]; } int i0() => N;",
        "double s = a; for (int i = N - 3; i < N && i < grade[N - 2] && i <= grade[2]; i++) { s = Math.Sin(s + w[i]); } t += s;",
        "for (int i = N - 1; i >= N && i > grade[N]; i--) { t += w[i] * a; } for (int i = N - 1; i > 0 && i >= grade[0] - 1; i--) { t += w[i] * b; }",
        "for (int i = 0; i <= int.MaxValue && i < N; i++) { t += w[i] * a; } for (int i = N - 1; i >= int.MinValue && i > 0; i--) { t += w[i] * b; }");

    [Fact]
    public void Switches_are_branches() => Check(
        "for (int n = 0; n < N; n++) { switch (grade[n]) { case 1: t += w[n] * a; break; case 2 or 3: { double u = w[n] * b; t -= u; break; } default: t += w[n]; break; } }",
        "switch (N) { case 1: t += a; break; case 2: case 4: t += b * w[0]; break; } switch (grade[2]) { case < -1: t += b; break; case > 1 when b > 0: t += b * b; break; case > 1: t -= w[1]; break; default: t += a * w[2]; break; }",
        "double Part(int n) { switch (grade[n]) { default: return a; case 4: return b; case > 2: return w[n] * a; } } for (int n = 0; n < N; n++) { t += Part(n); }",
        "for (int n = 0; n < N; n++) { switch (grade[n]) { case 2: continue; case 1: t += w[n]; break; } switch (n % 2 == 0) { case true: t += w[n] * b; break; case false: t += a; break; } t += y[n] * b; }",
        "int c = 1; int Next() { c += 2; return c; } switch (Next()) { case > 4: t += 1; break; case > 1: t += c * b; break; } t += c * a; switch (N) { }");

    /// <summary>After a break, no further iteration does anything.</summary>
    [Fact]
    public void Loops_may_break_off() => Check(
        "for (int n = 0; n < N; n++) { if (grade[n] > 2) break; t += w[n] * a; } for (int n = 0; n < N; n++) { t += w[n] * b; if (y[n] > 1) { t += a; break; } }",
        "double s = a; for (int n = 0; n < N; n++) { s = Math.Sin(s + w[n]); if (s > 0.8) { s *= b; break; } if (s < -0.9) { continue; } s += 0.1; } t += s;",
        "foreach (double one in y) { if (one < 0) { t += b; break; } t += one * a; } foreach (int one in grade) { if (one == 4) break; for (int i = 0; i < N; i++) { if (i == one) break; t += w[i] * one; } }",
        "double s = 0; for (int n = 0; n < N; n++) { switch (grade[n]) { case 1: s += w[n]; break; case 4: s += b; break; default: s *= a; break; } if (n == 2) { break; } s += 0.5; } t += s;",
        "double q = a; for (int k = 0; k < 6; k++) { double f = q * q - Math.Exp(b) - 1, step = f / (2 * q * q + 0.5); q -= step; if (Math.Abs(step) < 1e-3) break; } t += q;");

    /// <summary>Lookups, and searches that end where something is found.</summary>
    [Fact]
    public void Functions_may_return_from_loops() => Check(
        "double Interpolated(double u) { for (int i = 0; i + 1 < N; i++) { if (u < c[i % (K - 1)]) return w[i] + u * w[i + 1]; } return b; } t += Interpolated(a) * Interpolated(b + 1);",
        "double First(double level) { double s = a; foreach (double one in y) { s = Math.Sin(s + one); if (s > level) { return s * one; } s *= 0.9; } return s - level; } for (int n = 0; n < N; n++) { t += First(0.2 * n) * w[n]; }",
        "double Find(int k) { for (int i = 0; i < N; i++) { if (i == 1) continue; for (int j = 0; j < N; j++) { if (grade[j] == k + i) return w[j] * a; if (w[j] > 0.9) break; t += 0.01 * w[j] * i; } t += b; } return 1; } t += Find(3) - Find(9);",
        "void Fill(double[] v) { for (int i = 0; i < N; i++) { if (w[i] > 0.3) { return; } v[i] += w[i]; } v[0] += a; } double[] u = [a, b, 1, 2]; Fill(u); t += u[0] * u[1] - u[2] * u[3];",
        "for (int n = 0; n < N; n++) { switch (grade[n]) { case 3: return t + 5 * a; case 2: continue; } if (w[n] > 0.95) { return b; } t += w[n]; }",
        "double Root(double v) { double q = 1; for (int k = 0; k < 8; k++) { double next = 0.5 * (q + v / q); if (Math.Abs(next - q) < 1e-4) return next; q = next; } return q; } t += Root(1 + a * a) * b;");

    [Fact]
    public void Limits_of_a_counter_beside_a_constant() => Check(
        "for (int i = 0; i + 1 < N; i++) { t += w[i] * w[i + 1] * a; } for (int i = 1; N > i - 1 && 1 + i <= N; i++) { t += w[i - 1] * b; }",
        "for (int i = N - 1; i - 1 >= 0; i--) { t += w[i] * w[i - 1] * b; } for (int i = N; 0 < i - 2; i -= 1) { t += w[i - 1] * a; }");

    /// <summary>Patterns of real numbers have no twin with dual numbers: quantities are compared with plain C#.</summary>
    [Fact]
    public void Real_numbers_have_patterns_and_kinds() => ModelCase.CheckAll("{}", """
        [Model]
        public partial class Kinds
        {
            [Parameter] double a, b;
            [Generated] double kind, between, finite, infinite, sign, none, which, again, stated;
            double LogDensity() => -a * a - b * b;
            void Generate()
            {
                switch (a + b) { case < -1: stated = a; break; case > 2 when b > 0: case double.NaN: stated = b; break; case 0: break; default: stated = a * b; break; }
                double log = Math.Log(Math.Max(a, 0)), root = Math.Sqrt(a);
                kind = (a + b) switch { < -1 => a, >= -1 and < 0.5 => a * a, > 2 when b > 0 => b, not < 3 => 1, _ => Math.Sin(b) };
                double Change() { again = 20; return -1; }
                between = a is > 0 and < 1 ? 1 : a is 0 ? 2 : 3;
                finite = double.IsFinite(log) ? 1 : double.IsFinite(root) ? 2 : 3;
                infinite = double.IsInfinity(log) && double.IsNegativeInfinity(log) && double.IsPositiveInfinity(-log) ? 1 : 2;
                sign = double.IsInfinity(root) ? 1 : double.IsNaN(root) ? 2 : 3;
                none = root is double.NaN ? b : root is not double.NaN and > 0.5 ? 2 : 3;
                which = root switch { > 0.5 => a, double.NaN or < 0.1 => b, _ => 4 };
                double q = a;
                double Bump() { q += 1; return q; }
                again = q switch { > 0 when Bump() > 50 => 1, > 1 => 2, > 0.5 when Bump() > 2 => q, _ => 3 };
                kind += again switch { > 2 when Change() > 0 => 1, > 10 => 2, _ => b };
                kind += Math.Max(val2: Change() * a, val1: again);
            }
        }
        """);

    [Theory]
    [InlineData("GS0120", "Late", "return x * Late;")]
    [InlineData("GS0120", "Made", "return x * Made;")]
    [InlineData("GS0120", "Weights", "return x * Weights[0];")]
    [InlineData("GS0114", "u", "(double[] V, double S) u = ([x], 1); for (int i = 0; i < 2; i++) { u.V = [x]; u.S = u.V[0]; } return u.S;")]
    [InlineData("GS0110", "i < 3 - i", "double s = x; for (int i = 0; i < 3 - i; i++) { s += x; } return s;")]
    [InlineData("GS0110", "s < 3", "double s = x; for (int i = 0; i < 3 && s < 3; i++) { s += x; } return s;")]
    [InlineData("GS0110", "Next()", "double s = x; int Next() { s += x; return 3; } for (int i = 0; i < Next(); i++) { s += x; } return s;")]
    [InlineData("GS0103", "2f", "float f = 2f; return f * x;")]
    [InlineData("GS0103", "[[x], [1]]", "double[][] v = [[x], [1]]; return v[0][0];")]
    [InlineData("GS0107", "[1, 2]", "int[] v = [1, 2]; return v[0] * x;")]
    [InlineData("GS0102", "..p", "double[] v = [..p, x]; return v[0];")]
    [InlineData("GS0102", "p.Sum()", "return p.Sum() * x;")]
    public void What_is_not_understood_is_told_at_its_place(string id, string place, string body)
    {
        string source = "[Model] public partial class M { static readonly double Late = 2 * Last, Last = 3; static readonly double Made = F(); static double F() => 2; static readonly double[] Weights = [1]; [Parameter] double x; [Parameter(\"3\")] double[] p = []; double LogDensity() { " + body + " } }";
        Diagnostic diagnostic = Assert.Single(GeneratorRun.Of(source).Diagnostics);
        string text = "using System; using GpuSampling.Modeling;\n" + source;
        Assert.Equal((id, place), (diagnostic.Id, text.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length)));
    }

    /// <summary>Editors hand over other projects with their source, compilers without: the answer is the same.</summary>
    [Theory]
    [InlineData("GS0104", "Tools.Twice(x)")]
    [InlineData("GS0120", "x * Tools.Level")]
    public void Source_of_other_projects_is_not_read(string id, string expression)
    {
        Compilation tools = GeneratorRun.Compile("public static class Tools { public static double Twice(double x) => 2 * x; public static readonly double Level = 2; }");
        Compilation model = GeneratorRun.Compile($"[Model] public partial class M {{ [Parameter] double x; double LogDensity() => {expression}; }}");
        Diagnostic diagnostic = Assert.Single(GeneratorRun.Driver()
            .RunGenerators(model.AddReferences(tools.ToMetadataReference()), TestContext.Current.CancellationToken).GetRunResult().Diagnostics);
        Assert.Equal(id, diagnostic.Id);
    }

    private static void Check(params string[] bodies) => ModelCase.CheckAll(Data, [.. bodies.Select((body, n) => $$"""
        [Model]
        public partial class Form{{n}}
        {
            [Data] public required int N, K;
            [Data("N")] public required double[] y;
            [Data("N")] public required int[] grade;
            [Parameter] double a, b;
            [Parameter("N", Lower = -1, Upper = 1)] double[] w = [];
            [Parameter("K - 1", Constraint = Constraint.Ordered)] double[] c = [];
            [Generated] double shown;
            static readonly int Count = 3;
            static readonly bool Flag = Count > 2;
            static readonly double Half = 0.5, Scale = Math.Sqrt(2) * Half;

            double LogDensity() => F(-a * a - b * b - LinearAlgebra.Dot(w, w) - LinearAlgebra.Dot(c, c));

            double F(double t)
            {
                {{body}}
                return t;
            }

            void Generate() => shown = F(a);
        }

        static class Elsewhere
        {
            public static readonly double Level = 2;
        }
        """.Replace("Elsewhere", $"Elsewhere{n}", StringComparison.Ordinal))]);
}
