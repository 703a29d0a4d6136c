using GpuSampling.Pathfinding;
using GpuSampling.Random;

namespace GpuSampling.Tests.Pathfinding;

/// <summary>Factors of inverse Hessians, and normal distributions made of them, against dense matrices.</summary>
public sealed class NormalApproximationTests
{
    [Theory]
    [InlineData(7, 2)]
    [InlineData(5, 5)]
    [InlineData(3, 6)]
    [InlineData(1, 4)]
    public void The_factors_are_those_of_updating_a_dense_matrix(int dimension, int pairCount)
    {
        (double[] diagonal, CurvaturePair[] pairs) = Pairs(dimension, pairCount);
        InverseHessianFactors factors = InverseHessianFactors.Of(diagonal, pairs);
        double[,] expected = Dense(diagonal, pairs);
        for (int column = 0; column < dimension; column++)
        {
            double[] unit = new double[dimension];
            unit[column] = 1;
            double[] actual = factors.Times(unit);
            for (int row = 0; row < dimension; row++)
            {
                Assert.Equal(expected[row, column], actual[row], 1e-9 * (1 + Math.Abs(expected[row, column])));
            }
        }

        // What every update is for: the latest change of the gradient gives the latest step.
        double[] step = factors.Times(pairs[^1].GradientFall);
        Assert.All(step.Zip(pairs[^1].Step), pair => Assert.Equal(pair.Second, pair.First, 1e-9));
    }

    [Theory]
    [InlineData(7, 2)]
    [InlineData(3, 6)]
    [InlineData(1, 4)]
    public void Draws_have_the_density_that_is_told_of_them(int dimension, int pairCount)
    {
        (double[] diagonal, CurvaturePair[] pairs) = Pairs(dimension, pairCount);
        double[,] covariance = Dense(diagonal, pairs);
        Iterate point = new(Numbers(dimension, 5), Numbers(dimension, 6), 0);
        NormalApproximation approximation = NormalApproximation.At(point, InverseHessianFactors.Of(diagonal, pairs))!;
        (double[,] inverse, double logDeterminant) = Invert(covariance);
        for (int i = 0; i < dimension; i++)
        {
            double mean = point.Position[i] + Enumerable.Range(0, dimension).Sum(j => covariance[i, j] * point.Gradient[j]);
            Assert.Equal(mean, approximation.Mean[i], 1e-8 * (1 + Math.Abs(mean)));
            for (int j = 0; j < dimension; j++)
            {
                Assert.Equal(covariance[i, j], approximation.Covariance(i, j), 1e-8 * (1 + Math.Abs(covariance[i, j])));
            }
        }

        for (ulong seed = 10; seed < 15; seed++)
        {
            double[] draw = Numbers(dimension, seed);
            double logDensity = approximation.Draw(draw), form = 0;
            for (int i = 0; i < dimension; i++)
            {
                for (int j = 0; j < dimension; j++)
                {
                    form += (draw[i] - approximation.Mean[i]) * inverse[i, j] * (draw[j] - approximation.Mean[j]);
                }
            }

            Assert.Equal((-0.5 * (form + logDeterminant)) - (0.5 * dimension * Math.Log(2 * Math.PI)), logDensity, 1e-7);
        }
    }

    [Fact]
    public void The_diagonal_keeps_the_curvature_of_a_diagonal_matrix()
    {
        // Of pairs along the axes of diag(4, 9, 0.25) the inverse diagonal is learnt exactly, whatever it began with.
        double[] diagonal = [1, 2, 3], precision = [4, 9, 0.25];
        for (int axis = 0; axis < 3; axis++)
        {
            double[] step = new double[3], fall = new double[3];
            step[axis] = 0.7;
            fall[axis] = 0.7 * precision[axis];
            diagonal = InverseHessianFactors.NextDiagonal(diagonal, new CurvaturePair(step, fall));
            Assert.Equal(1 / precision[axis], diagonal[axis], 1e-12);
        }
    }

