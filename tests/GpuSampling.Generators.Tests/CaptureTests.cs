using GpuSampling.Generators.Tests.Support;
using GpuSampling.Modeling;

namespace GpuSampling.Generators.Tests;

/// <summary>Local functions that read and assign variables of the method around them.</summary>
public class CaptureTests
{
    private const string Data = """{"N": 4, "y": [0.3, -1.2, 0.8, 1.9]}""";

    [Fact]
    public void Captured_variables_are_those_of_the_method() => ModelCase.CheckAll(Data, [.. new[]
    {
        // Read as they are when the function is called.
        "double scale = a; double Mean(int i) => scale * theta[i] + b; for (int i = 0; i < N; i++) { t += Mean(i); scale += 0.1; } scale = 3; t += Mean(1);",
        "double Of(double u) { double Sum(double w) => u * w + t; return Sum(b) * Sum(2); } t += Of(a) + Of(b);",
        "for (int i = 0; i < N; i++) { double own = theta[i] * i; double At(double u) => own * u + i; t += At(a); }",
        "bool isLarge = a > 0; int shift = N - 3; (double, double) both = (a, b); double F(double u) => isLarge ? u * shift : both.Item2; t += F(b);",

        // Assigned, in loops, branches of lanes, early ends, operands.
        "void Add(double u) => t += u * theta[0]; for (int i = 0; i < N; i++) { Add(y[i] * a); }",
        "double s = b; double Next(double u) { if (u > a) { s += 0.1; return u; } s *= 1.1; return u * s; } for (int i = 0; i < N; i++) { if (theta[i] > 0) { t += Next(theta[i]) + s; } } t += Next(a) * s - Next(s);",
        "double Bump(double u) { t += u; return t * 0.1; } t += Bump(a); t -= t * Bump(b); if (a > 0 && Bump(theta[0]) > 0) { t += b; }",
        "double late; void Set() { late = a * 3; } Set(); t += late * b;",
        "void Inner(double u) { void Both() { t += u; u *= 2; } Both(); Both(); t -= u * b; } Inner(a); Inner(b);",
        "double r = a; void Step(int i) { for (int j = 0; j < i; j++) { Turn(); } t += r; } void Turn() { r = Math.Sin(r + b); } for (int i = 0; i < N; i++) { Step(i); }",
        "double[] v = [a, b, 1]; void Swap() { (v[0], v[1]) = (v[1], v[0] * a); } double Total() => v[0] - v[1] * v[2]; Swap(); t += Total(); Swap(); t += Total() * b;",
        "int count = 0; void Count() { count++; } Count(); if (N > 2) { Count(); } t += a * count * theta[count];",
        "(double, double) p = (a, b); void Cycle() { p = (p.Item2, p.Item1 * a); } Cycle(); Cycle(); t += p.Item1 - p.Item2;",
    }.Select((body, n) => $$"""
        [Model]
        public partial class Captured{{n}}
        {
            [Data] public required int N;
            [Data("N")] public required double[] y;
            [Parameter("N")] double[] theta = [];
            [Parameter] double a, b;
            [Generated] double shown, steps;

            double LogDensity() => F(-a * a - b * b, theta);

            double F(double t, double[] theta)
            {
                {{body}}
                return t;
            }

            void Generate()
            {
                double s = 1;
                void Put(double u) { steps += s * u; s += a; }
                for (int i = 0; i < N; i++) { Put(theta[i]); }
                shown = F(b, theta);
            }
        }
        """)]);

    /// <summary>Statements of the density may stand in local functions: its parts are told apart all the same.</summary>
    [Fact]
    public void Parts_that_local_functions_add_are_prior_or_likelihood()
    {
        const string source = """
            [Model]
            public partial class Observed
            {
                [Data] public required int N;
                [Data("N")] public required double[] y;
                [Parameter] double mu;
                [Parameter(Lower = 0)] double tau;

                double LogDensity()
                {
                    double target = 0;
                    void Prior() { target += Density.Normal(mu, 0, 5) + Density.HalfCauchy(tau, 5); }
                    void Observe(double from)
                    {
                        for (int n = 0; n < N; n++) { target += Density.Normal(y[n], from, tau); }
                    }
                    Prior();
                    Observe(mu);
                    return target;
                }
            }
            """;
        var posterior = (Posterior)((IModelDefinition)ModelCase.Check(source, Data, points: 10)).ToPosterior();
        Assert.Equal(4, posterior.Accept(new TermCount()));
        double[] y = [0.3, -1.2, 0.8, 1.9];
        Assert.Equal(y.Sum(one => Density.Normal(one, 0.4, 1)), KernelRun.At(posterior, [0.4, 0]).LogLikelihood, 1e-12);
    }

    /// <summary>Arguments that are held for their order leave a call one part of the density.</summary>
    [Fact]
    public void Parts_with_named_arguments_are_prior_or_likelihood()
    {
        const string source = """
            [Model]
            public partial class Named
            {
                [Data] public required int N;
                [Data("N")] public required double[] y;
                [Parameter] double mu;

                double LogDensity()
                {
                    double scale = 1;
                    double Wider() { scale += 4; return scale; }
                    return Density.Normal(sd: Wider(), mean: scale - 5, x: mu) + Density.Normal(sd: Wider() - 8, mean: mu, x: y[0]);
                }
            }
            """;
        var posterior = (Posterior)((IModelDefinition)ModelCase.Check(source, Data, points: 10)).ToPosterior();
        Assert.Equal(Density.Normal(0.3, 0.4, 1), KernelRun.At(posterior, [0.4]).LogLikelihood, 1e-12);
    }

    [Fact]
    public void Integers_that_calls_change_from_iteration_to_iteration_are_refused()
    {
        const string source = "[Model] public partial class M { [Parameter] double x; double LogDensity() { int n = 0; void Step() { n++; } for (int i = 0; i < 3; i++) { Step(); } return n * x; } }";
        Microsoft.CodeAnalysis.Diagnostic diagnostic = Assert.Single(GeneratorRun.Of(source).Diagnostics);
        Assert.Equal("GS0113", diagnostic.Id);
        Assert.Contains("'n'", diagnostic.GetMessage(null), StringComparison.Ordinal);
    }

    private sealed class TermCount : IPosteriorVisitor<int>
    {
        public int Visit<TModel>(Posterior<TModel> posterior)
            where TModel : struct, GpuSampling.Kernels.Models.IModel => posterior.Model.DataTermCount;
    }
}
