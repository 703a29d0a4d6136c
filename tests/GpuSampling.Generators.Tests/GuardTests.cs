using GpuSampling.Generators.Tests.Support;

namespace GpuSampling.Generators.Tests;

/// <summary>
/// Kernels compute values ahead of what guards them, and for all lanes. What an index is where its guard is false, or its loop
/// does not run, is never read nor written; sizes that are negative there take no memory. The memory of these runs is checked.
/// </summary>
public class GuardTests
{
    private const string Data = """
        {"N": 4, "J": 3, "K": 0, "M": -1, "y": [0.3, -1.2, 0.8, 1.9], "k": [-1, 2, -100000000, 1], "e": [], "Z": 0}
        """;

    /// <summary>The right operand of a guard counts only where the left one lets it.</summary>
    [Fact]
    public void Operands_guard_indices() => Check(
        "for (int i = 0; i < J; i++) { if (i > 0 && theta[i] > 0) { t -= theta[i - 1] * theta[i - 1]; } }",
        "for (int i = 0; i < N; i++) { if (k[i] >= 0 && a > 0) { t += b * theta[k[i]]; } }",
        "for (int i = 0; i < N; i++) { if (a > 0 && k[i] >= 0) { t += b * theta[k[i]] * tau[k[i]]; } }",
        "for (int i = 0; i < N; i++) { if (a > 0 && (k[i] >= 0 && theta[k[i]] > 0)) { t += b * i; } }",
        "for (int i = 0; i < N; i++) { if (k[i] >= 0 && tau[0] > tau[k[i]]) { t += tau[k[i]] * theta[k[i]]; } }",
        "for (int i = 0; i < N; i++) { if (IsLarge(k[i]) && a < 2) { t += tau[k[i]] * theta[k[i]]; } if (!IsNone(k[i])) { t -= tau[k[i]] * b; } }",
        "for (int i = 0; i < N; i++) { if (i == 0 || a > y[i - 1]) { t += b * i; } }",
        "for (int i = 0; i < N; i++) { if (!(k[i] < 0 || a < 0)) { t += theta[k[i]] * i; } }",
        "for (int i = 0; i < N; i++) { bool q = i > 0 && y[i - 1] > 0.1; if (q) { t += a; } if (q || a > 1) { t -= b * i; } if (!q) { t += a * b; } }",
        "for (int i = 0; i < J; i++) { t += i > 0 && a > b ? theta[i - 1] : b; }",
        "for (int i = 0; i < N; i++) { t += k[i] >= 0 ? a > 0 ? theta[k[i]] : tau[k[i]] : b; }",
        "double[] v = [a, b, a * b, 1]; for (int i = 0; i < N; i++) { if (i > 0 && a > 0) { v[i - 1] += b; v[i] = v[i - 1] * a; } t += v[i]; }",
        "double[] v = [a, b, a * b, 1]; for (int i = 0; i < N; i++) { if (k[i] < 0 || v[k[i]] > 0) { t += b; } }",
        "double[] v = [a, b, a * b, 1]; for (int i = 0; i < N; i++) { if (a > 0 && k[i] >= 0 && v[k[i]] < 2) { t += v[k[i]]; } }",
        "for (int i = 0; i < N; i++) { if (k[i] < 0) { continue; } if (a > 0.3) { if (b > 0) { continue; } t += a; } if (b > i) { if (a > b) { continue; } t -= b; } t += theta[k[i]] * b; }",
        "for (int i = 0; i < N; i++) { if (a > 0.3 || k[i] < 0) { continue; } if (b > i) { if (a > b) { continue; } t -= b; } if (a < b) { if (a > -1) { continue; } t -= b; } t += theta[k[i]] * b; }");

