namespace GpuSampling.Cli.Tests;

/// <summary>Data that do not fit a model are bad input, in one sentence that names the datum.</summary>
public sealed class ModelDataTests
{
    private const string Remission = "\"weeks\": [1, 2], \"isObserved\": [1, 0], \"isTreated\": [0, 1]";

    [Theory]
    [InlineData("leukemia-remission", "{\"N\": 0, \"weeks\": [], \"isObserved\": [], \"isTreated\": []}", "N is 0; allowed are integers from 1")]
    [InlineData("leukemia-remission", "{\"N\": 2, " + Remission + ", \"isTreatd\": [0, 1]}", "\"isTreatd\", which the model does not know (is \"isTreated\" meant?)")]
    [InlineData("pumps", "{\"N\": 0, \"failures\": [], \"hours\": []}", "N is 0")]
    [InlineData("pumps", "{\"N\": 1, \"failures\": [-1], \"hours\": [1]}", "failures[0] is -1; allowed are integers from 0")]
    [InlineData("pumps", "{\"N\": 1, \"failures\": [1], \"hours\": [-1]}", "hours[0] is -1; allowed are finite numbers above 0")]
    [InlineData("pumps", "{\"N\": 2, \"failures\": [1], \"hours\": [1, 1]}", "'failures' has 1 elements")]
    [InlineData("surgical", "{\"N\": 1, \"operations\": [3], \"deaths\": [4]}", "deaths[0] is 4")]
    [InlineData("stack-loss", "{\"N\": 1, \"airFlow\": [1], \"waterTemperature\": [1], \"acidConcentration\": [1], \"loss\": [1]}", "airFlow has 1 elements, none of which differ")]
    [InlineData("birth-weight", "{\"N\": 2, \"isLow\": [1], \"age\": [1, 2], \"motherWeight\": [1, 2], \"race\": [1, 2], \"smokes\": [0, 0], \"priorLabours\": [0, 0], \"hypertension\": [0, 0], \"irritability\": [0, 0], \"visits\": [0, 0]}", "isLow has 1 elements")]
    [InlineData("correlated-gaussian", "{\"mean\": [0, 0], \"precision\": [[1, 2], [2, 1]]}", "not positive definite")]
    [InlineData("correlated-gaussian", "{\"dimension\": 100000000}", "dimension is 100000000. Allowed: 1 to 32768")]
    [InlineData("funnel", "{\"dimension\": 100000000}", "dimension is 100000000. Allowed: 2 to 16777216")]
    [InlineData("funnel", "{\"dimension\": 1}", "dimension is 1. Allowed: 2")]
    [InlineData("funnel", "{\"dimensions\": 5}", "(is \"dimension\" meant?)")]
    [InlineData("logistic-regression", "{\"X\": [[1], [2]], \"y\": [0, 1], \"priorscale\": 2}", "(is \"prior_scale\" meant?)")]
    [InlineData("logistic-regression", "{\"X\": [[1], [2]], \"y\": [0, 1], \"prior_scale\": 0}", "prior_scale is 0")]
    [InlineData("eight-schools", "{\"y\": [1, 2], \"sigma\": [1, -1]}", "sigma[2] is -1")]
    [InlineData("banana", "{\"x\": [1]}", "this model takes no data")]
    [InlineData("OWN HalfNormalOfData", "{\"scale\": 1, \"scales\": 1}", "(is \"scale\" meant?)")]
    [InlineData("OWN FailsToPrepare", "{\"scale\": 1}", "its own code ended with InvalidOperationException: Sequence contains no elements")]
    public async Task BadDataAreRefusedInOneSentence(string model, string json, string culprit)
    {
        using TemporaryFolder folder = new();
        string[] named = model.StartsWith("OWN ", StringComparison.Ordinal) ? [typeof(ModelDataTests).Assembly.Location, "--model", model[4..]] : [model];
        CommandRun run = await CommandRun.Of(["model", "check", .. named, "--points", "1", "--data", folder.Write("data.json", json)]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(culprit, run.Error, StringComparison.Ordinal);
        Assert.Contains("data.json", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
        Assert.Empty(run.Output);
    }

    [Theory]
    [InlineData("logistic-regression", "{\"X\": [[1], [2]], \"y\": [0, 1], \"prior_scale\": 2, \"source\": \"a note\"}")]
    [InlineData("correlated-gaussian", "{\"mean\": [0, 0], \"precision\": [[2, 1.9], [1.9, 2]]}")]
    [InlineData("leukemia-remission", "{\"N\": 2, " + Remission + "}")]
    [InlineData("banana", "{}")]
    public async Task GoodDataAreTaken(string model, string json)
    {
        using TemporaryFolder folder = new();
        CommandRun run = await CommandRun.Of("model", "check", model, "--points", "1", "--data", folder.Write("data.json", json));
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
    }

    [Fact]
    public async Task AStopIsHeardWhileAModelPrepares()
    {
        using TemporaryFolder folder = new();
        using CancellationTokenSource stop = new(TimeSpan.FromMilliseconds(500));
        long start = Environment.TickCount64;
        CommandRun run = await CommandRun.Of(
            stop.Token, "sample", typeof(ModelDataTests).Assembly.Location, "--model", "SlowToPrepare", "--data", folder.Write("data.json", "{\"seconds\": 20}"));
        Assert.Equal(130, run.ExitCode);
        Assert.True(Environment.TickCount64 - start < 15000);
    }

    [Theory]
    [InlineData("--chains 2147483647 --draws 1", "2147483647 chains")]
    [InlineData("--chains 2147483647 --draws 1 --keep quantiles", "exceed")]
    [InlineData("--chains 150000000 --draws 1 --keep quantiles", "Keeping the moments")]
    public async Task WhatMemoryCannotHoldIsRefusedAtOnce(string size, string culprit)
    {
        long start = Environment.TickCount64;
        CommandRun run = await CommandRun.Of(["sample", "pumps", .. size.Split(' '), "--engine", "simd"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(culprit, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
        Assert.True(Environment.TickCount64 - start < 10000);
    }
}
