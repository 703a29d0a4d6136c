using System.Globalization;
using GpuSampling.Modeling;
using GpuSampling.Models;
using GpuSampling.Random;

namespace GpuSampling.Benchmarks.Sampling.Stan;

/// <summary>One posterior that both sides sample.</summary>
/// <param name="Name">The name of the case.</param>
/// <param name="StanModel">The model's file beside stan.R, without its ending.</param>
/// <param name="Posterior">The posterior here.</param>
/// <param name="Columns">Stan's real data: the design matrix, or the standard errors.</param>
/// <param name="Outcomes">Stan's outcomes.</param>
internal sealed record StanCase(string Name, string StanModel, Posterior Posterior, double[,] Columns, double[] Outcomes)
{
    /// <summary>The number of this library's chains: less where a density takes long.</summary>
    public int ChainCount { get; init; } = 256;

    /// <summary>The draws of each of them.</summary>
    public int DrawCount { get; init; } = 1000;

    public static IEnumerable<StanCase> All(string? germanCreditFile)
    {
        yield return EightSchoolsCase();
        if (germanCreditFile is not null)
        {
            yield return GermanCredit(germanCreditFile);
        }

        (double[,] design, int[] labels) = SyntheticLogisticRegression.Data(5000, 25);
        yield return Logistic("logistic-5000x25", design, labels) with { ChainCount = 64, DrawCount = 500 };
        yield return Poisson(2000, 10) with { ChainCount = 64, DrawCount = 500 };
    }

    /// <summary>Writes Stan's data as stan.R reads them.</summary>
    public void WriteData(string file)
    {
        using BinaryWriter writer = new(File.Create(file));
        int rowCount = Columns.GetLength(0), columnCount = Columns.GetLength(1);
        writer.Write(rowCount);
        writer.Write(columnCount);
        for (int column = 0; column < columnCount; column++)
        {
            for (int row = 0; row < rowCount; row++)
            {
                writer.Write(Columns[row, column]);
            }
        }

        foreach (double outcome in Outcomes)
        {
            writer.Write(outcome);
        }
    }

    private static StanCase EightSchoolsCase()
    {
        double[,] errors = new double[8, 1];
        for (int school = 0; school < 8; school++)
        {
            errors[school, 0] = EightSchools.StandardErrors[school];
        }

        return new("eight-schools", "eight-schools", EightSchools.Posterior(), errors, EightSchools.Effects.ToArray());
    }

    private static StanCase Logistic(string name, double[,] design, int[] labels) => new(
        name, "logistic-regression", LogisticRegression.Posterior(design, labels), design, [.. labels.Select(label => (double)label)]);

    /// <summary>The data of the inference gym: attributes standardized, a column of ones last, 1 for bad credit.</summary>
    private static StanCase GermanCredit(string file)
    {
        double[][] rows =
        [
            .. File.ReadLines(file)
                .Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
                .Where(cells => cells.Length == 25)
                .Select(cells => cells.Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray()),
        ];
        double[,] attributes = new double[rows.Length, 24], design = new double[rows.Length, 25];
        for (int row = 0; row < rows.Length; row++)
        {
            for (int column = 0; column < 24; column++)
            {
                attributes[row, column] = rows[row][column];
            }
        }

        LogisticRegression.Standardize(attributes);
        for (int row = 0; row < rows.Length; row++)
        {
            for (int column = 0; column < 24; column++)
            {
                design[row, column] = attributes[row, column];
            }

            design[row, 24] = 1;
        }

        return Logistic("german-credit", design, [.. rows.Select(row => row[24] == 2 ? 1 : 0)]);
    }

    /// <summary>Made data: uniform attributes and a column of ones, counts drawn from the model.</summary>
    private static StanCase Poisson(int rowCount, int columnCount)
    {
        double[] uniform = new double[rowCount * (columnCount + 1)];
        new RandomStream(5).FillUniform(uniform);
        double[,] design = new double[rowCount, columnCount];
        int[] counts = new int[rowCount];
        for (int row = 0; row < rowCount; row++)
        {
            double eta = 0;
            for (int column = 0; column < columnCount; column++)
            {
                design[row, column] = column == columnCount - 1 ? 1 : Math.Sqrt(12) * (uniform[(row * columnCount) + column] - 0.5);
                eta += design[row, column] * 0.3 * Math.Cos(1 + column);
            }

            // By inversion: the first count whose distribution function reaches the uniform number.
            double level = uniform[(rowCount * columnCount) + row], term = Math.Exp(-Math.Exp(eta)), sum = term;
            for (int count = 1; sum < level && term > 0; count++)
            {
                counts[row] = count;
                term *= Math.Exp(eta) / count;
                sum += term;
            }
        }

        return new(
            "poisson-2000x10",
            "poisson-regression",
            new PoissonRegression { N = rowCount, D = columnCount, x = design, y = counts }.ToPosterior(),
            design,
            [.. counts.Select(count => (double)count)]);
    }
}
