using System.Diagnostics.CodeAnalysis;
using System.Globalization;
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
            data => Guarded(data, EightSchools.Posterior, [("effects", "y"), ("standardErrors", "sigma")], json => EightSchools.Posterior(json.Vector("y"), json.Vector("sigma")))),
        new ReadyModel(
            "logistic-regression",
            "Bayesian logistic regression with normal priors on any design matrix.",
            "X, an array of rows; y, 0 or 1 for each row; optionally prior_scale (default 1)",
            NeedsData: true,
            data => Guarded(
                data,
                own: null,
                [("design", "X"), ("labels", "y"), ("priorScale", "prior_scale")],
                json => LogisticRegression.Posterior(json.Matrix("X"), json.Integers("y"), json.Has("prior_scale") ? json.Number("prior_scale") : 1))),
        new ReadyModel(
            "correlated-gaussian",
            "A normal distribution off centre with known moments; 10 dimensions unless the data say otherwise.",
            "dimension, or mean (array) and precision (matrix)",
            NeedsData: false,
            data => Guarded(
                data,
                () => TestTargets.CorrelatedGaussian(10),
                [("dimension", "dimension"), ("mean", "mean"), ("precision", "precision")],
                json => json.Has("dimension")
                    ? TestTargets.CorrelatedGaussian(json.Integer("dimension"))
                    : TestTargets.CorrelatedGaussian(json.Vector("mean"), json.Matrix("precision")))),
        new ReadyModel(
            "banana",
            "A curved ridge in two dimensions with known moments.",
            "none",
            NeedsData: false,
            data => Guarded(data, TestTargets.Banana, [], _ => TestTargets.Banana())),
        new ReadyModel(
            "funnel",
            "Neal's funnel, 10 dimensions unless the data say otherwise: a test that samplers report trouble.",
            "dimension",
            NeedsData: false,
            data => Guarded(data, () => TestTargets.Funnel(), [("dimension", "dimension")], json => TestTargets.Funnel(json.Integer("dimension")))),
        new ReadyModel(
            "mixture-assignments",
            "Numbers of two normal distributions, each number's component a discrete parameter.",
            "y (array), share of the second component, and for both components: sigma, prior_mean and prior_sd (arrays of 2)",
            NeedsData: true,
            data => Guarded(
                data,
                own: null,
                [("numbers", "y"), ("secondShare", "share"), ("deviations", "sigma"), ("priorMeans", "prior_mean"), ("priorDeviations", "prior_sd")],
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
    private static ReadyModel Published<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.NonPublicFields)] TModel>(
        string name, string description)
        where TModel : IModelDefinition<TModel> => new(
            name,
            description,
            $"the members of its own data, Data/{name}.json",
            NeedsData: false,
            data => Guarded(
                () =>
                {
                    DataMembers.RefuseUnknown(data ?? default, DataMembers.Of(typeof(TModel)));
                    return TModel.FromJson(data ?? PublishedData.Read(name)).ToPosterior();
                },
                []));

    /// <param name="data">The root of a JSON document, or null.</param>
    /// <param name="own">The model of its own data, if it has some.</param>
    /// <param name="members">The members that the data may have, each after the argument of the model that it becomes.</param>
    /// <param name="fromData">The model of other data.</param>
    private static Posterior Guarded(
        JsonElement? data, Func<Posterior>? own, (string Argument, string Member)[] members, Func<JsonMembers, Posterior> fromData) => Guarded(
        () =>
        {
            if (data is JsonElement root)
            {
                JsonMembers json = new(root);
                DataMembers.RefuseUnknown(root, [.. members.Select(one => one.Member)]);
                return fromData(json);
            }

            return own is not null ? own() : throw new ModelDataException("This model has no data of its own: give it a file of data.");
        },
        members);

    private static Posterior Guarded(Func<Posterior> create, (string Argument, string Member)[] members)
    {
        try
        {
            return create();
        }
        catch (ArgumentException fault)
        {
            throw new ModelDataException(Reason(fault, members));
        }
    }

    /// <summary>The fault in one sentence, with the member of the data in place of the argument that it became.</summary>
    private static string Reason(ArgumentException fault, (string Argument, string Member)[] members)
    {
        // The first line without what the runtime appends to it.
        string reason = fault.Message.Split('\n')[0].TrimEnd();
        if (fault.ParamName is not string name)
        {
            return reason;
        }

        reason = reason.Replace($" (Parameter '{name}')", string.Empty, StringComparison.Ordinal);
        string member = members.FirstOrDefault(one => one.Argument == name).Member ?? name;
        return reason.StartsWith(name, StringComparison.Ordinal) ? member + reason[name.Length..]
            : reason.StartsWith("Allowed", StringComparison.Ordinal) && fault is ArgumentOutOfRangeException { ActualValue: object value }
                ? string.Create(CultureInfo.InvariantCulture, $"{member} is {value}. {reason}")
            : reason;
    }
}
