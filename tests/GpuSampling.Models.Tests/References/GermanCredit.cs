using System.Globalization;
using GpuSampling.Modeling;
using GpuSampling.TestSupport;

namespace GpuSampling.Models.Tests.References;

/// <summary>
/// Logistic regression on the German credit data (UCI), as the inference gym has it: attributes standardized, a column of ones
/// last, 1 for bad credit.
/// </summary>
internal static class GermanCredit
{
    public static Posterior<LogisticRegressionModel> PosteriorOrSkip(double priorScale = 1)
    {
        double[][] rows =
        [
            .. File.ReadLines(ReferenceData.PathOrSkip("inference-gym/german.data-numeric"))
                .Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
                .Where(cells => cells.Length > 0)
                .Select(cells => cells.Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray()),
        ];
        Assert.Equal(1000, rows.Length);
        Assert.All(rows, row => Assert.Equal(25, row.Length));
        double[,] attributes = new double[1000, 24];
        for (int row = 0; row < 1000; row++)
        {
            for (int column = 0; column < 24; column++)
            {
                attributes[row, column] = rows[row][column];
            }
        }

        LogisticRegression.Standardize(attributes);
        double[,] design = new double[1000, 25];
        for (int row = 0; row < 1000; row++)
        {
            for (int column = 0; column < 24; column++)
            {
                design[row, column] = attributes[row, column];
            }

            design[row, 24] = 1;
        }

        return LogisticRegression.Posterior(design, [.. rows.Select(row => row[24] == 2 ? 1 : 0)], priorScale);
    }
}
