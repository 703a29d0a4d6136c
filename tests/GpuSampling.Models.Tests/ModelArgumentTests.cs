using GpuSampling.Kernels.Lanes;
using GpuSampling.Models.Tests.Densities;

namespace GpuSampling.Models.Tests;

/// <summary>What ready models refuse, in words, and what they make of data at the edges.</summary>
public sealed class ModelArgumentTests
{
    [Fact]
    public void Eight_schools_name_the_fault_in_the_data()
    {
        AssertFault("effects", "2 effects and 1 standard errors", () => EightSchools.Posterior([1, 2], [1]));
        AssertFault("effects", "at least 1", () => EightSchools.Posterior([], []));
        AssertFault("effects", "effects[2] is NaN", () => EightSchools.Posterior([1, double.NaN], [1, 1]));
        AssertFault("standardErrors", "standardErrors[2] is 0", () => EightSchools.Posterior([1, 2], [1, 0]));
        AssertFault("standardErrors", "standardErrors[1] is -1", () => EightSchools.Posterior([1, 2], [-1, 1]));
        AssertFault("standardErrors", "finite numbers above 0", () => EightSchools.Posterior([1, 2], [1, double.PositiveInfinity]));
    }

    [Fact]
    public void Logistic_regression_names_the_fault_in_the_data()
    {
        double[,] design = { { 1, 2 }, { 3, 4 } };
        AssertFault("design", "2 rows and 2 columns, and there are 3 labels", () => LogisticRegression.Posterior(design, [0, 1, 1]));
        AssertFault("design", "at least 1 column", () => LogisticRegression.Posterior(new double[2, 0], [0, 1]));
        AssertFault("labels", "labels[2] is 2", () => LogisticRegression.Posterior(design, [0, 2]));
        AssertFault("priorScale", "priorScale is 0", () => LogisticRegression.Posterior(design, [0, 1], 0));
        AssertFault("design", "design[2,1] is NaN", () => LogisticRegression.Posterior(new double[,] { { 1, 2 }, { double.NaN, 4 } }, [0, 1]));
        Assert.Throws<ArgumentNullException>("design", () => LogisticRegression.Posterior(null!, []));
    }

    [Fact]
    public void Test_targets_name_the_fault_in_their_arguments()
    {
        AssertFault("precision", "2 elements and the precision matrix is 1 by 2", () => TestTargets.CorrelatedGaussian([1, 2], new double[1, 2]));
        AssertFault("precision", "precision[2,1] is 3 and precision[1,2] is 2", () => TestTargets.CorrelatedGaussian([1, 2], new double[,] { { 1, 2 }, { 3, 1 } }));
        AssertFault("precision", "first 2 rows and columns of precision are not positive definite", () => TestTargets.CorrelatedGaussian([1, 2], new double[,] { { 1, 2 }, { 2, 1 } }));
        AssertFault("precision", "first 1 rows", () => TestTargets.CorrelatedGaussian([1], new double[,] { { 0 } }));
        Assert.Equal(2, TestTargets.CorrelatedGaussian([1, 2], new double[,] { { 1, 0.999 }, { 0.999, 1 } }).Dimension);
        AssertFault("mean", "mean[1] is NaN", () => TestTargets.CorrelatedGaussian([double.NaN], new double[,] { { 1 } }));
        Assert.ThrowsAny<ArgumentException>(() => TestTargets.CorrelatedGaussian([1], new double[,] { { double.NaN } }));
        Assert.Throws<ArgumentOutOfRangeException>("dimension", () => TestTargets.CorrelatedGaussian(0));
        Assert.Throws<ArgumentOutOfRangeException>("dimension", () => TestTargets.Funnel(1));
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(1e10)]
    [InlineData(-1.0 / 3)]
    public void Constant_columns_are_standardized_to_zero(double constant)
    {
        double[,] columns = new double[1000, 2];
        for (int row = 0; row < 1000; row++)
        {
            columns[row, 0] = constant;
            columns[row, 1] = row;
        }

        LogisticRegression.Standardize(columns);
        for (int row = 0; row < 1000; row++)
        {
            Assert.Equal(0, columns[row, 0]);

            // The population variance of 0 … n − 1 is (n² − 1)/12.
            Assert.Equal((row - 499.5) / Math.Sqrt(999_999 / 12.0), columns[row, 1], 1e-12);
        }
    }

    [Fact]
    public void Standardizing_no_rows_does_nothing() => LogisticRegression.Standardize(new double[0, 3]);

    [Fact]
    public void Without_data_the_likelihood_is_one_and_the_prior_remains()
    {
        ModelEvaluation model = ModelEvaluation.Of<Float64>(LogisticRegression.Posterior(new double[0, 2], [], 2));
        Assert.Equal(0, model.LogLikelihood([3, -1], 0, 0));
        Assert.Equal([-0.75, 0.25], model.Gradient([3, -1]));
    }

    [Theory]
    [InlineData(50)]
    [InlineData(400)]
    [InlineData(5000)]
    public void Logistic_terms_far_from_the_boundary_neither_overflow_nor_vanish(double coefficient)
    {
        // Three rows on each side: labels that agree contribute nothing, labels that do not −|η|.
        double[,] design = { { 1 }, { 1 }, { 1 }, { -1 }, { -1 }, { -1 }, { 1 }, { -1 }, { 2 } };
        int[] labels = [1, 1, 0, 0, 0, 1, 1, 0, 0];
        ModelEvaluation model = ModelEvaluation.Of<Float32>(LogisticRegression.Posterior(design, labels));
        Assert.Equal(-4 * coefficient, model.LogLikelihood([coefficient], 0, 9), 1e-5 * coefficient);
        double[] gradient = [0];
        model.LogLikelihoodGradient([coefficient], gradient, 0, 9);
        Assert.Equal(-4, gradient[0], 1e-6);
    }

    private static void AssertFault(string name, string part, Func<object> action)
    {
        ArgumentException exception = Assert.ThrowsAny<ArgumentException>(action);
        Assert.Equal(name, exception.ParamName);
        Assert.Contains(part, exception.Message, StringComparison.Ordinal);
    }
}
