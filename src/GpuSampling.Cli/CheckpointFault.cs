using GpuSampling.Sampling;

namespace GpuSampling.Cli;

/// <summary>Why a checkpoint cannot be gone on from, in the words of the command line: what differs by the option that sets it.</summary>
internal static class CheckpointFault
{
    /// <summary>A sentence or two.</summary>
    /// <param name="fault">What the library says.</param>
    /// <param name="folder">The checkpoint's folder.</param>
    public static string Of(CheckpointException fault, string folder)
    {
        if (fault.Differences.Count == 0)
        {
            return fault.Message;
        }

        // Of another sampler, or other starts, every option is another: that says nothing.
        bool isOfSampler = fault.Differences.Any(one => one.Name == "Sampler.Name"), isOfStarts = fault.Differences.Any(one => one.Name == "Starts");
        IEnumerable<CheckpointDifference> telling = fault.Differences.Where(one =>
            !(isOfSampler && (one.Name == "Statistics" || (one.Name.StartsWith("Sampler.", StringComparison.Ordinal) && one.Name != "Sampler.Name")))
            && !(isOfStarts && one.Name.StartsWith("Starts.", StringComparison.Ordinal)));
        return $"--checkpoint {folder} holds the checkpoint of another run: {string.Join("; ", telling.Select(Sentence).Distinct())}. Give the run a folder of its own, or delete that checkpoint.";
    }

    private static string Sentence(CheckpointDifference difference)
    {
        string last = difference.Name[(difference.Name.LastIndexOf('.') + 1)..];
        return difference.Name switch
        {
            "Sampler.Name" => Sentence("--sampler", difference, value => value),
            "Starts" => Sentence("--init", difference, Start),
            "Kept" => Sentence("--keep", difference, value => value == "draws" ? value : "quantiles"),
            "Precision" => Sentence("--precision", difference, value => value == "Double" ? "64" : "32"),
            "Model.Name" => Sentence("the model", difference, value => value),
            "Model.Dimension" => Sentence("the model's number of unconstrained parameters", difference, value => value),
            "Model.Outputs" => $"the model's outputs were {difference.Before} and are {difference.Now}",
            "Data" or "Model.Data.Reals" or "Model.Data.Integers" => "the model or its data are not the same (--data)",
            _ when last == "UsesControlVariates" => Sentence("--no-control-variates", difference, value => value == "true" ? "not given" : "given"),
            _ when OptionNames.Of(last) is string option && option != last => Sentence(option, difference, Value),
            _ => difference.ToString(),
        };
    }

    private static string Sentence(string name, CheckpointDifference difference, Func<string, string> words) =>
        $"{name} was {words(difference.Before)} and is {words(difference.Now)}";

    private static string Value(string value) => value == "none" ? "not given" : value.All(char.IsLetter) ? value.ToLowerInvariant() : value;

    private static string Start(string type) => type switch
    {
        "UniformStarts" => "uniform",
        "PriorStarts" => "prior",
        "AdamStarts" => "adam",
        "PathfinderStarts" => "pathfinder",
        "GivenStarts" => "values given",
        _ => type,
    };
}
