using System.CommandLine;
using GpuSampling.Interchange;
using GpuSampling.Pathfinding;
using GpuSampling.Sampling;

namespace GpuSampling.Cli;

/// <summary>The option <c>--init</c> and those that belong to it.</summary>
internal sealed class StartSelection
{
    private readonly Option<string?> start = new("--init")
    {
        Description = "Where chains start: uniform (within the initial radius); prior (as the model's DrawPrior says); adam (uphill from uniform starts); pathfinder (draws of normal approximations found on the way uphill); or the path of values: a .json file with the parameters by name, or a list of such objects for each chain, or of unconstrained numbers; or earlier draws, such as a folder of 'sample', at the last of which chains start. Not given: pathfinder for samplers that must begin close by, uniform for the others.",
    };

    private readonly Option<double?> jitter = new("--init-jitter") { Description = "Values from a file: start within ± this about them, in unconstrained space." };
    private readonly Option<int?> paths = new("--pathfinder-paths") { Description = "pathfinder: the paths uphill, among whose draws the chains choose." };
    private readonly Option<int?> steps = new("--adam-steps") { Description = "adam: the steps, a gradient each." };
    private readonly Option<double?> rate = new("--adam-rate") { Description = "adam: about the length of a step." };

    /// <summary>The options, to add to a command.</summary>
    public IEnumerable<Option> Options => [start, jitter, steps, rate, paths];

    /// <summary>The starts that the command line asks for; null where it leaves them to the sampler.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="BadInputException">There is no such way to start, it has no such option, or a file cannot be used.</exception>
    public ChainStarts? Choose(ParseResult parsed, CancellationToken cancellationToken)
    {
        string chosen = parsed.GetValue(start) ?? "";
        Option[] allowed = chosen switch
        {
            "" or "uniform" or "prior" => [],
            "adam" => [steps, rate],
            "pathfinder" => [paths],
            _ => [jitter],
        };
        if (Options.Skip(1).Except(allowed).FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is Option stranger)
        {
            throw new BadInputException($"{stranger.Name} does not go with {(chosen.Length == 0 ? "starts that are left to the sampler: name some with --init" : $"--init {chosen}")}.");
        }

        AdamStarts adam = new();
        PathfinderOptions pathfinder = new();
        return chosen switch
        {
            "" => null,
            "uniform" => new UniformStarts(),
            "prior" => new PriorStarts(),
            "adam" => adam with { StepCount = parsed.GetValue(steps) ?? adam.StepCount, LearningRate = parsed.GetValue(rate) ?? adam.LearningRate },
            "pathfinder" => new PathfinderStarts { Options = pathfinder with { PathCount = parsed.GetValue(paths) ?? pathfinder.PathCount } },
            _ => Read(chosen, cancellationToken) with { Jitter = parsed.GetValue(jitter) ?? 0 },
        };
    }

    private static GivenStarts Read(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            throw new BadInputException($"--init is {path}; allowed are uniform, prior, adam, pathfinder, and the path of a file or folder, and there is none of this name.");
        }

        try
        {
            return StoredStarts.Read(path, cancellationToken);
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new BadInputException($"--init {path} cannot be used: {fault.Message}");
        }
    }
}
