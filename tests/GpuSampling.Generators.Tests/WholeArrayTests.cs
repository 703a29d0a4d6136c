using GpuSampling.Generators.Tests.Support;
using GpuSampling.Modeling;

namespace GpuSampling.Generators.Tests;

/// <summary>Arrays that generated quantities are made as a whole: the same as copied element by element, and as plain C#.</summary>
public class WholeArrayTests
{
    private const string Fields = """
            [Data] public required int K;
            [Data("K")] public required double[] alpha;
            [Data("K", "2")] public required double[,] m;
            [Parameter("K", Constraint = Constraint.Simplex)] double[] p = [];
            [Parameter("K")] double[] w = [];
            [Parameter("K", "K", Constraint = Constraint.CorrelationCholesky)] double[,] L = new double[0, 0];
            [Parameter] double mu;

            double LogDensity() => Density.Dirichlet(p, alpha) + Density.LkjCholesky(L, 2) - mu * mu - LinearAlgebra.Dot(w, w);
        """;

    private const string Data = """{"K": 3, "alpha": [1.5, 2.0, 0.7], "m": [[1, 2], [3, 4], [5, 6]]}""";

    [Fact]
    public void Quantities_are_what_plain_code_makes_them() => ModelCase.CheckAll(Data, $$"""
        [Model]
        public partial class Whole
        {
        {{Fields}}
            [Generated("K")] double[] helped = [], local = [], simplex = [], free = [], data = [], chosen = [], repeated = [], taken = [];
            [Generated("K", "K")] double[,] square = new double[0, 0], factor = new double[0, 0];
            [Generated("K", "2")] double[,] table = new double[0, 0];
            [Generated] double read, second;

            double[] Scaled(double[] v, double by)
            {
                double[] result = new double[v.Length];
                for (int i = 0; i < v.Length; i++) { result[i] = v[i] * by; }
                return result;
            }

            (double[], double) Both() => ([mu, 2 * mu, 1], 3 * mu);

            void Generate()
            {
                helped = Scaled(p, mu);
                helped[0] += 1;
                helped = Scaled(helped, 3);
                double[] made = Scaled(alpha, 2);
                made[1] = mu;
                local = made;
                read = local[1] + made[2] + local.Length;
                simplex = p;
                free = w;
                data = alpha;
                table = m;
                square = LinearAlgebra.MultiplyByTranspose(L);
                factor = L;
                if (mu > 0) { chosen = Scaled(w, 2); } else if (K > 2) { chosen = [mu, mu * mu, 1]; }
                for (int i = 0; i < K; i++) { if (w[i] > 0) { repeated = Scaled(w, i + 1.5); read += repeated[i]; } }
                (taken, second) = Both();
                (free, chosen) = (w, w);
                foreach (double one in local) { read += one * mu; }
                local = [read, mu, 1];
                helped = [read, mu, 1];
                foreach (double one in helped) { helped[2] += one; }
            }
        }
        """);

    /// <summary>The same random numbers as those of calls whose results are copied.</summary>
    [Fact]
    public void Random_arrays_are_taken_element_for_element()
    {
        string[] vectors = ["random.Dirichlet(alpha)", "random.MultivariateNormalCholesky(L)", "random.MultivariateNormalCholesky(w, L)", "random.Multinomial(5, p)"];
        string[] matrices = ["random.LkjCholesky(K, 2)", "random.Wishart(K + mu * mu, LinearAlgebra.MultiplyByTranspose(L))", "random.WishartCholesky(K, L)", "random.InverseWishart(K + 1, LinearAlgebra.MultiplyByTranspose(L))"];
        string Model(string name, Func<string, string, string> take) => $$"""
            [Model]
            public partial class {{name}}
            {
            {{Fields}}
                {{string.Concat(vectors.Select((_, i) => $"[Generated(\"K\")] double[] random{i} = []; "))}}
                {{string.Concat(matrices.Select((_, i) => $"[Generated(\"K\", \"K\")] double[,] randomMatrix{i} = new double[0, 0]; "))}}

                void Generate(RandomSource random)
                {
                    {{string.Concat(vectors.Select((call, i) => take($"random{i}", call)).Concat(matrices.Select((call, i) => take($"randomMatrix{i}", call))))}}
                }
            }
            """;
        string whole = Model("AsAWhole", (name, call) => $"{name} = {call};\n");
        string copied = Model("Copied", (name, call) => name.Contains("Matrix", StringComparison.Ordinal)
            ? $"double[,] {name}Made = {call}; for (int i = 0; i < K; i++) {{ for (int j = 0; j < K; j++) {{ {name}[i, j] = {name}Made[i, j]; }} }}\n"
            : $"double[] {name}Made = {call}; for (int i = 0; i < K; i++) {{ {name}[i] = {name}Made[i]; }}\n");
        ModelCase.CheckAll(Data, whole, copied);
        Posterior[] posteriors = [.. new[] { whole, copied }.Select(source => ((IModelDefinition)ModelCase.Create(source, Data)).ToPosterior())];
        foreach (double[] position in GradientCheck.Points(posteriors[0].Dimension, 5, seed: 4, scale: 1))
        {
            double[] outputs = KernelRun.Outputs(posteriors[0], position);
            Assert.Equal(KernelRun.Outputs(posteriors[1], position), outputs);
            Assert.All(outputs, value => Assert.True(double.IsFinite(value)));
            Assert.Equal(1, outputs.Skip(Array.IndexOf([.. posteriors[0].OutputLabels], "random0[1]")).Take(3).Sum(), 1e-12);
        }
    }

