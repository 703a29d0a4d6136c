using GpuSampling.Generators.Tests.Support;

namespace GpuSampling.Generators.Tests;

/// <summary>Breaks, returns, switches, limits and recurrences in each other: what they leave behind is what C# leaves.</summary>
public class LeavingLoopsTests
{
    private const string Data = """{"N": 4, "K": 4, "y": [0.5, -0.2, 1.1, 0.3], "grade": [1, 2, 4, 3]}""";

    [Fact]
    public void Values_after_breaks_and_returns() => Check(
        "double z = 1; for (int n = 0; n < N; n++) { if (w[n] < 0) break; z += Math.Log(w[n]); } t += Math.Tanh(z) + a;",
        "double z = 1; for (int n = 0; n < N; n++) { double r = Math.Sqrt(w[n]); if (!(w[n] > 0)) { z -= 0.1; break; } z += r; } t += z * b;",
        "double z = a; for (int n = 0; n < N; n++) { if (z > 2) { break; } z = z * z + 0.5; } t += Math.Tanh(z);",
        "double[] v = new double[N]; for (int n = 0; n < N; n++) { v[n] = w[n] * a; if (w[n] > 0.2) break; v[n] += b; } for (int n = 0; n < N; n++) { t += v[n] * (n + 1); }",
        "double NaNs(double q) { for (int n = 0; n < N; n++) { if (w[n] > 0.3) return Math.Sqrt(w[n] - 0.3) * q; double r = Math.Sqrt(0.3 - w[n]); q += r; } return q; } t += NaNs(a) * b;",
        "double G(double q) { double[] v = [q, a, b]; foreach (double one in v) { if (one > 0.2) { v[0] += 1; return v[0] * one; } v[1] *= 0.5; } return v[1]; } for (int n = 0; n < 2; n++) { t += G(w[n]); }",
        "double H(int k) { for (int n = 0; n < N; n++) { for (int m = n; m < N; m++) { for (int l = 0; l < 2; l++) { if (w[m] * l > 0.1 * k) return w[m] + l; if (w[l] > 0.8) break; } if (m == k) break; t += 0.01; } if (w[n] > 0.95) continue; t -= 0.02 * a; } return b; } t += H(1) * H(2);",
        "for (int n = 0; n < N; n++) { if (y[n] > 1) break; t += Density.Normal(y[n], a, 1); } for (int n = 0; n < N; n++) { t += Density.Normal(y[n], b, 1); }",
        "for (int n = 0; n < N; n++) { if (y[n] > a) break; t += Density.Normal(y[n], a, 1); } for (int n = 0; n < N; n++) { if (w[0] > 0.5) return t; t += Density.Normal(y[n], b, 1); }",
        "double q = 1; for (int n = 0; n < N; n++) { q *= 2; if (q > 3 + a) { q += b; break; } q -= 0.5 * b; if (q < -5) { break; } } t += q; q = 0; while0(); void while0() { for (int k = 0; k < 10; k++) { q += a; if (q * q > 4) return; } q = -1; } t += q;",
        "for (int n = N - 1; n >= 0; n--) { if (w[n] > 0.4) break; t += w[n] * a * n; } for (int n = 0; n < N; n += 2) { if (w[n] < -0.4) break; t += w[n] * b; }",
        "for (int n = 5; n < N; n++) { if (w[0] > 0) break; t += 100; } t += a; for (int n = 0; n < 0; n++) { return 5; } t += b;",
        "double s = 0; double Bump() { s += 0.3 * a; return s; } for (int n = 0; n < N; n++) { if (Bump() > 0.5) break; t += w[n]; } t += s * b;",
        "double s = 0; for (int n = 0; n < N; n++) { for (int m = 0; m < N; m++) { if (m > n) break; if (w[m] > 0.5) continue; s += w[m] * a; } if (s > 1) break; s += b; } t += s;");

