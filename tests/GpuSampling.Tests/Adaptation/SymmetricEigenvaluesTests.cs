using GpuSampling.Adaptation;

namespace GpuSampling.Tests.Adaptation;

/// <summary>Eigenvalues and their vectors against what makes them so, and against known ones.</summary>
public sealed class SymmetricEigenvaluesTests
{
    public static TheoryData<string, int> Matrices
    {
        get
        {
            TheoryData<string, int> matrices = [];
            foreach (string kind in (string[])["random", "zero", "identity", "of rank one", "tridiagonal", "graded", "of two blocks"])
            {
                foreach (int dimension in (int[])[1, 2, 3, 8, 41, 120])
                {
                    matrices.Add(kind, dimension);
                }
            }

            return matrices;
        }
    }

    [Theory]
    [MemberData(nameof(Matrices))]
    public void Vectors_are_orthonormal_and_stretched_by_the_values(string kind, int dimension)
    {
        double[] matrix = Make(kind, dimension), work = [.. matrix], vectors = new double[dimension * dimension];
        SymmetricEigenvalues.Compute(work, vectors, dimension);
        double size = Math.Max(1e-300, Math.Sqrt(matrix.Sum(x => x * x))), allowed = 1e-15 * (10 + dimension);
        for (int i = 0; i < dimension; i++)
        {
            double value = work[(i * dimension) + i];
            double[] v = vectors[(i * dimension)..((i + 1) * dimension)];
            for (int j = 0; j < dimension; j++)
            {
                double stretched = Enumerable.Range(0, dimension).Sum(k => matrix[(j * dimension) + k] * v[k]);
                Assert.True(Math.Abs(stretched - (value * v[j])) <= allowed * size, $"{stretched} {value * v[j]}");
                double along = Enumerable.Range(0, dimension).Sum(k => vectors[(j * dimension) + k] * v[k]);
                Assert.True(Math.Abs(along - (i == j ? 1 : 0)) <= allowed, $"{along}");
            }
        }
    }

    [Fact]
    public void Those_of_a_chain_of_springs_are_known()
    {
        const int Dimension = 60;
        double[] matrix = Make("tridiagonal", Dimension);
        SymmetricEigenvalues.Compute(matrix, new double[Dimension * Dimension], Dimension);
        double[] found = [.. Enumerable.Range(0, Dimension).Select(i => matrix[(i * Dimension) + i]).Order()];
        for (int i = 0; i < Dimension; i++)
        {
            Assert.Equal(2 - (2 * Math.Cos(Math.PI * (i + 1) / (Dimension + 1))), found[i], 1e-13);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void What_is_not_finite_ends_all_the_same(double value)
    {
        double[] matrix = Make("random", 20);
        matrix[25] = matrix[101] = value;
        SymmetricEigenvalues.Compute(matrix, new double[400], 20);
        Assert.Equal(value == 0, double.IsFinite(matrix[0]));
    }

    private static double[] Make(string kind, int dimension)
    {
        System.Random random = new(dimension);
        double[] matrix = new double[dimension * dimension], one = [.. Enumerable.Range(0, dimension).Select(_ => random.NextDouble() - 0.5)];
        for (int i = 0; i < dimension; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                matrix[(i * dimension) + j] = matrix[(j * dimension) + i] = kind switch
                {
                    "random" => random.NextDouble() - 0.5,
                    "identity" => i == j ? 1 : 0,
                    "of rank one" => one[i] * one[j],
                    "tridiagonal" => i == j ? 2 : i == j + 1 ? -1 : 0,
                    "graded" => Math.Pow(0.5, i + j) * (random.NextDouble() + (i == j ? 1 : 0)),
                    "of two blocks" => (i < dimension / 2) == (j < dimension / 2) ? random.NextDouble() : 0,
                    _ => 0,
                };
            }
        }

        return matrix;
    }
}
