using GpuSampling.Generators.Tests.Support;

namespace GpuSampling.Generators.Tests;

/// <summary>Iterations that end early, at every depth, against the same C# run with dual numbers.</summary>
public class ControlFlowTests
{
    [Theory]
    [InlineData("if (i % 2 == 0) { continue; } r += Math.Sin(a + i);")]
    [InlineData("if (i > 1) { if (i == 3) { continue; } r += 2 * a; } r += Math.Sin(a + i);")]
    [InlineData("if (a > 0) { if (b > 0) { continue; } r += 2 * a; } r += Math.Sin(a + i);")]
    [InlineData("if (a > 0) { r *= a; continue; } r += Math.Sin(a + i);")]
    [InlineData("if (i > 0) { if (a * i > b) { r -= b; continue; } else { r *= b; } } else { r += 1; } r += Math.Sin(a + i);")]
    [InlineData("{ if (a < b) { continue; } r += 1; } r += Math.Sin(a + i);")]
    [InlineData("for (int j = 0; j < i; j++) { if (j == 1) { if (a > b) { continue; } } r += j * a; } if (i == 2) { continue; } r += Math.Sin(a + i);")]
    [InlineData("if (1.5 < 1.0) { a0 = Math.Sin(r); } r += Math.Sin(a0 + i);")] // assigned where it never runs
    [InlineData("for (int j = 0; j < 2; j++) { if (1.6 > 1.6) { r = 2; a0 = j; } else { b0 += 0.1 * r; } } a0 = a0; r += Math.Sin(a0 + i) * b0;")]
    [InlineData("r += Math.Sin(a * (i < b ? i : 2 * i)) + (a > b ? 1 : a < 0 ? i : -2);")] // integers chosen by parameters
    [InlineData("for (int j = (i - 3) * (i - 4); j < 14; j++) { r = Math.Sin(r + a * j); }")] // counters below zero
    [InlineData("for (int j = -2 * i; j < (i - 6) / 2; j++) { r = Math.Sin(r + a * j); }")]
    [InlineData("for (int j = (i - 4) % 3; j < Math.Min(i - 1, 2); j++) { r = Math.Sin(r + b * j); }")]
    [InlineData("r += Math.Sin(v[2] * a); v[2] = b * b; r *= Math.Cos(v[1]); v[1] = Math.Sin(v[2] + a);")] // read by the next iteration alone
    public void Iterations_may_end_early_or_never_run_a_part(string iteration) => ModelCase.Check(
        $$"""
        [Model]
        public partial class Skipping
        {
            [Parameter] double a, b;

            double LogDensity()
            {
                double r = 0.3, a0 = a * b, b0 = b;
                double[] v = new double[3];
                v[1] = a * b;
                for (int i = 0; i < 5; i++)
                {
                    {{iteration}}
                }

                return r - a * a - b * b;
            }
        }
        """, "{}", points: 20);

    /// <summary>
    /// What a loop assigns only where a constant keeps it from running stays a constant, and decides branches: their loops, arrays
    /// and parts of the density are known by their places, not by counting those that are left.
    /// </summary>
    [Theory]
    [InlineData("double LogDensity() {")]
    [InlineData("double LogPrior() => 0.1 * a; double LogLikelihood() {")]
    public void Constants_may_decide_which_loops_there_are(string head) => ModelCase.Check(
        $$"""
        [Model]
        public partial class Deciding
        {
            [Parameter] double a, b;

            {{head}}
                double r = 0.3, t = 2, z = a, u = b;
                for (int i = 0; i < 5; i++)
                {
                    if (t < 3) { r = Math.Sin(r + a * i); }
                    else { double[] v = [a, b]; for (int j = 0; j < 3; j++) { z = Math.Sin(z * v[1]); } }
                    for (int j = 0; j < 2; j++) { if (1.6 > 1.6) { u = 5; } z = Math.Sin(z + a * j); }
                    if (1.6 > 1.6) { t = 5; }
                }

                return r + z * t * u - a * a - b * b;
            }
        }
        """, "{}", points: 20);

