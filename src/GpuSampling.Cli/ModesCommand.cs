using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using GpuSampling.Engines;
using GpuSampling.Modeling;
using GpuSampling.Optimization;
using GpuSampling.Sampling;

namespace GpuSampling.Cli;

/// <summary><c>modes</c>: searches for the modes of a posterior by simulated annealing.</summary>
internal static class ModesCommand
{
    public static Command Create(TextWriter output)
    {
        SimulatedAnnealingOptions defaults = new();
        Argument<string> model = new("model") { Description = ModelSource.Help };
        Option<string?> type = new("--model") { Description = "The name of a model within PATH.dll; needed where it has several." };
        Option<FileInfo?> data = new("--data") { Description = "A JSON file with the model's data." };
        Option<int> chains = new("--chains") { Description = "The chains that search.", DefaultValueFactory = _ => defaults.ChainCount };
        Option<int> transitions = new("--transitions") { Description = "Transitions of each chain: more cool it more slowly.", DefaultValueFactory = _ => defaults.TransitionCount };
        Option<double> radius = new("--initial-radius") { Description = "Chains start within ± this in unconstrained space.", DefaultValueFactory = _ => defaults.InitialRadius };
        Option<int> most = new("--most") { Description = "The most modes to print.", DefaultValueFactory = _ => 5 };
        Option<ulong> seed = new("--seed") { Description = "The seed.", DefaultValueFactory = _ => 0 };
        Option<string> engine = new("--engine") { Description = $"{EngineSelection.Help}.", DefaultValueFactory = _ => "auto" };
        Option<int> precision = new("--precision") { Description = "32 or 64 bits.", DefaultValueFactory = _ => 64 };
        CheckpointSelection checkpoint = new();
        Command command = new("modes", "Search for the modes of a model's posterior, over its unconstrained parameters, by simulated annealing.")
        {
            model, type, data, chains, transitions, radius, most, seed, engine, precision,
        };
        foreach (Option option in checkpoint.Options)
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, cancellationToken) =>
        {
            Posterior posterior = ModelSource.Open(parsed.GetValue(model)!, parsed.GetValue(type), parsed.GetValue(data), cancellationToken);
            SimulatedAnnealingOptions options;
            try
            {
                options = defaults with
                {
                    ChainCount = parsed.GetValue(chains),
                    TransitionCount = parsed.GetValue(transitions),
                    InitialRadius = parsed.GetValue(radius),
                    Seed = parsed.GetValue(seed),
                    Checkpoint = checkpoint.Choose(parsed),
                    Precision = parsed.GetValue(precision) switch
                    {
                        32 => Precision.Single,
                        64 => Precision.Double,
                        int other => throw new BadInputException($"--precision is {other}; allowed are 32 and 64."),
                    },
                };
            }
            catch (ArgumentOutOfRangeException fault)
            {
                throw new BadInputException(FaultText.Of(fault));
            }

            if (parsed.GetValue(most) < 1)
            {
                throw new BadInputException($"--most is {parsed.GetValue(most)}; allowed are 1 and above.");
            }

            using Engine opened = EngineSelection.Open(parsed.GetValue(engine)!, 0);
            ModeSearch search = Find(posterior, options, opened, cancellationToken);
            Write(posterior, options, opened, search.Modes, parsed.GetValue(most), output);

            // Only now that everything is written.
            FinishedCheckpoint.Remove(options.Checkpoint, output);
            return Task.FromResult(ExitCode.Success);
        });
        return command;
    }

    private static ModeSearch Find(
        Posterior posterior, SimulatedAnnealingOptions options, Engine engine, CancellationToken cancellationToken)
    {
        try
        {
            return SimulatedAnnealing.FindModes(posterior, options, engine, cancellationToken: cancellationToken);
        }
        catch (ArgumentException fault)
        {
            // Only combinations of options remain to be refused here.
            throw new BadInputException(FaultText.Of(fault));
        }
        catch (CheckpointException fault)
        {
            throw new BadInputException(CheckpointFault.Of(fault, options.Checkpoint!.Folder));
        }
        catch (OperationCanceledException stop) when (cancellationToken.IsCancellationRequested)
        {
            throw new StoppedException(options.Checkpoint is null
                ? "stopped: a search that is not finished has no modes to tell; with --checkpoint DIR it could go on."
                : stop.InnerException is Exception fault
                ? $"stopped, and the last checkpoint could not be written ({fault.Message}): the same command goes on from an earlier one, or from the beginning."
                : $"stopped: the same command goes on from the checkpoint in {options.Checkpoint.Folder}.");
        }
    }

    private static void Write(
        Posterior posterior, SimulatedAnnealingOptions options, Engine engine, ImmutableArray<Mode> modes, int most, TextWriter output)
    {
        Line(output, $"{posterior.Name}: {options.ChainCount} chains of {options.TransitionCount} transitions, {engine.Name} ({engine.Description}), {(int)options.Precision} bits, seed {options.Seed}");
        for (int i = 0; i < Math.Min(most, modes.Length); i++)
        {
            Line(output, $"mode {i + 1}: log density {Math.Round(modes[i].LogDensity, 4) + 0.0:0.####}, found by {modes[i].ChainCount} of {options.ChainCount} chains");
            for (int k = 0; k < modes[i].Outputs.Length; k++)
            {
                Line(output, $"  {posterior.OutputLabels[k],-16} {modes[i].Outputs[k]:G6}");
            }
        }

        if (modes.Length > most)
        {
            Line(output, $"{modes.Length - most} other ends of chains are lower: chains that have not come to rest count as modes of their own.");
        }
    }

    private static void Line(TextWriter output, FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
