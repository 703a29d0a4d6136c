using GpuSampling.Kernels.Lanes;
using GpuSampling.Modeling;
using GpuSampling.Models;
using GpuSampling.Random;

namespace GpuSampling.Benchmarks.Sampling;

/// <summary>Logistic regression of a given size on made data: standardised uniform attributes, labels drawn from the model.</summary>
internal static class SyntheticLogisticRegression
{
    public static Posterior<LogisticRegressionModel> Create(int rowCount, int columnCount, ulong seed = 1)
    {
        (double[,] design, int[] labels) = Data(rowCount, columnCount, seed);
        return LogisticRegression.Posterior(design, labels);
    }

    public static (double[,] Design, int[] Labels) Data(int rowCount, int columnCount, ulong seed = 1)
    {
        double[] numbers = new double[(rowCount * columnCount) + rowCount + columnCount];
        new RandomStream(seed).FillUniform(numbers);
        double[,] design = new double[rowCount, columnCount];
        int[] labels = new int[rowCount];
        for (int row = 0; row < rowCount; row++)
        {
            double eta = 0;
            for (int column = 0; column < columnCount; column++)
            {
                design[row, column] = Math.Sqrt(12) * (numbers[(row * columnCount) + column] - 0.5);
                eta += design[row, column] * (numbers[(rowCount * columnCount) + rowCount + column] - 0.5);
            }

            labels[row] = numbers[(rowCount * columnCount) + row] < 1 / (1 + Math.Exp(-eta)) ? 1 : 0;
        }

        return (design, labels);
    }
}
