using System.CommandLine;
using GpuSampling.Diagnostics;
using GpuSampling.Interchange;

namespace GpuSampling.Cli;

/// <summary><c>diagnose</c>: the summary and the warnings of stored draws, of this command or of others.</summary>
internal static class DiagnoseCommand
{
    public static Command Create(TextWriter output)
    {
        Argument<string[]> paths = new("path")
        {
            Description = "A folder that 'sample' wrote; a folder of CmdStan's .csv files, or the files; an .npz archive or a .json file (ArviZ's groups, or arrays chain x draw x ... by name).",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<bool> json = new("--json") { Description = "Print JSON." };
        Option<int> superchains = new("--superchains") { Description = "Chains lie in this many groups of common starts: adds nested R-hat. 0: none.", DefaultValueFactory = _ => 0 };
        Option<bool> coupled = new("--coupled") { Description = "The chains depend on one another, as the walkers of an ensemble do: leaves out what takes them for independent." };
        Option<int> threads = new("--threads") { Description = "Threads; 0: one per core.", DefaultValueFactory = _ => 0 };
        Command command = new("diagnose", "Diagnose stored draws: R-hat, effective sample sizes, Monte Carlo errors, divergences, energies.")
        {
            paths, json, superchains, coupled, threads,
        };
        command.SetAction((parsed, cancellationToken) => Task.FromResult(Run(
            parsed.GetValue(paths)!, parsed.GetValue(json), parsed.GetValue(superchains), parsed.GetValue(coupled), parsed.GetValue(threads), output, cancellationToken)));
        return command;
    }

    private static int Run(string[] paths, bool asJson, int superchains, bool coupled, int threads, TextWriter output, CancellationToken cancellationToken)
    {
        if (threads is < 0 or > 1024)
        {
            throw new BadInputException($"--threads is {threads}; allowed are 0 to 1024.");
        }

        StoredDraws draws = Read(paths, cancellationToken);
        if (superchains != 0 && (superchains < 2 || draws.Chains % superchains != 0))
        {
            throw new BadInputException($"--superchains is {superchains}; allowed are 0 and divisors of the {draws.Chains} chains from 2 on.");
        }

        DiagnosticsSummary summary = DiagnosticsSummary.Compute(
            draws,
            draws.Outcome,
            new DiagnosticsOptions
            {
                Threads = threads,
                ChainsAreCoupled = coupled || draws.ChainsAreCoupled,
                Superchains = superchains == 0 ? default : NestedRHat.ConsecutiveSuperchains(draws.Chains, superchains),
            },
            cancellationToken: cancellationToken);
        if (!asJson && draws.Sampler is string sampler && SamplerSelection.BiasOf(sampler) is string bias)
        {
            output.WriteLine($"warning: {bias}");
        }

        output.WriteLine(asJson ? SummaryJson.Format(summary) : SummaryTable.Format(summary).TrimEnd('\n'));
        return ExitCode.Success;
    }

    private static StoredDraws Read(string[] paths, CancellationToken cancellationToken)
    {
        try
        {
            return StoredDraws.Read(paths, cancellationToken);
        }
        catch (ArgumentException fault)
        {
            throw new BadInputException(fault.Message.Split(" (Parameter")[0]);
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new BadInputException(fault.Message);
        }
    }
}