    [Fact]
    public void Other_shapes_than_declared_are_refused()
    {
        IModelDefinition model = (IModelDefinition)ModelCase.Create(
            """[Model] public partial class Short { [Data] public required int K; [Parameter] double mu; [Generated("K")] double[] x = []; double LogDensity() => -mu * mu; void Generate() { x = [mu, 1]; } }""",
            """{"K": 3}""");
        Assert.Contains("'x' has 2 elements; K = 3 are declared", Assert.Throws<ArgumentException>(model.ToPosterior).Message, StringComparison.Ordinal);
    }

    /// <summary>A kernel has two arrays where C# has one by two names: what would tell them apart is refused.</summary>
    [Theory]
    [InlineData("double[] v = [mu, 1]; x = v; v[0] = 1;", "GS0115", "v[0]")]
    [InlineData("double[] v = [mu, 1]; x = v; x[0] += 1;", "GS0115", "x[0]")]
    [InlineData("x = w; x[1] = 2;", "GS0115", "x[1]")]
    [InlineData("double[] v = [mu, 1]; for (int i = 0; i < 2; i++) { v[i] = 1; x = v; }", "GS0114", "x")]
    [InlineData("double[] v = x; x = [mu, 1]; v[0] = 1;", "GS0114", "x")]
    [InlineData("Change(x);", "GS0114", "x")]
    [InlineData("Kept();", "GS0115", "x[0]")]
    [InlineData("(x, z) = (z, x);", "GS0114", "x")]
    [InlineData("(x, double[] v) = ([mu, 1], x);", "GS0114", "x")]
    [InlineData("(x, z) = Twice(); x[0] = 5;", "GS0114", "x")]
    [InlineData("(x, double[] v) = Twice(); v[0] = 5;", "GS0114", "x")]
    [InlineData("double[] kept; double[] Keep() { kept = [mu, 1]; return kept; } x = Keep(); kept[0] = 7;", "GS0115", "kept[0]")]
    [InlineData("double[] kept; double[] Keep() { kept = [mu, 1]; return kept; } x = Keep(); x[0] = 7;", "GS0115", "x[0]")]
    [InlineData("for (int i = 0; i < 2; i++) { x[0] = 5; x = w; }", "GS0114", "x")]
    [InlineData("for (int i = 0; i < 2; i++) { x[0] = 5; x = d; }", "GS0114", "x")]
    [InlineData("for (int i = 0; i < 2; i++) { x[0] = 5; double[] v = [mu, i]; x = v; z = v; }", "GS0114", "x")]
    [InlineData("foreach (double e in x) { x = [e + 1, mu]; }", "GS0114", "x")]
    [InlineData("double Set() { x = [mu, 1]; return 1; } x[0] = Set();", "GS0114", "x")]
    [InlineData("double Set() { x = [mu, 1]; return 1; } x[0] += Set();", "GS0114", "x")]
    [InlineData("int Set() { x = [mu, 1]; return 1; } z[0] = x[Set()];", "GS0114", "x")]
    [InlineData("double Set() { x = [mu, 1]; return 1; } double F(double[] u, double s) => u[0] * s; z[0] = F(x, Set());", "GS0114", "x")]
    [InlineData("double Set() { x = [mu, 1]; return 1; } (double[] V, double S) u = (x, Set());", "GS0114", "x")]
    [InlineData("double[] v = [mu, 1]; double Set() { x = v; return 1; } v[0] = Set();", "GS0115", "v[0]")]
    public void Two_names_for_one_array_are_refused(string body, string id, string place)
    {
        string source = $$"""
            using System; using GpuSampling.Modeling;
            [Model]
            public partial class Aliases
            {
                [Data("2")] public required double[] d;
                [Parameter] double mu;
                [Parameter("2")] double[] w = [];
                [Generated("2")] double[] x = [], z = [];
                double LogDensity() => -mu * mu - w[0] - w[1];
                void Generate() { {{body}} }
                void Change(double[] u) { x = [mu, 2]; u[0] = 1; }
                (double[], double[]) Twice() { double[] v = [mu, 1]; return (v, v); }
                double[] Make() { double[] v = [mu, 3]; z = v; return v; }
                void Kept() { x = Make(); x[0] = 1; }
            }
            """;
        Microsoft.CodeAnalysis.Diagnostic diagnostic = Assert.Single(GeneratorRun.Of(source.Replace("using System; using GpuSampling.Modeling;\n", "", StringComparison.Ordinal)).Diagnostics);
        Microsoft.CodeAnalysis.Text.TextSpan span = diagnostic.Location.SourceSpan;
        Assert.Equal((id, place), (diagnostic.Id, source.Substring(span.Start, span.Length)));
    }
}
