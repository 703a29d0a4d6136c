using System.Globalization;
using System.Text;
using GpuSampling.Generators.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GpuSampling.Generators.Tests;

/// <summary>How long an edit of a model of 300 lines keeps the compiler waiting.</summary>
[Collection("Alone")]
public class GenerationTimeTests
{
    /// <summary>
    /// By the compiler's own clock for generators, the least of the edits: other work on the machine only ever adds to it. The medians
    /// are printed: on a quiet machine they are what an author waits.
    /// </summary>
    [Fact]
    public void Long_models_are_generated_within_a_moment_after_the_first()
    {
        string model = Model(blocks: 30);
        Assert.InRange(model.Count(letter => letter == '\n'), 290, 340);
        CSharpCompilation compilation = GeneratorRun.Compile(model);
        GeneratorDriver driver = GeneratorRun.Driver().RunGenerators(compilation, TestContext.Current.CancellationToken);
        Assert.Empty(driver.GetRunResult().Diagnostics);
        var times = new List<double>();
        for (int edit = 0; edit < 60; edit++)
        {
            SyntaxTree tree = compilation.SyntaxTrees[0];
            string changed = tree.ToString().Replace($"bias = {edit}.5", $"bias = {edit + 1}.5", StringComparison.Ordinal);
            compilation = compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(
                changed, (CSharpParseOptions)tree.Options, tree.FilePath, cancellationToken: TestContext.Current.CancellationToken));
            driver = driver.RunGenerators(compilation, TestContext.Current.CancellationToken);
            times.Add(driver.GetTimingInfo().ElapsedTime.TotalMilliseconds);
            Assert.Contains($"{edit + 1}.5", driver.GetRunResult().GeneratedTrees[0].ToString(), StringComparison.Ordinal);
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"median {Median(times.Take(30)):F0} ms of the first 30 edits, {Median(times.Skip(30)):F0} ms of the next 30, {times.Min():F0} ms at least");
        Assert.InRange(times.Min(), 0, 100);
    }

    private static double Median(IEnumerable<double> times) => times.Order().ElementAt(times.Count() / 2);

    private static string Model(int blocks)
    {
        var fields = new StringBuilder();
        var statements = new StringBuilder();
        for (int i = 0; i < blocks; i++)
        {
            fields.Append(CultureInfo.InvariantCulture, $"    [Parameter] double a{i};\n    [Parameter(Lower = 0)] double s{i};\n");
            statements.Append($$"""
                        target += Density.Normal(a{{i}}, 0, 1);
                        target += Density.HalfCauchy(s{{i}}, 2);
                        for (int n = 0; n < N; n++)
                        {
                            double mean{{i}} = a{{i}} * x[n] + bias;
                            target += Density.Normal(y[n], mean{{i}}, s{{i}});
                        }


                """);
        }

        return $$"""
            [Model]
            public partial class Long
            {
                [Data] public required int N;
                [Data("N")] public required double[] x, y;
            {{fields}}
                double LogDensity()
                {
                    double bias = 0.5;
                    double target = 0;
            {{statements}}
                    return target;
                }
            }
            """;
    }
}

/// <summary>Tests that time things: no other runs beside them.</summary>
[CollectionDefinition("Alone", DisableParallelization = true)]
public class TimedTests;
