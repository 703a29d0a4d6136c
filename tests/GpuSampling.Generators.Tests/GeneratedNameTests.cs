using GpuSampling.Generators.Tests.Support;
using GpuSampling.Modeling;
using Microsoft.CodeAnalysis;

namespace GpuSampling.Generators.Tests;

/// <summary>Generated code compiles whatever the author's own types and members are called, and without a warning.</summary>
public class GeneratedNameTests
{
    private const string Names =
        "Elementary IReal Mask Word Float64 IChainVector IDataTable IModel StreamAddress ModelVariate IModelDefinition Posterior ModelDataBuilder DataSize OutputShape JsonData DrawReader HostNumbers UnconstrainedWriter RandomSource Constraint MethodImpl MethodImplOptions System Math Double Int32 Vector T TVector TData Random GpuSampling";

    private const string Body = """
        [Data] public required int N;
        [Data("N")] public required double[] x;
        [Data] public required double kernel;
        [Parameter] double a;
        [Parameter("N", Lower = 0)] double[] table = [];
        [Parameter("2", Constraint = global::GpuSampling.Modeling.Constraint.Simplex)] double[] result = [];
        [Generated] double b;
        double LogDensity()
        {
            double target = global::GpuSampling.Modeling.Density.Normal(a, 0, kernel);
            for (int n = 0; n < N; n++)
            {
                target += global::GpuSampling.Modeling.Density.Gamma(table[n], 2, 1) + global::GpuSampling.Modeling.Density.Normal(x[n], global::System.Math.Exp(a), table[n]);
            }

            return target;
        }

        void DrawPrior(global::GpuSampling.Modeling.RandomSource random) => a = random.Normal(0, kernel);

        void Generate(global::GpuSampling.Modeling.RandomSource random) => b = random.Normal(a, 2);
        """;

    /// <summary>Beside the model in its namespace, around it, among its members, and in no namespace at all.</summary>
    [Theory]
    [InlineData("namespace Mine { TYPES [global::GpuSampling.Modeling.Model] public partial class M { BODY } }", "Mine.M")]
    [InlineData("public partial class Outer { TYPES [global::GpuSampling.Modeling.Model] public partial class M { BODY } }", "Outer+M")]
    [InlineData("MOST [global::GpuSampling.Modeling.Model] public partial class M { FIELDS BODY }", "M")]
    [InlineData("[global::GpuSampling.Modeling.Model] public partial class M { TYPES BODY }", "M")]
    public void May_be_those_of_the_authors_own_types(string source, string name)
    {
        string[] names = Names.Split(' '), most = [.. names.Except(["System", "GpuSampling", "Math", "Random", "Double", "Int32"])];
        string text = source.Replace("TYPES", string.Concat(names.Select(one => $"public class {one} {{ }} ")), StringComparison.Ordinal)
            .Replace("MOST", string.Concat(most.Select(one => $"public class {one} {{ }} ")), StringComparison.Ordinal)
            .Replace("FIELDS", string.Concat(most.Select(one => $"public const int {one} = 1; ")), StringComparison.Ordinal)
            .Replace("BODY", Body, StringComparison.Ordinal);
        Type model = GeneratorRun.Of(text).Load().GetType(name)!;
        using var data = System.Text.Json.JsonDocument.Parse("""{"N": 2, "x": [1, 2], "kernel": 1.5}""");
        Posterior posterior = ((IModelDefinition)model.GetMethod("FromJson")!.Invoke(null, [data.RootElement])!).ToPosterior();
        Assert.True(double.IsFinite(KernelRun.At(posterior, [0.1, 0.2, -0.3, 0.4]).LogDensity));
        Assert.Equal(-0.3, posterior.Unconstrain(posterior.Constrain([0.1, 0.2, -0.3, 0.4]))[2], 1e-12);
    }

    /// <summary>A variable in code that the generator adds to long methods, and a bound that names a type of System.</summary>
    [Fact]
    public void May_be_those_of_variables_in_generated_code() => ModelCase.Check(
        """
        [Model]
        public partial class Named
        {
            [Parameter(Lower = "-Math.PI", Upper = "Math.Sqrt(2)")] double d;
            [Parameter("3")] double[] i = [];

            double LogDensity()
            {
                double target = -d * d, T = Special.Softplus(d), length = Math.Log(1 + d * d);
                for (int data = 0; data < 3; data++) { target -= i[data] * i[data] + Math.Log(1 + T * i[data] * i[data]) * length; }
                return target;
            }
        }
        """, "{}", points: 20);

    /// <summary>Names that generated code makes of the author's, words of the language, members and the type of the kernel.</summary>
    [Fact]
    public void May_be_those_of_fields()
    {
        const string body = """
            double LogDensity()
            {
                double t = -a * a - Dimension * Dimension;
                for (int n = 0; n < sigma.Length; n++)
                {
                    t += Density.Normal(sigma[n] + @in[n], a, 1) + Math.Log(sigma[n]) * a + logSigma[n] * tables[n] * Dimension + tablesAt / (1 + a * a) + @long * logSigmaAt;
                }

                for (int i = 0; i < @params; i++) { t += Math.Exp(tables[i]) * Elementary(a) + Kernel[i] * @ref[i]; }
                return t;
            }

            static double Elementary(double u) { double Elementary = u * u, Mask = Math.Exp(-Elementary); return Mask * Elementary; }

            void Generate() => @class = a * @params;
            """;
        const string fields = """
            [Data] public required double[] sigma, logSigma, tables;
            [Data] public required double tablesAt, logSigmaAt, @long;
            [Data(nameof(@params))] public required double[] @in;
            [Data] public required int @params;
            [Data] public required double[] Kernel;
            [Parameter] double a, Dimension;
            [Parameter(nameof(@params), Lower = 0)] double[] @ref = [];
            [Generated] double @class;
            """;
        ModelCase.CheckAll(
            """{"sigma": [0.3, 1.2], "logSigma": [0.4, -0.2], "tables": [0.1, 0.6], "tablesAt": 0.3, "logSigmaAt": 0.7, "long": 0.2, "in": [1, 2], "params": 2, "Kernel": [0.1, 0.2]}""",
            $"[Model] public partial class Fields {{ {fields} {body} }}",
            "[Model(\"a \\\"b\\\" \\\\\")] public partial class Titled { [Parameter] double a; double LogDensity() => -a * a; }",
            "[Model] public partial class Kernel { [Parameter] double a; double LogDensity() => -a * a; }",
            "[Model] public partial class CaseOnly { [Parameter] double a; double LogDensity() => -a * a; }",
            "[Model] public partial class Caseonly { [Parameter] double a; double LogDensity() => -a * a * a * a; }");
    }

    [Fact]
    public void Are_short_where_nothing_hides_them() => Assert.DoesNotContain(
        "global::GpuSampling", Assert.Single(GeneratorRun.Of($"[Model] public partial class M {{ {Body.Replace("global::", "", StringComparison.Ordinal)} }}").Sources), StringComparison.Ordinal);

    /// <summary>As in builds with RunAnalyzers=false, where no suppressor runs either.</summary>
    [Fact]
    public void Models_compile_without_warnings_and_analyzers()
    {
        GeneratorRun run = GeneratorRun.Of([.. PosteriorModels.All.Select(one => PosteriorModels.Source(one.Model)).Distinct()]);
        Assert.Empty(run.Output.GetDiagnostics(TestContext.Current.CancellationToken).Where(one => one.Severity > DiagnosticSeverity.Hidden));
    }
}
