using System.Globalization;
using GpuSampling.Modeling;

namespace GpuSampling.Models;

/// <summary>Bayesian logistic regression on any design matrix.</summary>
public static class LogisticRegression
{
    /// <summary>The posterior of coefficients β with prior N(0, <paramref name="priorScale"/>) each.</summary>
    /// <param name="design">The design matrix, [row, column], finite; at least one column. Add a column of ones for an intercept.</param>
    /// <param name="labels">0 or 1 for each row.</param>
    /// <param name="priorScale">The prior standard deviation, finite and above 0.</param>
    /// <exception cref="ArgumentException">A shape or value is not allowed.</exception>
    public static Posterior<LogisticRegressionModel> Posterior(double[,] design, ReadOnlySpan<int> labels, double priorScale = 1)
    {
        ArgumentNullException.ThrowIfNull(design);
        int rowCount = design.GetLength(0), columnCount = design.GetLength(1);
        if (columnCount == 0 || rowCount != labels.Length)
        {
            throw new ArgumentException(
                $"The design matrix has {rowCount} rows and {columnCount} columns, and there are {labels.Length} labels: allowed are one label per row and at least 1 column.",
                nameof(design));
        }

        Check.Positive(priorScale, nameof(priorScale));
        long blocks = ((long)rowCount + LogisticRegressionModel.BlockRows - 1) / LogisticRegressionModel.BlockRows;
        long length = 1 + (blocks * LogisticRegressionModel.BlockRows * columnCount);
        if (length > Array.MaxLength)
        {
            throw new ArgumentException(
                $"The design matrix has {rowCount} rows and {columnCount} columns: allowed are {Array.MaxLength - 1} elements, rows rounded up to a multiple of {LogisticRegressionModel.BlockRows}.",
                nameof(design));
        }

        double[] reals = new double[length];
        reals[0] = 1 / (priorScale * priorScale);
        for (int row = 0; row < rowCount; row++)
        {
            if (labels[row] is not (0 or 1))
            {
                throw new ArgumentException($"labels[{row + 1}] is {labels[row]}; allowed are 0 and 1.", nameof(labels));
            }

            int block = row / LogisticRegressionModel.BlockRows, lane = row % LogisticRegressionModel.BlockRows;
            for (int column = 0; column < columnCount; column++)
            {
                double value = design[row, column];
                if (!double.IsFinite(value))
                {
                    throw new ArgumentException(
                        string.Create(CultureInfo.InvariantCulture, $"design[{row + 1},{column + 1}] is {value}; allowed are finite numbers."),
                        nameof(design));
                }

                reals[1 + (((block * columnCount) + column) * LogisticRegressionModel.BlockRows) + lane] = labels[row] == 1 ? value : -value;
            }
        }

        return new Posterior<LogisticRegressionModel>(
            "logistic-regression",
            new LogisticRegressionModel(rowCount, columnCount),
            new ModelData(reals, ReadOnlyMemory<int>.Empty),
            new OutputShape("beta", columnCount))
        {
            Unconstraining = (draw, result) => result.Free("beta", draw),
            PriorDrawing = (random, result) =>
            {
                for (int column = 1; column <= columnCount; column++)
                {
                    result.Free($"beta[{column}]", random.Normal(0, priorScale));
                }
            },
        };
    }

    /// <summary>Centres each column and divides it by its population standard deviation; constant columns become 0.</summary>
    /// <param name="columns">A matrix, [row, column]; changed in place.</param>
    public static void Standardize(double[,] columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        int rowCount = columns.GetLength(0);
        for (int column = 0; column < columns.GetLength(1); column++)
        {
            double mean = 0, square = 0;
            bool isConstant = true;
            for (int row = 0; row < rowCount; row++)
            {
                mean += columns[row, column] / rowCount;
                isConstant &= columns[row, column] == columns[0, column];
            }

            for (int row = 0; row < rowCount; row++)
            {
                double deviation = columns[row, column] - mean;
                square += deviation * deviation / rowCount;
            }

            // The rounded mean of a constant column may miss it, and the deviation would then be all there is.
            for (int row = 0; row < rowCount; row++)
            {
                columns[row, column] = isConstant || square == 0 ? 0 : (columns[row, column] - mean) / Math.Sqrt(square);
            }
        }
    }
}
