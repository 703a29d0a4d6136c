using System.Globalization;
using System.Text.Json;
using GpuSampling.TestSupport;

namespace GpuSampling.Generators.Tests.Support;

/// <summary>The data of three targets of TensorFlow Probability's inference gym, made from its files as the gym makes them.</summary>
internal static class InferenceGym
{
    /// <summary>A target's data as JSON; skips the running test where the file is not there.</summary>
    /// <param name="model">The model's name.</param>
    public static string Json(string model) => model switch
    {
        "GermanCredit" => GermanCredit(),
        "StochasticVolatility" => StochasticVolatility(),
        "BrownianMotion" => BrownianMotion(),
        _ => throw new ArgumentOutOfRangeException(nameof(model), model, "Allowed: a target of the inference gym."),
    };

    /// <summary>german_credit_numeric_logistic_regression: z-scores with the population's sd, a column of ones last, 1 for class 2.</summary>
    private static string GermanCredit()
    {
        double[][] rows = Numbers("german.data-numeric");
        double[][] columns = [.. Enumerable.Range(0, 24).Select(d => ZScores([.. rows.Select(row => row[d])]))];
        return JsonSerializer.Serialize(new
        {
            N = rows.Length,
            D = 25,
            x = rows.Select((_, n) => columns.Select(column => column[n]).Append(1).ToArray()),
            y = rows.Select(row => row[24] == 2 ? 1 : 0),
        });
    }

    /// <summary>stochastic_volatility_sp500_small: differences of the prices themselves, less their mean.</summary>
    private static string StochasticVolatility()
    {
        double[] prices = [.. Numbers("sp500_last_101_closing_prices.txt").Select(row => row[0])];
        double[] changes = [.. prices.Skip(1).Zip(prices, (after, before) => after - before)];
        double mean = changes.Average();
        return JsonSerializer.Serialize(new { N = changes.Length, returns = changes.Select(change => change - mean) });
    }

    /// <summary>brownian_motion_missing_middle_observations: nan where nothing was observed.</summary>
    private static string BrownianMotion()
    {
        double[] values = [.. Numbers("brownian_motion_observations.txt").Select(row => row[0])];
        return JsonSerializer.Serialize(new
        {
            N = values.Length,
            y = values.Select(value => double.IsNaN(value) ? 0 : value),
            isObserved = values.Select(value => double.IsNaN(value) ? 0 : 1),
        });
    }

    private static double[] ZScores(double[] values)
    {
        double mean = values.Average(), sd = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        return [.. values.Select(value => (value - mean) / sd)];
    }

    private static double[][] Numbers(string file) =>
    [
        .. File.ReadLines(ReferenceData.PathOrSkip("inference-gym/" + file))
            .Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Where(cells => cells.Length > 0)
            .Select(cells => cells.Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray()),
    ];
}
