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
        new ReadyModel(
            "mixture-assignments",
            "Numbers of two normal distributions, each number's component a discrete parameter.",
            "y (array), share of the second component, and for both components: sigma, prior_mean and prior_sd (arrays of 2)",
            NeedsData: true,
            data => Guarded(
                data,
                own: null,
                json => MixtureAssignments.Posterior(json.Vector("y"), json.Number("share"), json.Pair("sigma"), json.Pair("prior_mean"), json.Pair("prior_sd")))),
        Published<BirthWeight>("birth-weight", "Low birth weight by traits of the mother: logistic regression (Hosmer and Lemeshow 1989)."),
        Published<DentalGrowth>("dental-growth", "Growth of 27 children: lines with correlated levels and slopes (Potthoff and Roy 1964)."),
        Published<Epilepsy>("epilepsy", "Seizures of 59 epileptics: Poisson regression with overdispersion (Thall and Vail 1990)."),
        Published<HousingSatisfaction>("housing-satisfaction", "How content tenants are, in ordered categories (Madsen 1976)."),
        Published<LeukemiaRemission>("leukemia-remission", "Weeks of remission, some censored: Weibull regression (Gehan 1965)."),
        Published<Nile>("nile", "The flow of the Nile: a level that drifts, by the Kalman filter (Durbin and Koopman 2001)."),
        Published<OldFaithful>("old-faithful", "Minutes between eruptions of a geyser: a mixture of two normals (Azzalini and Bowman 1990)."),
        Published<OrangeTrees>("orange-trees", "Growth of orange trees: logistic curves with varying asymptotes (Draper and Smith 1998)."),
        Published<Pumps>("pumps", "Failures of ten pumps: Poisson counts of varying rates (Gaver and O'Muircheartaigh 1987)."),
        Published<StackLoss>("stack-loss", "Loss of ammonia: regression with errors of Student's t distribution (Brownlee 1960)."),
        Published<StoppingDistances>("stopping-distances", "Stopping distances of cars: a Gaussian process (Ezekiel 1930)."),
        Published<Surgical>("surgical", "Deaths in surgery in twelve hospitals: hierarchical binomial model (Spiegelhalter et al. 1996)."),
    ];

    /// <summary>The model of a name; null if there is none.</summary>
    /// <param name="name">The name, in lower case with hyphens.</param>
    public static ReadyModel? Find(string name) => All.FirstOrDefault(model => model.Name == name);

    /// <summary>A model of published data, or of other data with the same members.</summary>
    private static ReadyModel Published<TModel>(string name, string description)
        where TModel : IModelDefinition<TModel> => new(
            name,
            description,
            $"the members of its own data, Data/{name}.json",
            NeedsData: false,
            data => Guarded(() => TModel.FromJson(data ?? PublishedData.Read(name)).ToPosterior()));

    private static Posterior Guarded(JsonElement? data, Func<Posterior>? own, Func<JsonMembers, Posterior> fromData) => Guarded(
        () => data is JsonElement root ? fromData(new JsonMembers(root))
            : own is not null ? own()
            : throw new ModelDataException("This model has no data of its own: give it a file of data."));

    private static Posterior Guarded(Func<Posterior> create)
    {
        try
        {
            return create();
        }
        catch (ArgumentException fault)
        {
            // The reason without the "(Parameter '…')" that the runtime appends.
            string reason = fault.ParamName is null ? fault.Message : fault.Message.Replace($" (Parameter '{fault.ParamName}')", string.Empty, StringComparison.Ordinal);
            throw new ModelDataException(reason);
        }
    }
}
