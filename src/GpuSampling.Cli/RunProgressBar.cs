using GpuSampling.Sampling;
using Spectre.Console;

namespace GpuSampling.Cli;

/// <summary>A progress bar on standard error while a run works; nothing where that is not a terminal.</summary>
internal static class RunProgressBar
{
    public static SamplingResult Show(TextWriter error, Func<IProgress<RunProgress>?, SamplingResult> run)
    {
        if (error != Console.Error || Console.IsErrorRedirected)
        {
            return run(null);
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error) });
        return console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                ProgressTask warmup = context.AddTask("warm-up");
                ProgressTask sampling = context.AddTask("sampling");
                return run(new Reporter(warmup, sampling));
            });
    }

    // Not Progress<T>: that would queue the reports to other threads, which may run late and out of order.
    private sealed class Reporter(ProgressTask warmup, ProgressTask sampling) : IProgress<RunProgress>
    {
        public void Report(RunProgress value)
        {
            double percent = 100.0 * value.Completed / value.Total;
            if (value.IsWarmup)
            {
                warmup.Value = percent;
                return;
            }

            warmup.Value = 100;
            sampling.Value = percent;
            if (value.Divergences > 0)
            {
                sampling.Description = $"sampling, {value.Divergences} divergent";
            }
        }
    }
}
