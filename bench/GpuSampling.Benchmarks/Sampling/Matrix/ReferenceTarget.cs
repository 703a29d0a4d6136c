using System.Globalization;
using System.Text.Json;
using GpuSampling.Modeling;
using GpuSampling.Models.Tests.Posteriors;

namespace GpuSampling.Benchmarks.Sampling.Matrix;

/// <summary>A posterior with its answers.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Posterior">The model in plain C# with its data.</param>
/// <param name="Reference">The answers.</param>
internal sealed record ReferenceTarget(string Name, Posterior Posterior, ReferenceMoments[] Reference)
{
    /// <summary>The mean and lower triangular Cholesky factor of the prior where that is normal; null otherwise.</summary>
    public (double[] Mean, double[] Cholesky)? NormalPrior { get; init; }

    /// <summary>
    /// Whether it narrows so far in rare tails that runs with default acceptances report divergences there and miss some of the tail.
    /// </summary>
    public bool IsNarrowInItsTails { get; init; }

    /// <summary>Every target of the reference folder: sixteen posteriors of posteriordb, three of the inference gym.</summary>
    /// <param name="root">The folder.</param>
    public static IEnumerable<(string Name, Func<ReferenceTarget> Make)> All(string root)
    {
        foreach ((string data, Func<JsonElement, IModelDefinition> read) in GeneratedModels.Definitions)
        {
            yield return (data, () => Posteriordb(root, data, read));
        }

        yield return ("nes1976-nes", () => Posteriordb(root, "nes1976-nes", PartyIdentification.FromJson));
        yield return ("german-credit", () => German(root));
        yield return ("brownian-motion", () => Brownian(root));
        yield return ("stochastic-volatility", () => Volatility(root));
    }

    private static ReferenceTarget Posteriordb(string root, string data, Func<JsonElement, IModelDefinition> read)
    {
        string folder = Path.Combine(root, "posteriordb", data);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "data.json")));
        return new(data, read(json.RootElement).ToPosterior(), ReferenceMoments.Posteriordb(Path.Combine(folder, "reference.csv")));
    }

    /// <summary>Attributes standardized, a column of ones last, 1 for bad credit.</summary>
    private static ReferenceTarget German(string root)
    {
        double[][] rows = [.. Numbers(Path.Combine(root, "inference-gym", "german.data-numeric"))];
        int last = rows[0].Length - 1;
        double[,] design = Standardized(rows);
        GermanCredit model = new() { N = rows.Length, D = last + 1, x = design, y = [.. rows.Select(row => row[last] == 2 ? 1 : 0)] };
        return new("german-credit", model.ToPosterior(), Gym(root, "german_credit_numeric_logistic_regression", (_, i) => $"beta[{i + 1}]"))
        {
            NormalPrior = (new double[last + 1], Triangle(last + 1, (i, j) => i == j ? 1 : 0)),
        };
    }

    /// <summary>All columns but the last, with mean 0 and standard deviation 1, and a column of ones.</summary>
    internal static double[,] Standardized(double[][] rows)
    {
        int last = rows[0].Length - 1;
        double[,] design = new double[rows.Length, last + 1];
        for (int column = 0; column <= last; column++)
        {
            double mean = rows.Average(row => row[column]);
            double deviation = Math.Sqrt(rows.Average(row => (row[column] - mean) * (row[column] - mean)));
            for (int row = 0; row < rows.Length; row++)
            {
                design[row, column] = column == last ? 1 : (rows[row][column] - mean) / deviation;
            }
        }

        return design;
    }

    /// <summary>Linear and Gaussian: the answers are those of the normal equations, not of the gym's draws.</summary>
    private static ReferenceTarget Brownian(string root)
    {
        double[] y = [.. Numbers(Path.Combine(root, "inference-gym", "brownian_motion_observations.txt")).Select(row => row[0])];
        double[,] precision = new double[y.Length, y.Length];
        double[] shift = new double[y.Length];
        for (int i = 0; i < y.Length; i++)
        {
            precision[i, i] += 100;
            if (i > 0)
            {
                precision[i - 1, i - 1] += 100;
                precision[i, i - 1] = precision[i - 1, i] = -100;
            }

            if (!double.IsNaN(y[i]))
            {
                precision[i, i] += 1 / 0.0225;
                shift[i] = y[i] / 0.0225;
            }
        }

        double[,] covariance = PositiveDefinite.Inverse(precision);
        ReferenceMoments[] exact =
        [
            .. Enumerable.Range(0, y.Length).Select(i => new ReferenceMoments(
                $"x[{i + 1}]", Enumerable.Range(0, y.Length).Sum(j => covariance[i, j] * shift[j]), 0, Math.Sqrt(covariance[i, i]), double.PositiveInfinity)),
        ];
        BrownianMotion model = new()
        {
            N = y.Length,
            y = [.. y.Select(one => double.IsNaN(one) ? 0 : one)],
            isObserved = [.. y.Select(one => double.IsNaN(one) ? 0 : 1)],
        };
        return new("brownian-motion", model.ToPosterior(), exact)
        {
            NormalPrior = (new double[y.Length], Triangle(y.Length, (_, _) => 0.1)),
        };
    }

    /// <summary>Differences of prices, less their mean. Log volatilities are compared with the gym's draws, the three parameters with a quadrature.</summary>
    private static ReferenceTarget Volatility(string root)
    {
        double[] prices = [.. Numbers(Path.Combine(root, "inference-gym", "sp500_last_101_closing_prices.txt")).Select(row => row[0])];
        double[] changes = [.. prices.Zip(prices.Skip(1), (before, after) => after - before)];
        double mean = changes.Average();
        StochasticVolatility model = new() { N = changes.Length, returns = [.. changes.Select(change => change - mean)] };
        ReferenceMoments[] gym = Gym(root, "stochastic_volatility_sp500_small", (quantity, i) => quantity.EndsWith("_LOG_VOLATILITY", StringComparison.Ordinal) && !quantity.Contains("MEAN", StringComparison.Ordinal)
            ? $"logVolatility[{i + 1}]"
            : "");
        return new("stochastic-volatility", model.ToPosterior(), [.. VolatilityQuadrature.Of(model.returns), .. gym.Where(one => one.Name.Length > 0)]) { IsNarrowInItsTails = true };
    }

    private static ReferenceMoments[] Gym(string root, string target, Func<string, int, string> nameOf) =>
        ReferenceMoments.InferenceGym(Path.Combine(root, "inference-gym", "reference.csv"), target, nameOf);

    /// <summary>The rows of a file of numbers and <c>nan</c>.</summary>
    internal static IEnumerable<double[]> Numbers(string file) => File.ReadLines(file)
        .Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        .Where(cells => cells.Length > 0)
        .Select(cells => cells.Select(cell => cell.Equals("nan", StringComparison.OrdinalIgnoreCase) ? double.NaN : double.Parse(cell, CultureInfo.InvariantCulture)).ToArray());

    private static double[] Triangle(int dimension, Func<int, int, double> element) =>
        [.. Enumerable.Range(0, dimension).SelectMany(i => Enumerable.Range(0, i + 1).Select(j => element(i, j)))];
}
