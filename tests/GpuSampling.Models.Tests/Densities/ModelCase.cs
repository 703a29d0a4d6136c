using GpuSampling.Modeling;
using GpuSampling.TestSupport;

namespace GpuSampling.Models.Tests.Densities;

/// <summary>A ready model, the same density written plainly, and where to compare them.</summary>
internal sealed record ModelCase(Posterior Posterior, PlainDensity Plain, double[] Centre, double[] Spread)
{
    public static TheoryData<string> Names =>
        ["eight-schools", "five-schools", "logistic-regression", "logistic-regression-without-data", "correlated-gaussian", "banana", "funnel"];

    public static ModelCase Find(string name)
    {
        switch (name)
        {
            case "eight-schools":
                return Schools(EightSchools.Effects.ToArray(), EightSchools.StandardErrors.ToArray());
            case "five-schools":
                return Schools([1.5, -20, 3, 0, 7.25], [0.5, 20, 1, 3, 100]);
            case "logistic-regression":
                return Logistic(83, 6);
            case "logistic-regression-without-data":
                return Logistic(0, 3);
            case "correlated-gaussian":
                return Gaussian(6);
            case "banana":
                return new ModelCase(TestTargets.Banana(), new PlainBanana(), [0, 0], [15, 10]);
            case "funnel":
                return new ModelCase(TestTargets.Funnel(7), new PlainFunnel(), new double[7], [8, 3, 3, 3, 3, 3, 3]);
            default:
                throw new ArgumentOutOfRangeException(nameof(name), name, "Allowed: those of Names.");
        }
    }

    /// <summary>Points in the bulk and, four times as far out, in the tails.</summary>
    public IEnumerable<double[]> Points(int count)
    {
        System.Random random = new(20260731);
        for (int i = 0; i < count; i++)
        {
            double reach = i % 3 == 2 ? 4 : 1;
            yield return [.. Centre.Zip(Spread, (centre, spread) => centre + (reach * spread * ((2 * random.NextDouble()) - 1)))];
        }
    }

    private static ModelCase Schools(double[] effects, double[] errors)
    {
        int count = effects.Length;
        double[] spread = [.. Enumerable.Repeat(2.0, count), 10, 3];
        return new ModelCase(EightSchools.Posterior(effects, errors), new PlainEightSchools(effects, errors), new double[count + 2], spread);
    }

    private static ModelCase Logistic(int rows, int columns)
    {
        double[,] design = new double[rows, columns];
        int[] labels = new int[rows];
        System.Random random = new(5);
        for (int row = 0; row < rows; row++)
        {
            labels[row] = random.Next(2);
            for (int column = 0; column < columns; column++)
            {
                design[row, column] = (random.NextDouble() * 4) - 1;
            }
        }

        return new ModelCase(
            LogisticRegression.Posterior(design, labels, 1.7),
            new PlainLogisticRegression(design, labels, 1.7),
            new double[columns],
            [.. Enumerable.Repeat(3.0, columns)]);
    }

    private static ModelCase Gaussian(int dimension)
    {
        double[] mean = [.. Enumerable.Range(1, dimension).Select(i => i % 2 == 1 ? i : -(double)i)];
        double[,] covariance = new double[dimension, dimension];
        for (int i = 0; i < dimension; i++)
        {
            for (int j = 0; j < dimension; j++)
            {
                covariance[i, j] = Math.Pow(0.5, Math.Abs(i - j)) * Deviation(i) * Deviation(j);
            }
        }

        return new ModelCase(
            TestTargets.CorrelatedGaussian(dimension), new PlainGaussian(mean, covariance), mean, [.. Enumerable.Range(0, dimension).Select(Deviation)]);

        double Deviation(int i) => 1 + (9.0 * i / (dimension - 1));
    }
}