    [Fact]
    public void Pairs_without_curvature_are_no_use()
    {
        Assert.False(new CurvaturePair([1, 2], [2, -1]).IsUsable);
        Assert.False(new CurvaturePair([1, 2], [-1, -1]).IsUsable);
        Assert.True(new CurvaturePair([1, 2], [1, 1]).IsUsable);
    }

    /// <summary>Steps and what a positive definite matrix makes of them, which is what gradients fall by.</summary>
    private static (double[] Diagonal, CurvaturePair[] Pairs) Pairs(int dimension, int count)
    {
        double[] root = Numbers(dimension * dimension, 1);
        List<CurvaturePair> pairs = [];
        for (int pair = 0; pair < count; pair++)
        {
            double[] step = Numbers(dimension, 100 + (ulong)pair), fall = new double[dimension];
            for (int k = 0; k < dimension; k++)
            {
                double share = Enumerable.Range(0, dimension).Sum(j => root[(k * dimension) + j] * step[j]);
                for (int i = 0; i < dimension; i++)
                {
                    fall[i] += root[(k * dimension) + i] * share;
                }
            }

            for (int i = 0; i < dimension; i++)
            {
                fall[i] += 0.5 * step[i];
            }

            pairs.Add(new CurvaturePair(step, fall));
        }

        return ([.. Enumerable.Range(0, dimension).Select(i => 0.5 + i)], [.. pairs]);
    }

    /// <summary>H ← (I − s zᵀ/sᵀz) H (I − z sᵀ/sᵀz) + s sᵀ/sᵀz: Nocedal and Wright (2006), equation 7.16.</summary>
    private static double[,] Dense(double[] diagonal, CurvaturePair[] pairs)
    {
        int dimension = diagonal.Length;
        double[,] matrix = new double[dimension, dimension];
        for (int i = 0; i < dimension; i++)
        {
            matrix[i, i] = diagonal[i];
        }

        foreach (CurvaturePair pair in pairs)
        {
            double[,] next = new double[dimension, dimension];
            for (int i = 0; i < dimension; i++)
            {
                for (int j = 0; j < dimension; j++)
                {
                    next[i, j] = pair.Step[i] * pair.Step[j] / pair.Curvature;
                    for (int k = 0; k < dimension; k++)
                    {
                        for (int l = 0; l < dimension; l++)
                        {
                            double left = (i == k ? 1 : 0) - (pair.Step[i] * pair.GradientFall[k] / pair.Curvature);
                            double right = (l == j ? 1 : 0) - (pair.GradientFall[l] * pair.Step[j] / pair.Curvature);
                            next[i, j] += left * matrix[k, l] * right;
                        }
                    }
                }
            }

            matrix = next;
        }

        return matrix;
    }

    /// <summary>By elimination of Gauss and Jordan.</summary>
    private static (double[,] Inverse, double LogDeterminant) Invert(double[,] matrix)
    {
        int size = matrix.GetLength(0);
        double[,] left = (double[,])matrix.Clone(), right = new double[size, size];
        double logDeterminant = 0;
        for (int i = 0; i < size; i++)
        {
            right[i, i] = 1;
        }

        for (int pivot = 0; pivot < size; pivot++)
        {
            double value = left[pivot, pivot];
            logDeterminant += Math.Log(value);
            for (int j = 0; j < size; j++)
            {
                left[pivot, j] /= value;
                right[pivot, j] /= value;
            }

            for (int i = 0; i < size; i++)
            {
                double share = i == pivot ? 0 : left[i, pivot];
                for (int j = 0; j < size; j++)
                {
                    left[i, j] -= share * left[pivot, j];
                    right[i, j] -= share * right[pivot, j];
                }
            }
        }

        return (right, logDeterminant);
    }

    private static double[] Numbers(int count, ulong seed)
    {
        double[] numbers = new double[count];
        new RandomStream(seed).FillNormal(numbers);
        return numbers;
    }
}