    /// <summary>What a lane compares may hold the guard: no index is known to be one for all lanes that take the branch.</summary>
    [Fact]
    public void Numbers_that_differ_by_lane_guard_indices() => Check(
        "for (int i = 0; i < N; i++) { double s = k[i] >= 0 ? tau[i % J] : -1; if (s > 0) { t += y[k[i]] * b + theta[k[i]] * tau[k[i]]; } }",
        "for (int i = 0; i < J; i++) { double s = i > 0 ? tau[i] : -1; t += s > 0 ? theta[i - 1] * scale[i - 1, i] + wide[i - 1, 1] : b; }",
        "double[] v = [a, b, a * b, 1]; for (int i = 0; i < N; i++) { double s = k[i] >= 0 ? 1 + a * a : -1; if (s > 0) { v[k[i]] += a; v[k[i]] *= v[k[i]] + b; } t += v[i] * b; }",
        "double[] v = [a, b, a * b, 1]; for (int i = 0; i < N; i++) { double s = k[i] >= 0 ? a : -100; if (s > -50 && v[k[i]] > 0.1 || s < -50 && i > 0) { t += v[Math.Max(k[i], 0)] * a; } }",
        "double s = Z > 0 ? Math.Exp(a) : -1; if (s > 0) { t += e[0] * a; double[] v = new double[Z]; v[0] = a; t += v[0] + theta[N / Z]; } t += s > 0 ? e[Z - 1] * b : a;",
        "double s = M > 0 ? Math.Exp(a) : -1; if (s > 0) { for (int i = M; i < 2; i++) { t += y[i] * theta[i] * tau[i] * a; } }",
        "double[,] v = new double[J, 2]; for (int i = 0; i < N; i++) { double s = k[i] >= 0 ? tau[0] : -1; if (s > 0) { v[k[i], 1] = v[k[i], 0] + a; v[k[i], 0] -= b; } } for (int i = 0; i < J; i++) { t += v[i, 0] * v[i, 1]; }");

    /// <summary>Quantities are written in the lanes that take the branch, at indices that are theirs.</summary>
    [Fact]
    public void Quantities_are_guarded_by_numbers_that_differ_by_lane() => ModelCase.CheckAll("""{"N": 4, "k": [0, 3, -100000000, 9]}""", """
        [Model]
        public partial class Hits
        {
            [Data] public required int N;
            [Data("N")] public required int[] k;
            [Parameter("N", Lower = 0)] double[] tau = [];
            [Generated("N")] double[] hits = [];
            double LogDensity() => -LinearAlgebra.Dot(tau, tau);
            void Generate()
            {
                for (int i = 0; i < N; i++)
                {
                    double s = k[i] >= 0 && k[i] < N ? tau[i] : -1;
                    if (s > 0) { hits[k[i]] += s; hits[k[i]] *= 2; }
                }
            }
        }
        """);

    /// <summary>An operand that changes an array is run where C# runs it, in the lanes for which C# does.</summary>
    [Fact]
    public void Operands_are_evaluated_where_they_are_needed() => Check(
        "double[] v = [a, b]; for (int i = 0; i < N; i++) { if (i > 1 && Bump(v)) { t += v[0]; } t += v[0] * v[1]; }",
        "double[] v = [a, b]; for (int i = 0; i < N; i++) { if (a > 0 && Bump(v)) { t += v[0]; } t += v[0] * v[1]; }",
        "double[] v = [a, b]; for (int i = 0; i < N; i++) { if (b > 0 || Bump(v)) { t += v[0]; } t += v[0] * v[1]; }",
        "double[] v = [a, b]; for (int i = 0; i < N; i++) { if (i > 1 | Bump(v)) { t += v[0]; } t += v[0] * v[1]; }");

