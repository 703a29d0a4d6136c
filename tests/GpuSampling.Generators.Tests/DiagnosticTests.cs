using GpuSampling.Generators.Tests.Support;
using Microsoft.CodeAnalysis;

namespace GpuSampling.Generators.Tests;

public class DiagnosticTests
{
    [Theory]
    [InlineData("GS0101", "lock (k) { }", "lock (k) { } return x;")]
    [InlineData("GS0101", "break;", "double r = x; switch (N) { case 1: if (x > 0) { break; } r = 2; break; } return r;")]
    [InlineData("GS0101", "case 2: r = 3; return r * x;", "switch (N) { case 1: double r = x; return r; case 2: r = 3; return r * x; } return x;")]
    [InlineData("GS0102", "(1, 2)", "switch ((N, N)) { case (1, 2): return x; } return 2 * x;")]
    [InlineData("GS0102", "N << 1", "int n = N << 1; return n * x;")]
    [InlineData("GS0103", "N", "long n = N; return x;")]
    [InlineData("GS0105", "V()", "return V(); } public virtual double V() { return x;")]
    [InlineData("GS0113", "n", "int n = 0; for (int i = 0; i < N; i++) { n += k[i]; } return n * x;")]
    [InlineData("GS0114", "v", "double[] v = new double[2]; double[] u = new double[2]; v = u; return v[0] + x;")]
    [InlineData("GS0114", "u", "double[] u; if (x > 0) { u = [x]; } else { u = [2 * x]; } return u[0];")]
    [InlineData("GS0116", "new double[k[i]]", "double r = 0; for (int i = 1; i < N; i++) { double[] v = new double[k[i]]; r += v[0] + x; } return r;")]
    [InlineData("GS0116", "new double[k[0] + 1]", "double[] v = new double[k[0] + 1]; return v[0] + x;")]
    [InlineData("GS0118", "x > 0 ? 1 : 2", "int n = x > 0 ? 1 : 2; return n * x;")]
    [InlineData("GS0119", "if (x > 0) { return x; }", "if (x > 0) { return x; }")]
    [InlineData("GS0121", "y", "double y; return y;")]
    [InlineData("GS0104", "Math.Cbrt(x)", "return Math.Cbrt(x);")]
    [InlineData("GS0107", "new Version(1, 2)", "var v = new Version(1, 2); return x;")]
    [InlineData("GS0108", "z => z", "Func<double, double> f = z => z; return f(x);")]
    [InlineData("GS0109", "\"text\"", "string s = \"text\"; return x;")]
    [InlineData("GS0110", "while (i < 3) { i++; }", "int i = 0; while (i < 3) { i++; } return x;")]
    [InlineData("GS0111", "goto end;", "for (int i = 0; i < N; i++) { goto end; } end: return x;")]
    [InlineData("GS0111", "goto case 2;", "switch (N) { case 1: goto case 2; case 2: return x; } return 2 * x;")]
    [InlineData("GS0112", "(int)x", "double sum = 0; for (int i = 0; i < (int)x; i++) sum += x; return sum;")]
    [InlineData("GS0115", "N", "N = 3; return x;")]
    [InlineData("GS0117", "throw new Exception();", "if (x < 0) { throw new Exception(); } return x;")]
    [InlineData("GS0120", "counter", "return x + counter;")]
    [InlineData("GS0122", "k[i]", "double s = 1; for (int i = 0; i < 3; i++) { for (int j = 0; j < k[i]; j++) { s = s * x; } } return s;")]
    [InlineData("GS0122", "k[i]", "double s = 1; for (int i = 0; i < 3; i++) { for (int j = k[i]; j < N; j++) { s = s * x; } } return s;")]
    [InlineData("GS0122", "k[0]", "double s = 1; for (int i = k[0]; i < N; i++) { s = s * x; } return s;")]
    [InlineData("GS0106", "Again(y - 1)", "return Again(x); } static double Again(double y) { return Again(y - 1);")]
    [InlineData("GS0111", "return (i, x);", "var r = F(); return r.A * r.B; } (int A, double B) F() { for (int i = 0; i < N; i++) { if (i == 2) { return (i, x); } } return (1, 2);")]
    [InlineData("GS0115", "p[0]", "p[0] = 2; return x;")]
    [InlineData("GS0115", "q[1]", "double[] q = p; q[1] += x; return x;")]
    public void IsReportedAtItsPlace(string id, string place, string body)
    {
        string source = "[Model] public partial class M { [Data] public int N; [Data] public int[] k = []; int counter; [Parameter] double x; [Parameter(\"3\", Lower = 0)] double[] p = []; double LogDensity() { " + body + " } }";
        Assert.Equal((id, place), Only(source));
    }

