using System.CommandLine;
using GpuSampling.Sampling;

namespace GpuSampling.Cli;

/// <summary>The options <c>--checkpoint</c> and <c>--checkpoint-interval</c>.</summary>
internal sealed class CheckpointSelection
{
    private readonly Option<DirectoryInfo?> folder = new("--checkpoint")
    {
        Description = "A folder for the run's state: started again after a crash, the same command goes on from there. Removed when the run is done.",
    };

    private readonly Option<double> interval = new("--checkpoint-interval")
    {
        Description = "Seconds between checkpoints; 0: after every launch.",
        DefaultValueFactory = _ => 60,
    };

    /// <summary>The options, to add to a command.</summary>
    public IEnumerable<Option> Options => [folder, interval];

    /// <summary>Where and how often the command line asks for checkpoints; null: nowhere.</summary>
    /// <param name="parsed">The command line.</param>
    /// <exception cref="BadInputException">The interval is out of range, or the folder cannot be made.</exception>
    public CheckpointOptions? Choose(ParseResult parsed)
    {
        double seconds = parsed.GetValue(interval);
        if (!(seconds >= 0 && seconds <= 1e6))
        {
            throw new BadInputException(FormattableString.Invariant($"--checkpoint-interval is {seconds}; allowed are 0 to 1000000."));
        }

        return parsed.GetValue(folder) is DirectoryInfo chosen
            ? new CheckpointOptions(OutputFolder.Prepare(chosen).Path) { Interval = TimeSpan.FromSeconds(seconds) }
            : null;
    }
}
