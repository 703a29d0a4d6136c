using System.Text.Json;

namespace GpuSampling.Generators.Tests.References;

/// <summary>
/// The posteriors a second time: by hand, in plain double precision, at unconstrained parameters, from their statements as
/// mathematics. Factors that do not depend on parameters are left out.
/// </summary>
/// <param name="data">The data as their model takes them.</param>
internal sealed partial class PlainPosterior(JsonElement data)
{
    /// <summary>log π at unconstrained parameters, up to a constant.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="y">Its unconstrained parameters.</param>
    public double LogDensity(string model, double[] y) => model switch
    {
        "KidScoreByMotherIq" => -Math.Log(1 + (Square(Math.Exp(y[2])) / 6.25))
            + Regression(y, Column("kid_score"), [Ones("kid_score"), Column("mom_iq")]),
        "KidScoreByMotherHighSchoolAndIq" => -Math.Log(1 + (Square(Math.Exp(y[3])) / 6.25))
            + Regression(y, Column("kid_score"), [Ones("kid_score"), Column("mom_hs"), Column("mom_iq")]),
        "LogEarningsByHeight" => Regression(y, Logs("earn"), [Ones("earn"), Column("height")]),
        "LogEarningsInteraction" => LogEarningsInteraction(y),
        "Mesquite" => Mesquite(y),
        "Kilpisjarvi" => Normal(y[0], Number("pmualpha"), Number("psalpha")) + Normal(y[1], Number("pmubeta"), Number("psbeta"))
            + Regression(y, Column("y"), [Ones("y"), Column("x")]),
        "PartyIdentification" => PartyIdentification(y),
        "EightSchoolsNonCentered" => EightSchools(y),
        "Autoregression" => Autoregression(y),
        "Garch" => Garch(y),
        "GaussianProcessRegression" => GaussianProcess(y),
        "NormalMixture" => Mixture(y),
        "HiddenMarkovModel" => HiddenMarkov(y),
        "LotkaVolterra" => LotkaVolterra(y),
        "Diamonds" => Diamonds(y),
        "GermanCredit" => GermanCredit(y),
        "StochasticVolatility" => StochasticVolatility(y),
        "BrownianMotion" => BrownianMotion(y),
        _ => throw new ArgumentOutOfRangeException(nameof(model), model, "Allowed: a posterior's model."),
    };

    private double Number(string name) => data.GetProperty(name).GetDouble();

    private double[] Column(string name) => Cached(name, () => [.. data.GetProperty(name).EnumerateArray().Select(one => one.GetDouble())]);

    private double[][] Rows(string name) => cachedRows ??= [.. data.GetProperty(name).EnumerateArray().Select(row => row.EnumerateArray().Select(one => one.GetDouble()).ToArray())];

    private double[] Ones(string like) => Cached("one for each " + like, () => [.. Column(like).Select(_ => 1.0)]);

    private double[] Logs(string name) => Cached("log " + name, () => [.. Column(name).Select(one => Math.Log(one))]);

    private readonly Dictionary<string, double[]> columns = [];
    private double[][]? cachedRows;

    private double[] Cached(string name, Func<double[]> compute)
    {
        if (!columns.TryGetValue(name, out double[]? column))
        {
            columns[name] = column = compute();
        }

        return column;
    }

    /// <summary>y = X β + σ ε with σ = exp of the last parameter, whose Jacobian is included.</summary>
    private static double Regression(double[] y, double[] outcome, double[][] predictors)
    {
        double logSigma = y[^1], variance = Math.Exp(2 * logSigma), squares = 0;
        for (int n = 0; n < outcome.Length; n++)
        {
            double mean = 0;
            for (int j = 0; j < predictors.Length; j++)
            {
                mean += y[j] * predictors[j][n];
            }

            squares += Square(outcome[n] - mean);
        }

        return logSigma - (outcome.Length * logSigma) - (squares / (2 * variance));
    }

    private static double Square(double x) => x * x;

    private static double Normal(double x, double mean, double sd) => (-Square(x - mean) / (2 * sd * sd)) - Math.Log(sd);

    /// <summary>log(1 + e^x) without overflow, and without loss where e^x is small.</summary>
    private static double Softplus(double x)
    {
        double small = Math.Exp(-Math.Abs(x)), sum = 1 + small;
        double log = sum == 1 ? small : Math.Log(sum) * small / (sum - 1);
        return Math.Max(x, 0) + log;
    }

    private static double LogLogistic(double x) => -Softplus(-x);

    private static double Logistic(double x) => x >= 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x));

    private static double LogAdd(double a, double b) => Math.Max(a, b) + Softplus(-Math.Abs(a - b));
}