    /// <summary>GS0199 is for faults of the generator: FaultTests.</summary>
    [Fact]
    public void EveryRuleIsTested()
    {
        IEnumerable<string> tested = typeof(DiagnosticTests).GetMethods().SelectMany(method => method.GetCustomAttributes(typeof(InlineDataAttribute), false))
            .Select(data => (string)((InlineDataAttribute)data).Data[0]!);
        Assert.Equal(Support.RuleList.All.Except(["GS0199"]).Order(), tested.Distinct().Order());
    }

    [Theory]
    [InlineData("GS0001", "M", "[Model] public class M { [Parameter] double x; double LogDensity() => x; }")]
    [InlineData("GS0002", "M", "[Model] public partial class M { [Parameter] double x; }")]
    [InlineData("GS0003", "x", "[Model] public partial class M { [Parameter] string x = \"\"; double LogDensity() => 0; }")]
    [InlineData("GS0003", "N", "[Model] public partial class M { [Data] public readonly int N; [Parameter] double x; double LogDensity() => x; }")]
    [InlineData("GS0004", "x", "[Model] public partial class M { [Parameter] double[] x = []; double LogDensity() => 0; }")]
    [InlineData("GS0005", "x", "[Model] public partial class M { [Parameter(\"3\", Lower = 0, Constraint = Constraint.Simplex)] double[] x = []; double LogDensity() => 0; }")]
    [InlineData("GS0006", "Parameter(\"K\")", "[Model] public partial class M { [Parameter(\"K\")] double[] x = []; double LogDensity() => 0; }")]
    [InlineData("GS0006", "Parameter(\"k[0] + 1\")", "[Model] public partial class M { [Data] public int[] k = []; [Parameter(\"k[0] + 1\")] double[] x = []; double LogDensity() => x[0]; }")]
    [InlineData("GS0007", "M", "[Model] public partial class M { double LogDensity() => 0; }")]
    [InlineData("GS0001", "M", "[Model] public partial class M<T> { [Parameter] double x; double LogDensity() => x; }")]
    [InlineData("GS0001", "M", "[Model] file partial class M { [Parameter] double x; double LogDensity() => x; }")]
    [InlineData("GS0005", "x", "[Model] public partial class M { [Parameter(Lower = 1, Upper = 0)] double x; double LogDensity() => x; }")]
    [InlineData("GS0005", "x", "[Model] public partial class M { [Parameter(Lower = 1, Upper = 1)] double x; double LogDensity() => x; }")]
    [InlineData("GS0006", "Parameter(Lower = nameof(b))", "[Model] public partial class M { [Parameter(Lower = nameof(b))] double a; [Parameter] double b; double LogDensity() => a + b; }")]
    [InlineData("GS0006", "b", "[Model] public partial class M { [Parameter(Lower = \"Half()\")] double a; [Parameter] double b; double Half() => b / 2; double LogDensity() => a + b; }")]
    [InlineData("GS0006", "Data(\"w.Length\")", "[Model] public partial class M { [Data(\"w.Length\")] public double[] w = []; [Parameter] double b; double LogDensity() => w[0] + b; }")]
    [InlineData("GS0102", "n", "[Model] public partial class M { [Parameter] double x; [Generated] double y; double LogDensity() => x; void Generate(int n) { y = n; } }")]
    [InlineData("GS0102", "x > 0 ? p : q", "[Model] public partial class M { [Parameter] double x; double LogDensity() { double[] p = [x], q = [1]; return (x > 0 ? p : q)[0]; } }")]
    [InlineData("GS0120", "y", "[Model] public partial class M { [Parameter] double x; [Generated] double y; double LogDensity() => x + y; void Generate() { y = x; } }")]
    public void DeclarationsAreChecked(string id, string place, string source) => Assert.Equal((id, place), Only(source));

    /// <summary>The only diagnostic of a source: its rule, and the text that it marks.</summary>
    private static (string Id, string Marked) Only(string source)
    {
        Diagnostic diagnostic = Assert.Single(GeneratorRun.Of(source).Diagnostics);
        string text = "using System; using GpuSampling.Modeling;\n" + source;
        return (diagnostic.Id, text.Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length));
    }

    [Fact]
    public void EveryRuleIsDocumented()
    {
        string page = File.ReadAllText(Path.Combine(
            GpuSampling.TestSupport.ReferenceData.RepositoryRoot!, "src", "GpuSampling.Generators", "DIAGNOSTICS.md"));
        Assert.All(Support.RuleList.All, id => Assert.Contains(id, page, StringComparison.Ordinal));
    }
}
