using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using GpuSampling.Modeling;
using GpuSampling.TestSupport;

namespace GpuSampling.Generators.Tests.Support;

/// <summary>The models under Posteriors, generated and compiled together, with the data that they are tested on.</summary>
internal static class PosteriorModels
{
    private const string InferenceGymData = "inference gym";

    private static readonly Lazy<Assembly> Models = new(() => GeneratorRun.Of([.. Sources()]).Load());

    /// <summary>
    /// Models with their data: a posterior of posteriordb, a target of the inference gym, or made-up numbers: those are there without
    /// reference data, too, and have numbers of rows that are no multiple of the block of rows that kernels compute together.
    /// </summary>
    public static IReadOnlyList<(string Model, string Data)> All { get; } =
    [
        ("KidScoreByMotherIq", "kidiq-kidscore_momiq"),
        ("KidScoreByMotherHighSchoolAndIq", "kidiq-kidscore_momhsiq"),
        ("LogEarningsByHeight", "earnings-logearn_height"),
        ("LogEarningsInteraction", "earnings-logearn_interaction_z"),
        ("Mesquite", "mesquite-logmesquite_logvash"),
        ("Kilpisjarvi", "kilpisjarvi_mod-kilpisjarvi"),
        ("PartyIdentification", "nes1972-nes"),
        ("PartyIdentification", "nes1976-nes"),
        ("EightSchoolsNonCentered", "eight_schools-eight_schools_noncentered"),
        ("Autoregression", "arK-arK"),
        ("Garch", "garch-garch11"),
        ("GaussianProcessRegression", "gp_pois_regr-gp_regr"),
        ("NormalMixture", "low_dim_gauss_mix-low_dim_gauss_mix"),
        ("HiddenMarkovModel", "hmm_example-hmm_example"),
        ("LotkaVolterra", "hudson_lynx_hare-lotka_volterra"),
        ("Diamonds", "diamonds-diamonds"),
        ("GermanCredit", InferenceGymData),
        ("StochasticVolatility", InferenceGymData),
        ("BrownianMotion", InferenceGymData),
        ("GermanCredit", "made up"),
        ("StochasticVolatility", "made up"),
        ("BrownianMotion", "made up"),
    ];

    /// <summary>The same for theories.</summary>
    public static TheoryData<string, string> Cases
    {
        get
        {
            TheoryData<string, string> cases = [];
            foreach ((string model, string data) in All)
            {
                cases.Add(model, data);
            }

            return cases;
        }
    }

    /// <summary>The posterior of a model and data; skips the running test if the data are not there.</summary>
    public static Posterior Create(string model, string data) => Definition(model, data).ToPosterior();

    /// <summary>The model with its data; skips the running test if the data are not there.</summary>
    public static IModelDefinition Definition(string model, string data)
    {
        using JsonDocument document = JsonDocument.Parse(Json(model, data));
        Type type = Models.Value.GetTypes().Single(type => type.Name == model && type.GetCustomAttribute<ModelAttribute>() is not null);
        return (IModelDefinition)type.GetMethod("FromJson")!.Invoke(null, [document.RootElement])!;
    }

    /// <summary>The data as text; skips the running test if they are not there.</summary>
    public static string Json(string model, string data) => data switch
    {
        "made up" => MadeUp(model),
        InferenceGymData => InferenceGym.Json(model),
        _ => File.ReadAllText(ReferenceData.PathOrSkip($"posteriordb/{data}/data.json")),
    };

    /// <summary>The text of a model.</summary>
    public static string Source(string model) => Sources().Single(text => text.Contains($"partial class {model}\n", StringComparison.Ordinal));

    private static IEnumerable<string> Sources() => Directory
        .EnumerateFiles(Path.Combine(ReferenceData.RepositoryRoot!, "tests", "GpuSampling.Generators.Tests", "Posteriors"), "*.cs")
        .Order(StringComparer.Ordinal)
        .Select(path => File.ReadAllText(path).Replace("using GpuSampling.Modeling;", "", StringComparison.Ordinal));

    private static string MadeUp(string model)
    {
        static string Row(int count, Func<int, double> value) =>
            $"[{string.Join(", ", Enumerable.Range(0, count).Select(i => value(i).ToString("R", CultureInfo.InvariantCulture)))}]";
        switch (model)
        {
            case "GermanCredit":
                var rows = new StringBuilder();
                for (int n = 0; n < 45; n++)
                {
                    rows.Append(n == 0 ? "" : ", ").Append(Row(6, d => d == 5 ? 1 : Math.Sin(1 + (n * (d + 2.3))) * (1 + d)));
                }

                return $$"""{"N": 45, "D": 6, "x": [{{rows}}], "y": {{Row(45, n => Math.Sin(7.7 * n) > 0.2 ? 1 : 0)}}}""";
            case "StochasticVolatility":
                return $$"""{"N": 40, "returns": {{Row(40, n => Math.Sin(3.1 * n) * (1 + (0.5 * Math.Cos(n))))}}}""";
            default:
                return $$"""{"N": 30, "y": {{Row(30, n => 0.3 * Math.Sin(0.4 * n))}}, "isObserved": {{Row(30, n => n is > 9 and < 20 ? 0 : 1)}}}""";
        }
    }
}
