using System.CommandLine;
using System.Globalization;
using GpuSampling.Diagnostics;
using GpuSampling.Engines;
using GpuSampling.Modeling;
using GpuSampling.Sampling;

namespace GpuSampling.Cli;

/// <summary><c>sample</c>: runs a sampler on a model, prints the summary, and writes draws and summaries to a folder.</summary>
internal static class SampleCommand
{
    public static Command Create(TextWriter output, TextWriter error)
    {
        Argument<string> model = new("model") { Description = ModelSource.Help };
        Option<string?> type = new("--model") { Description = "The name of a model within PATH.dll; needed where it has several." };
        Option<FileInfo?> data = new("--data") { Description = "A JSON file with the model's data." };
        Option<int> chains = new("--chains") { Description = "The number of chains.", DefaultValueFactory = _ => 1024 };
        Option<int> warmup = new("--warmup") { Description = "Transitions per chain that adapt and are not kept.", DefaultValueFactory = _ => 300 };
        Option<int> draws = new("--draws") { Description = "Draws per chain.", DefaultValueFactory = _ => 200 };
        Option<int> thin = new("--thin") { Description = "Transitions per draw kept.", DefaultValueFactory = _ => 1 };
        Option<ulong> seed = new("--seed") { Description = "The seed: with model, data and options it fixes every bit.", DefaultValueFactory = _ => 0 };
        SamplerSelection sampler = new();
        StartSelection starts = new();
        Option<string> engine = new("--engine") { Description = $"{EngineSelection.Help}.", DefaultValueFactory = _ => "auto" };
        Option<int> threads = new("--threads") { Description = "Threads of the SIMD engines; 0: one per core.", DefaultValueFactory = _ => 0 };
        Option<int> precision = new("--precision") { Description = "32 or 64 bits.", DefaultValueFactory = _ => 32 };
        Option<DirectoryInfo?> folder = new("--out") { Description = "A folder for summary.json, summary.csv, draws.npz, statistics.npz and draws.sha256; where transitions diverged, divergences.csv with their positions, the first 10,000." };
        Option<string> keep = new("--keep") { Description = "draws: all of them, with every diagnostic; quantiles: moments, sketches of quantiles and divergences only, in memory that does not grow with the run.", DefaultValueFactory = _ => "draws" };
        CheckpointSelection checkpoint = new();
        Command command = new("sample", "Sample a model's posterior with many chains, and diagnose the draws.")
        {
            model, type, data, chains, warmup, draws, thin, seed, engine, threads, precision, keep, folder,
        };
        foreach (Option option in sampler.Options.Concat(starts.Options).Concat(checkpoint.Options))
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, cancellationToken) =>
        {
            Posterior posterior = ModelSource.Open(parsed.GetValue(model)!, parsed.GetValue(type), parsed.GetValue(data), cancellationToken);
            RunOptions run = Checked(() => new RunOptions
            {
                ChainCount = parsed.GetValue(chains),
                WarmupCount = parsed.GetValue(warmup),
                DrawCount = parsed.GetValue(draws),
                Thinning = parsed.GetValue(thin),
                Seed = parsed.GetValue(seed),
                Starts = starts.Choose(parsed, cancellationToken),
                Checkpoint = checkpoint.Choose(parsed),
            });
            SampleRequest request = new()
            {
                Posterior = posterior,
                Run = run,
                Choice = Checked(() => sampler.Choose(parsed, posterior, run)),
                KeepsDraws = parsed.GetValue(keep) switch
                {
                    "draws" => true,
                    "quantiles" => false,
                    string other => throw new BadInputException($"--keep is {other}; allowed are draws and quantiles."),
                    null => true,
                },
                Folder = parsed.GetValue(folder) is DirectoryInfo directory ? OutputFolder.Prepare(directory) : null,
            };
            return Task.FromResult(Run(
                request, parsed.GetValue(precision), parsed.GetValue(engine)!, parsed.GetValue(threads), output, error, cancellationToken));
        });
        return command;
    }

    private static int Run(
        SampleRequest request, int precision, string engineName, int threads, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        if (threads is < 0 or > 1024)
        {
            throw new BadInputException($"--threads is {threads}; allowed are 0 to 1024.");
        }

        if (precision is not (32 or 64))
        {
            throw new BadInputException($"--precision is {precision}; allowed are 32 and 64.");
        }

        using Engine engine = EngineSelection.Open(engineName, threads);
        return precision == 32
            ? Run<float>(request, engine, output, error, cancellationToken)
            : Run<double>(request, engine, output, error, cancellationToken);
    }

    private static int Run<TElement>(
        SampleRequest request, Engine engine, TextWriter output, TextWriter error, CancellationToken cancellationToken)
        where TElement : unmanaged
    {
        KeptDraws<TElement> draws = new();
        StreamedSummary<TElement>? streamed = request.KeepsDraws ? null : new StreamedSummary<TElement>();
        SamplingResult result = Sample(request, engine, streamed?.Sink ?? draws, error, cancellationToken);
        WriteHead<TElement>(request, result, engine, output);
        if (result.DrawCount == 0)
        {
            return ExitCode.Stopped;
        }

        output.WriteLine();
        if (streamed is null)
        {
            Report(request, result, draws, output);
        }
        else
        {
            streamed.Report(result, request.Folder, output);
        }

        if (!result.IsComplete)
        {
            return ExitCode.Stopped;
        }

        // Only now that everything is written.
        FinishedCheckpoint.Remove(request.Run.Checkpoint, output);
        return ExitCode.Success;
    }

    private static SamplingResult Sample<TElement>(
        SampleRequest request, Engine engine, DrawSink<TElement> sink, TextWriter error, CancellationToken cancellationToken)
        where TElement : unmanaged
    {
        try
        {
            return RunProgressBar.Show(
                error, progress => request.Choice.Sampler.Sample(request.Posterior, request.Run, engine, sink, progress, cancellationToken));
        }
        catch (ArgumentException fault)
        {
            // Only combinations of options remain to be refused here.
            throw new BadInputException(FaultText.Of(fault));
        }
        catch (CheckpointException fault)
        {
            throw new BadInputException(CheckpointFault.Of(fault, request.Run.Checkpoint!.Folder));
        }
        catch (InitializationException fault) when (request.Run.Starts is GivenStarts)
        {
            throw new BadInputException(fault.Message);
        }
    }

    private static void WriteHead<TElement>(SampleRequest request, SamplingResult result, Engine engine, TextWriter output)
    {
        Sampler sampler = request.Choice.Sampler;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{request.Posterior.Name}: {request.Run.ChainCount} chains of {request.Run.WarmupCount} + {request.Run.DrawCount} transitions, {sampler.Name}, {engine.Name} ({engine.Description}), {(typeof(TElement) == typeof(float) ? 32 : 64)} bits, seed {request.Run.Seed}"));
        if (result.ResumedDrawCount > 0)
        {
            output.WriteLine($"Went on from the checkpoint after {result.ResumedDrawCount} of {request.Run.DrawCount} draws per chain.");
        }

        if (request.Choice.Reason.Length > 0)
        {
            output.WriteLine($"Sampler {sampler.Name}: {request.Choice.Reason}.");
        }

        if (SamplerSelection.BiasOf(sampler.Name) is string bias)
        {
            output.WriteLine($"warning: {bias}");
        }

        if (!result.IsComplete)
        {
            output.WriteLine($"Stopped after {result.DrawCount} of {request.Run.DrawCount} draws per chain: {(result.DrawCount == 0 ? "nothing was kept" : "these were kept")}.");
            if (request.Run.Checkpoint is not null)
            {
                output.WriteLine(result.CheckpointFailure is null
                    ? "The checkpoint holds everything that was drawn: the same command goes on from there."
                    : $"warning: The last checkpoint could not be written ({result.CheckpointFailure}): the same command goes on from an earlier one, or from the beginning.");
            }
        }
    }

    private static void Report<TElement>(SampleRequest request, SamplingResult result, KeptDraws<TElement> draws, TextWriter output)
        where TElement : unmanaged
    {
        // A summary of what there is is worth having even after a stop.
        DiagnosticsSummary summary = result.Summarize(draws, cancellationToken: CancellationToken.None);
        SummaryTable.Write(summary, output);
        RunReport report = RunReport.Of(result, summary, draws);
        output.WriteLine();
        report.Write(output);
        if (request.Folder is not null)
        {
            request.Folder.Write(result, summary, report, draws);
            output.WriteLine($"Written to {request.Folder.Path}");
        }
    }

    /// <summary>Makes options, and turns what they refuse into bad input.</summary>
    private static TOptions Checked<TOptions>(Func<TOptions> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentException fault)
        {
            throw new BadInputException(FaultText.Of(fault));
        }
    }
}

/// <summary>What <c>sample</c> was asked for.</summary>
internal sealed record SampleRequest
{
    /// <summary>What to sample.</summary>
    public required Posterior Posterior { get; init; }

    /// <summary>The size and seed.</summary>
    public required RunOptions Run { get; init; }

    /// <summary>The sampler, and why where it was not named.</summary>
    public required SamplerChoice Choice { get; init; }

    /// <summary>Whether draws are kept, or only what can be streamed.</summary>
    public required bool KeepsDraws { get; init; }

    /// <summary>Where to write; null: nowhere.</summary>
    public required OutputFolder? Folder { get; init; }
}
