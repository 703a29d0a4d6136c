using System.Text.RegularExpressions;

namespace GpuSampling.Cli;

/// <summary>The library's properties by the options of the command that set them: faults are told in the words that were typed.</summary>
internal static partial class OptionNames
{
    private static readonly Dictionary<string, string> Options = new(StringComparer.Ordinal)
    {
        ["ChainCount"] = "--chains",
        ["DrawCount"] = "--draws",
        ["Friction"] = "--friction",
        ["InitialRadius"] = "--initial-radius",
        ["Interval"] = "--checkpoint-interval",
        ["Jitter"] = "--init-jitter",
        ["LearningRate"] = "--adam-rate",
        ["LevelCount"] = "--levels",
        ["MaximumLeapfrogCount"] = "--max-leapfrogs",
        ["MaximumTreeDepth"] = "--max-tree-depth",
        ["Metric"] = "--metric",
        ["MinibatchSize"] = "--minibatch",
        ["PathCount"] = "--pathfinder-paths",
        ["PathJitter"] = "--path-jitter",
        ["PathLength"] = "--path-length",
        ["ReferenceScale"] = "--reference-scale",
        ["Position"] = "--position",
        ["Seed"] = "--seed",
        ["Starts"] = "--init",
        ["StepCount"] = "--adam-steps",
        ["StepSize"] = "--step-size",
        ["StepSizeDecay"] = "--step-size-decay",
        ["Stream"] = "--stream",
        ["TargetAcceptance"] = "--target-acceptance",
        ["Thinning"] = "--thin",
        ["TrajectoryLength"] = "--trajectory-length",
        ["TransitionCount"] = "--transitions",
        ["UsesControlVariates"] = "--no-control-variates",
        ["WalkersPerEnsemble"] = "--walkers",
        ["WarmupCount"] = "--warmup",

        // Arguments of sinks and streams.
        ["chainCount"] = "--chains",
        ["drawCount"] = "--draws",
        ["stream"] = "--stream",
        ["position"] = "--position",
    };

    /// <summary>The option that sets a property or argument; else the name itself.</summary>
    public static string Of(string name) => Options.GetValueOrDefault(name, name);

    /// <summary>A text with options in place of the properties that they set.</summary>
    public static string InText(string text) => Property().Replace(text, word => Of(word.Value));

    // Properties only: their names are no words of ordinary language when written like this.
    [GeneratedRegex(@"\b(?:[A-Z][a-z]+){2,}\b|\b(?:Thinning|Jitter)\b")]
    private static partial Regex Property();
}
