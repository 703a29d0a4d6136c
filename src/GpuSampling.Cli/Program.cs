using System.CommandLine;

namespace GpuSampling.Cli;

/// <summary>The command: parses the arguments and turns faults into one sentence and an exit code.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] arguments)
    {
        using CancellationTokenSource stop = new();
        Console.CancelKeyPress += (_, pressed) =>
        {
            // The first Ctrl-C stops between launches; a second one ends the process at once.
            if (!stop.IsCancellationRequested)
            {
                pressed.Cancel = true;
                stop.Cancel();
            }
        };
        return await RunAsync(arguments, Console.Out, Console.Error, stop.Token).ConfigureAwait(false);
    }

    /// <summary>Runs the command with given streams.</summary>
    /// <param name="arguments">The arguments after the command's name.</param>
    /// <param name="output">Standard output.</param>
    /// <param name="error">Standard error.</param>
    /// <param name="cancellationToken">Stops the command between launches.</param>
    /// <returns>The exit code: see <see cref="ExitCode"/>.</returns>
    internal static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        ParseResult parsed = CreateRoot(output, error).Parse(arguments.Length == 0 ? ["--help"] : arguments);
        if (parsed.Errors.Count > 0)
        {
            await error.WriteLineAsync($"gpusampling: {CommandLineFault.Of(parsed)}").ConfigureAwait(false);
            return ExitCode.BadInput;
        }

        try
        {
            InvocationConfiguration configuration = new()
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
                Output = output,
                Error = error,
            };
            return await parsed.InvokeAsync(configuration, cancellationToken).ConfigureAwait(false);
        }
        catch (BadInputException fault)
        {
            await error.WriteLineAsync($"gpusampling: {fault.Message}").ConfigureAwait(false);
            return ExitCode.BadInput;
        }
        catch (OperationCanceledException stopped) when (cancellationToken.IsCancellationRequested)
        {
            string what = stopped is StoppedException ? stopped.Message : "stopped before there was anything to keep.";
            await error.WriteLineAsync($"gpusampling: {what}").ConfigureAwait(false);
            return ExitCode.Stopped;
        }
        catch (OutOfMemoryException)
        {
            await error.WriteLineAsync("gpusampling: the run failed: it needs more memory than this machine gives; take fewer chains or draws, a smaller model, or --keep quantiles.").ConfigureAwait(false);
            return ExitCode.Failed;
        }
#pragma warning disable CA1031 // the last resort of a command: whatever fails, one sentence and an exit code
        catch (Exception fault)
#pragma warning restore CA1031
        {
            await error.WriteLineAsync($"gpusampling: the run failed: {fault.Message}").ConfigureAwait(false);
            return ExitCode.Failed;
        }
    }

    /// <summary>The command with all of its subcommands.</summary>
    /// <param name="output">Standard output.</param>
    /// <param name="error">Standard error.</param>
    internal static RootCommand CreateRoot(TextWriter output, TextWriter error) =>
        new("Sampling at scale: random numbers and posterior samples, the same bits on every engine.")
        {
            InfoCommand.Create(output),
            RandomCommand.Create(output),
            SampleCommand.Create(output, error),
            ModesCommand.Create(output),
            DiagnoseCommand.Create(output),
            ModelCheckCommand.Create(output),
            NewModelCommand.Create(output),
        };
}