    [Fact]
    public void Switches_in_loops_and_loops_in_switches() => Check(
        "for (int n = 0; n < N; n++) { switch (grade[n]) { case 1: if (w[n] > 0) { continue; } t += a; break; case 2: for (int m = 0; m < N; m++) { if (m == 2) break; t += w[m] * b; } break; default: t -= w[n]; continue; } t += 0.1 * b; }",
        "double F(int n) { switch (grade[n]) { case 4: { if (a > 0) return w[n]; break; } case 1: return b; case 2: { double q = a; return q * q; } case 3: { double q = b; return q * w[0]; } } return a * b; } t += F(0) + F(1) + F(2) + F(3);",
        "switch (N) { case 4: switch (grade[1]) { case 2: t += a; break; default: t += 7; break; } t += b; break; default: t += 100; break; }",
        "switch (N > 3) { case true: t += a; break; default: t += 3; break; } switch (N) { case 4 when grade[0] == 2: t += 9; break; case 4: t += b; break; } switch (N) { default: t += w[0]; break; case 5: t += 4; break; }",
        "int k = 0; int Next() { k += 1; return k; } switch (N) { case 4 when Next() > 1: t += 100; break; case 4 when Next() > 1: t += a * k; break; default: t += 50; break; } t += k * b;",
        "int k = 2; switch (N) { case 3: k = 1; break; case 4: k = 3; break; } t += w[k] * a; for (int i = 0; i < k; i++) { t += w[i] * b; }",
        "double q = a; switch (grade[0]) { case 1: q *= 2; break; case 2: q *= 3; break; } switch (grade[3]) { case 3: case 5: q += b; break; } t += q;",
        "foreach (int g in grade) { switch (g) { case 4: return t + a; case > 1 and < 4: t += g * b; break; } }",
        "for (int n = 0; n < N; n++) { double u = w[n]; if (u > 0.5) return t * 2; if (u < -0.5) { t += b; continue; } t += u * a; if (n == 2) break; } t += 3 * b;");

    [Fact]
    public void Limits_and_recurrences() => Check(
        "for (int i = 0; i + 2 < N; i++) t += w[i + 2] * a; for (int i = N - 1; i - 2 >= 0; i -= 2) t += w[i] * b; for (int i = -3; i + 3 <= grade[1] && 3 + i < N; i += 2) t += w[i + 3];",
        "for (int i = 0; 10 > i + 7 && i < N; i++) t += w[i] * a; for (int i = 3; -1 < i - 1; i--) t += w[i] * b; for (int i = 1; i - 1 < grade[i0()] ; i++) t += a * i; int i0() => 3;",
        "double u = a, v = b; for (int n = 0; n < N; n++) { double f = Math.Sin(u) * a - v, g = Math.Sin(u + 0.1 * f) * a - v; u = u + 0.1 * f - 0.2 * g; v = 0.9 * v - 0.1 * a * g + 0.05 * b * f; t -= (y[n] - u) * (y[n] - u); } t += v;",
        "double u = 0.1; for (int n = 0; n < N; n++) { double s = 0; for (int m = 0; m < 3; m++) { u = 0.5 * u + 0.1 * Math.Sin(a * u) - 0.1 * Math.Sin(a * u + 1) + w[n] * b; s += u * a - u * u * a; } t += s - u; t += a * y[n]; t -= a * u; }",
        "double u = 1; double s1 = 0, s2 = 0; for (int n = 0; n < N; n++) { u = Math.Sin(u + a); s1 += u * b; s2 += u * w[n]; } t += s1 - s2; t += s1 * s2; t -= s2;",
        "double u = 1; double s1 = 0, s2 = 0, s3 = 0; for (int n = 0; n < N; n++) { u = Math.Sin(u + a); s1 += y[n] * y[n]; s2 -= y[n]; s3 += u; } t += s1 + s2 * 2 - s3; t += (s1 + s2) * a;",
        "double[] v = new double[N]; v[0] = a; for (int n = 1; n < N; n++) { v[n] = Math.Sin(v[n - 1] * a) + Math.Sin(v[n - 1] * a + b) - a * v[n - 1]; } t += v[N - 1]; for (int n = N - 1; n > 0; n--) { v[n] = v[n] - Math.Cos(a * v[n - 1]) - Math.Cos(a * v[n]); } t += v[1] * v[2];",
        "double u = 0.2; for (int n = 0; n < N; n++) { if (a > 0) { u = Math.Sin(u * a) + Math.Sin(u * a * 2); } else { u = u * a - Math.Cos(a * u); } if (u > 1) break; t += u * y[n]; }");

    private static void Check(params string[] bodies) => ModelCase.CheckAll(Data, [.. bodies.Select((body, n) => $$"""
        [Model]
        public partial class Form{{n}}
        {
            [Data] public required int N, K;
            [Data("N")] public required double[] y;
            [Data("N")] public required int[] grade;
            [Parameter] double a, b;
            [Parameter("N", Lower = -1, Upper = 1)] double[] w = [];
            [Generated] double shown;
            double LogDensity() { double t = -a * a - b * b; {{body}} return t; }
            void Generate() { double t = 0; shown = Shown(t); }
            double Shown(double t) { {{body}} return t; }
        }
        """)]);
}
