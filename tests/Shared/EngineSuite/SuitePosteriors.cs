using GpuSampling.Modeling;
using GpuSampling.Models;

namespace GpuSampling.TestSupport.EngineSuite;

/// <summary>The posteriors that every engine samples, by name: small, and each with something that can go wrong.</summary>
internal static class SuitePosteriors
{
    /// <summary>The names.</summary>
    public static string[] Names { get; } = ["eight-schools", "logistic-regression", "correlated-gaussian", "banana", "funnel"];

    /// <summary>The posterior of a name.</summary>
    public static Posterior Find(string name) => name switch
    {
        "eight-schools" => EightSchools.Posterior(),
        "logistic-regression" => Logistic(rowCount: 37, columnCount: 5),
        "correlated-gaussian" => TestTargets.CorrelatedGaussian(6),
        "banana" => TestTargets.Banana(),
        "funnel" => TestTargets.Funnel(5),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, $"Allowed: {string.Join(", ", Names)}."),
    };

    /// <summary>
    /// A logistic regression on made-up data, with an intercept last. The rows are no multiple of eight, so that whole blocks and
    /// single rows are both computed.
    /// </summary>
    public static Posterior<LogisticRegressionModel> Logistic(int rowCount, int columnCount)
    {
        double[,] design = new double[rowCount, columnCount];
        int[] labels = new int[rowCount];
        for (int row = 0; row < rowCount; row++)
        {
            double eta = 0.4;
            for (int column = 0; column < columnCount; column++)
            {
                design[row, column] = column == columnCount - 1 ? 1 : Math.Sin(1 + (row * (column + 2.3))) * (1 + column);
                eta += design[row, column] * (column - 1.5) / 2;
            }

            labels[row] = eta + (2 * Math.Sin(7.7 * row)) > 0 ? 1 : 0;
        }

        return LogisticRegression.Posterior(design, labels, priorScale: 2.5);
    }
}