    /// <summary>A branch that turns out to depend on parameters only after a later store makes no loop in it one over data.</summary>
    [Fact]
    public void Loops_over_data_are_those_of_the_last_pass() => ModelCase.Check(
        """
        [Model]
        public partial class Late
        {
            [Data] public required double c;
            [Data] public required double[] x;
            [Parameter] double a, b;

            double LogDensity()
            {
                double[] v = new double[3];
                if (0.8 < b)
                {
                    if (v[0] < c) { v[1] += 0.5; } else { double r = Mean(b); }
                }

                return Mean(a) - a * a - b * b;
            }

            double Mean(double u)
            {
                double r = 0;
                foreach (double one in x) { r += one * u; }
                return r - a;
            }
        }
        """, """{"c": 0.7, "x": [0.3, -1.2, 0.8]}""", points: 20);

    /// <summary>A loop between numbers of an array is no sum over data terms, whose number is asked for without the data.</summary>
    [Theory]
    [InlineData("for (int i = Math.Max(k[0] - 2, 0); i < Math.Min(k[1] + 2, N); i++) { target += Density.Normal(x[i], a, 1); }")]
    [InlineData("for (int i = 0; i < k[2] % 3; i++) { r = Math.Sin(r + x[i] * a); } target += r;")]
    [InlineData("for (int i = Math.Max(k[0] - 2, 0); i < 3; i++) { r = Math.Sin(r + x[i] * a); } target += r;")]
    [InlineData("for (int i = k[1] % 2; i < 3; i++) { r = Math.Sin(r + x[i] * a); } target += r;")]
    [InlineData("for (int i = 0; i < (x[1] < x[0] ? N : 2); i++) { r = Math.Sin(r + x[i] * a); } target += r;")] // real numbers decide
    [InlineData("int n = x[2] > 0.5 ? N - 1 : 1; for (int i = n; i >= (x[0] > 1 ? 2 : 0); i--) { r = Math.Sin(r + x[i] * a); } target += r;")]
    [InlineData("int n = 1; if (x[3] > 1.5) { n = N; } double[] v = new double[N]; for (int i = 1; i < n; i++) { v[i] = Math.Sin(v[i - 1] * a + x[i]); v[0] += v[i]; } target += v[0];")]
    public void Loops_may_end_at_numbers_of_an_array(string loop) => ModelCase.Check(
        $$"""
        [Model]
        public partial class Between
        {
            [Data] public required int N;
            [Data("N")] public required int[] k;
            [Data("N")] public required double[] x;
            [Parameter] double a;

            double LogDensity()
            {
                double target = Density.Normal(a, 0, 1), r = a;
                {{loop}}
                return target;
            }
        }
        """, """{ "N": 4, "k": [1, 3, 5, 0], "x": [0.3, -1.2, 0.8, 1.9] }""", points: 20);

    /// <summary>How long the inner loop is decides the memory for what it carries, in calls for a part of the data too.</summary>
    [Theory]
    [InlineData("for (int n = 0; n < N; n++)", "for (int j = 0; j < n; j++)")]
    [InlineData("for (int n = 3; n >= 0; n--)", "for (int j = n; j < N; j++)")]
    [InlineData("for (int n = 3; n >= 0; n--)", "for (int j = 0; j <= n; j++)")]
    [InlineData("for (int n = 1; n < N; n += 2)", "for (int j = n; j >= 0; j--)")]
    public void Loops_within_a_loop_over_data_may_depend_on_its_counter(string outer, string inner) => ModelCase.Check(
        $$"""
        [Model]
        public partial class Nested
        {
            [Data] public required int N;
            [Data("N")] public required double[] x;
            [Parameter] double a, b;

            double LogDensity()
            {
                double target = Density.Normal(a, 0, 1) + Density.Normal(b, 0, 1);
                {{outer}}
                {
                    double r = 0.3;
                    {{inner}}
                    {
                        r = Math.Sin(a * r + x[j]);
                    }

                    target += Density.Normal(x[n], r, Math.Exp(0.1 * b));
                }

                return target;
            }
        }
        """, """{"N": 4, "x": [0.3, -1.2, 0.8, 1.9]}""", points: 20);

