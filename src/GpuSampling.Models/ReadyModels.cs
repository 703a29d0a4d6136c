using System.Text.Json;
using GpuSampling.Modeling;

namespace GpuSampling.Models;

/// <summary>The models that can be had by name.</summary>
public static class ReadyModels
{
    /// <summary>All of them, by name.</summary>
    public static IReadOnlyList<ReadyModel> All { get; } =
    [
        new ReadyModel(
            "eight-schools",
            "Effects of coaching in eight schools (Rubin 1981), non-centred.",
            "y and sigma, arrays of equal length",
            NeedsData: false,
            data => Guarded(data, EightSchools.Posterior, json => EightSchools.Posterior(json.Vector("y"), json.Vector("sigma")))),
        new ReadyModel(
            "logistic-regression",
            "Bayesian logistic regression with normal priors on any design matrix.",
            "X, an array of rows; y, 0 or 1 for each row; optionally prior_scale (default 1)",
            NeedsData: true,
            data => Guarded(
                data,
                own: null,
                json => LogisticRegression.Posterior(json.Matrix("X"), json.Integers("y"), json.Has("prior_scale") ? json.Number("prior_scale") : 1))),
        new ReadyModel(
            "correlated-gaussian",
            "A normal distribution off centre with known moments; 10 dimensions unless the data say otherwise.",
            "dimension, or mean (array) and precision (matrix)",
            NeedsData: false,
            data => Guarded(
                data,
                () => TestTargets.CorrelatedGaussian(10),
                json => json.Has("dimension")
                    ? TestTargets.CorrelatedGaussian(json.Integer("dimension"))
                    : TestTargets.CorrelatedGaussian(json.Vector("mean"), json.Matrix("precision")))),
        new ReadyModel(
            "banana",
            "A curved ridge in two dimensions with known moments.",
            "none",
            NeedsData: false,
            data => Guarded(data, TestTargets.Banana, _ => TestTargets.Banana())),
        new ReadyModel(
            "funnel",
            "Neal's funnel, 10 dimensions unless the data say otherwise: a test that samplers report trouble.",
            "dimension",
            NeedsData: false,
            data => Guarded(data, () => TestTargets.Funnel(), json => TestTargets.Funnel(json.Integer("dimension")))),
    ];

    /// <summary>The model of a name; null if there is none.</summary>
    /// <param name="name">The name, in lower case with hyphens.</param>
    public static ReadyModel? Find(string name) => All.FirstOrDefault(model => model.Name == name);

    private static Posterior Guarded(JsonElement? data, Func<Posterior>? own, Func<JsonData, Posterior> fromData)
    {
        try
        {
            return data is JsonElement root ? fromData(new JsonData(root))
                : own is not null ? own()
                : throw new ModelDataException("This model has no data of its own: give it a file of data.");
        }
        catch (ArgumentException fault)
        {
            // The reason without the "(Parameter '…')" that the runtime appends.
            string reason = fault.ParamName is null ? fault.Message : fault.Message.Replace($" (Parameter '{fault.ParamName}')", string.Empty, StringComparison.Ordinal);
            throw new ModelDataException(reason);
        }
    }
}