    /// <summary>What does not change in a loop is read before it, even if it has no iteration.</summary>
    [Fact]
    public void Loops_that_do_not_run_read_nothing() => Check(
        "for (int i = 0; i < J; i++) { for (int j = 0; j < i; j++) { t += theta[i - 1] * y[j]; } }",
        "for (int i = 0; i < J; i++) { for (int j = 0; j < i; j++) { t += tau[i - 1] * y[j]; } }",
        "for (int i = 0; i < J; i++) { for (int j = 0; j < i; j++) { t += a * y[i - 1] * j; } }",
        "for (int i = 0; i < J; i++) { for (int j = i + 1; j < J; j++) { t += theta[i + 1] * tau[i + 1] * y[i + 1] * theta[j]; } }",
        "for (int i = 0; i < J; i++) { for (int j = 0; j < i; j++) { t += wide[i - 1, 1] * scale[i - 1, j] * theta[j] + wide[i - 1, 0]; } }",
        "for (int n = 0; n < K; n++) { t += y[k[0]] * theta[k[0]] * tau[k[2]] * n; }",
        "for (int n = 0; n < K; n++) { for (int j = 0; j < N; j++) { t += theta[k[0]] * tau[k[n]] * j; } }",
        "double r = b; for (int n = 0; n < K; n++) { for (int j = 0; j < N; j++) { r = Math.Sin(r + theta[k[0]]) * j; } } t += r;",
        "for (int i = 0; i < J; i++) { for (int j = 0; j < i; j++) { t += theta[i - 1] > 0 ? y[i - 1] : tau[i - 1]; } }");

    /// <summary>Zero times something infinite or NaN is not zero.</summary>
    [Fact]
    public void Loops_that_do_not_run_add_nothing() => Check(
        "for (int j = 0; j < N - 4; j++) { t += Math.Log(a); }",
        "for (int i = 0; i < 2; i++) { for (int j = 2; j < i; j++) { t += Math.Sqrt(b - 100 + i) * i; } }",
        "for (int j = 0; j < M; j++) { t += a; }",
        "for (int j = 0; j < M; j++) { t += Math.Sin(a * j); }");

    [Fact]
    public void Negative_sizes_take_no_memory() => Check(
        "double[] p = new double[2]; p[1] = a; if (J > 5) { double[] q = new double[J - 5]; q[0] = b; t += q[0] * a; } double[] r = new double[2]; r[0] = b; r[1] = a * b; t += r[1] * p[1] + p[0];",
        "for (int n = 1; n < Z; n++) { t += Math.Log(e[n]) * a; } for (int n = 1; n < N; n++) { t += Math.Exp(y[n]) * Math.Exp(y[n - 1]) * a; }",
        "if (K > 0) { double[] q = new double[N / K]; q[0] = b; t += q[0] * a; }",
        "if (K > 0) { double[] q = new double[N % K + 1]; q[0] = b; t += q[0] * a; }",
        "if (M > 0) { double[] q = new double[M]; q[0] = b; t += q[0] * a; } double[] r = [a, b]; for (int i = 0; i < 2; i++) { r[i] = Math.Sin(r[i] + t); t += r[i]; }",
        "double r = a; for (int n = 0; n < M; n++) { r = Math.Sin(r + b); } double s = b; for (int n = 0; n < N; n++) { s = Math.Sin(s + a); } t += r * s;");

    private static void Check(params string[] bodies) => ModelCase.CheckAll(Data, [.. bodies.Select((body, n) => $$"""
        [Model]
        public partial class Guarded{{n}}
        {
            [Data] public required int N, J, K, M, Z;
            [Data("N")] public required double[] y;
            [Data("N")] public required int[] k;
            [Data] public required double[] e;
            [Parameter("J")] double[] theta = [];
            [Parameter] double b;
            [Parameter("J", Lower = 0)] double[] tau = [];
            [Parameter("J", "2")] double[,] wide = new double[0, 0];
            [Parameter("J", "J", Lower = -1)] double[,] scale = new double[0, 0];
            [Parameter] double a;
            [Generated] double shown;

            double LogDensity() => Density(-a * a - b * b);

            double Density(double t)
            {
                {{body}}
                return t;
            }

            void Generate() => shown = Density(a);

            bool IsLarge(int n)
            {
                if (n < 0) { return false; }
                return tau[n] > 0.9;
            }

            bool IsNone(int n) => n < 0 || tau[n] > 0.9;

            static bool Bump(double[] v)
            {
                v[0] += 1;
                return v[0] > 2;
            }
        }
        """)]);
}