    /// <summary>Numbers in an array bound a loop that carries values only between sizes; then they may have any sign.</summary>
    [Fact]
    public void Loops_may_start_and_end_at_data_within_known_bounds() => ModelCase.Check(
        """
        [Model]
        public partial class Ragged
        {
            [Data] public required int N;
            [Data("N")] public required int[] k;
            [Parameter] double a, b;

            double LogDensity()
            {
                double r = a * b;
                for (int i = 0; i < N; i++)
                {
                    for (int j = Math.Max(k[i], 0); j < Math.Min(k[i] + 3, N); j++)
                    {
                        r = Math.Sin(r + a * j) + b;
                    }
                }

                return r - a * a - b * b;
            }
        }
        """, """{ "N": 4, "k": [-2, 1, -7, 3] }""", points: 20);

    /// <summary>
    /// Derivatives that are infinite or NaN in a branch not taken stay there: what passes through a loop, a branch of all lanes or an
    /// array keeps the lanes that it counts for, as zero times NaN is NaN.
    /// </summary>
    [Theory]
    [InlineData("double z = Math.Sqrt(a); for (int i = 0; i < n; i++) { z = Math.Sin(z + b); } r += z;")] // carried in
    [InlineData("double z = b; for (int i = 0; i < n; i++) { z = Math.Sqrt(z * a); } r += z;")] // carried through
    [InlineData("double z = b; for (int i = 0; i < n; i++) { z = Math.Sqrt(z * a); r += z * b; }")] // carried beside a sum
    [InlineData("double z = Math.Sqrt(a); for (int i = 0; i < n; i++) { if (b * i > 1) { r += z * i; } }")] // fewer lanes within
    [InlineData("double z = Math.Sqrt(a); for (int i = 0; i < n; i++) { if (b * i > 1) { z = Math.Sqrt(a - z); } } r += z;")]
    [InlineData("double z = Math.Sqrt(a); if (n > 2) { double[] v = [z, b]; for (int i = 0; i < n; i++) { r += v[i % 2]; } }")] // all lanes alike
    [InlineData("double z = Math.Sqrt(a); for (int i = 0; i < n; i++) { if (i > 1) { double[] v = [z, b]; v[1] += v[0] * i; r += v[1]; } else { r += z; } }")]
    [InlineData("double[] v = [Math.Sqrt(a), b]; r += v[0] * v[1];")] // the elements of a new array
    [InlineData("double[] v = [Math.Sqrt(a), b]; for (int i = 0; i < n; i++) { v[1] = Math.Sin(v[0] + v[1] * i); } r += v[1];")]
    [InlineData("double[] v = new double[2]; v[0] = Math.Sqrt(a); for (int i = 0; i < n; i++) { if (b * i > 1) { v[1] = Math.Sqrt(v[0]) * v[1]; } } r += v[1];")]
    [InlineData("for (int i = 0; i < n; i++) { double[] v = [a, b * i]; double[] w = [Math.Sqrt(v[0]), v[1]]; if (w[0] > 0.5) { r += w[0] * w[1]; } }")]
    public void Derivatives_in_a_branch_not_taken_do_not_count(string statements) => ModelCase.Check(
        $$"""
        [Model]
        public partial class Guarded
        {
            [Data] public required int n;
            [Parameter] double a, b;

            double LogDensity()
            {
                double r = 0.3 * b;
                if (a > 0)
                {
                    {{statements}}
                }

                return r - a * a - b * b;
            }
        }
        """, """{ "n": 4 }""", points: 20);
}
