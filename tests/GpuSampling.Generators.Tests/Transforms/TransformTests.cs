using System.Reflection;
using System.Text.Json;
using GpuSampling.Generators.Tests.Support;
using GpuSampling.Modeling;

namespace GpuSampling.Generators.Tests.Transforms;

/// <summary>
/// Every transform there and back, and its log-Jacobian against the determinant of all its derivatives by differences. Those carry
/// 9 digits about the centre; at the reach of each case rounding leaves 6.
/// </summary>
public class TransformTests
{
    private static readonly Lazy<Assembly> Models = new(() =>
        GeneratorRun.OfShortLived([.. TransformCase.All.Select(one => one.Value.Source(one.Key))]).Load());

    public static TheoryData<string> Names => [.. TransformCase.All.Keys];

    public static TheoryData<string> NamesWithJacobian => [.. TransformCase.All.Where(one => one.Value.HasJacobian).Select(one => one.Key)];

    [Theory]
    [MemberData(nameof(Names))]
    public void There_and_back_is_where_one_was(string name)
    {
        (TransformCase one, Posterior posterior) = Find(name);
        foreach (double[] y in Points(posterior.Dimension, 20, Math.Min(2, one.Reach)))
        {
            double[] back = one.Inverse(KernelRun.Outputs(posterior, y), y);
            AssertClose(y, back, 1e-11);
        }

        foreach (double[] y in Points(posterior.Dimension, 20, one.Reach))
        {
            // Out there a value determines less and less of y, but that gives the value again.
            double[] x = KernelRun.Outputs(posterior, y);
            AssertClose(x, KernelRun.Outputs(posterior, one.Inverse(x, y)), 1e-13);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_posterior_finds_the_way_back(string name)
    {
        (TransformCase one, Posterior posterior) = Find(name);
        foreach (double[] y in Points(posterior.Dimension, 20, Math.Min(2, one.Reach)))
        {
            // Of a unit vector the length is lost: the direction must come back.
            double[] x = posterior.Constrain(y), back = posterior.Unconstrain(x);
            AssertClose(x, KernelRun.Outputs(posterior, y), 0);
            AssertClose(name.StartsWith("UnitVector", StringComparison.Ordinal) ? x : y, back, 1e-11);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Values_keep_to_the_constraint_and_the_density_is_finite_far_out(string name)
    {
        (TransformCase one, Posterior posterior) = Find(name);
        foreach (double[] y in Points(posterior.Dimension, 50, one.Farthest))
        {
            double[] x = KernelRun.Outputs(posterior, y);
            Assert.True(x.All(double.IsFinite) && one.Holds(x), $"[{string.Join(", ", x)}] at [{string.Join(", ", y)}]");
            Evaluation evaluation = KernelRun.At(posterior, y);
            Assert.True(double.IsFinite(evaluation.LogDensity) && evaluation.Gradient.All(double.IsFinite), $"{evaluation.LogDensity} at [{string.Join(", ", y)}]");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_log_Jacobian_is_that_of_differences(string name)
    {
        (TransformCase one, Posterior posterior) = Find(name);
        Assert.All(Points(posterior.Dimension, 20, 2), y => AssertJacobian(y, KernelRun.At(posterior, y).LogDensity, 1e-9));
        Assert.All(Points(posterior.Dimension, 20, one.Reach), y => AssertJacobian(y, KernelRun.At(posterior, y).LogDensity, 1e-6));
        void AssertJacobian(double[] y, double logJacobian, double tolerance) =>
            Assert.Equal(Expected(one, posterior, y), logJacobian, tolerance * Math.Max(1, Math.Abs(logJacobian)));
    }

    /// <summary>The control: without the Jacobian, or with a slightly wrong one, the comparison fails.</summary>
    [Theory]
    [MemberData(nameof(NamesWithJacobian))]
    public void A_missing_or_wrong_Jacobian_is_noticed(string name)
    {
        (TransformCase one, Posterior posterior) = Find(name);
        double[][] points = [.. Points(posterior.Dimension, 20, 2)];
        Assert.True(points.Count(y => Math.Abs(Expected(one, posterior, y)) > 1e-3) > 15, "None at all would do.");
        Assert.True(points.Count(y => Math.Abs(Expected(one, posterior, y) - (KernelRun.At(posterior, y).LogDensity * 1.0001)) > 1e-8) > 15);
    }

    private static double Expected(TransformCase one, Posterior posterior, double[] y)
    {
        double[] Map(double[] at)
        {
            double[] coordinates = one.Coordinates(KernelRun.Outputs(posterior, at));
            return coordinates.Length == at.Length ? coordinates : [.. coordinates, TransformCase.Norm(at)];
        }

        return JacobianDeterminant.LogAbsolute(Map, y, one.Step) + one.Correction(KernelRun.Outputs(posterior, y), y);
    }

    private static (TransformCase, Posterior) Find(string name)
    {
        using JsonDocument data = JsonDocument.Parse(TransformCase.Data);
        return (TransformCase.All[name], ((IModelDefinition)Models.Value.GetType(name)!.GetMethod("FromJson")!.Invoke(null, [data.RootElement])!).ToPosterior());
    }

    /// <summary>Points off the centre, no coordinate like another, the last ones as far out as they go.</summary>
    private static IEnumerable<double[]> Points(int dimension, int count, double reach)
    {
        System.Random random = new(4711);
        for (int point = 0; point < count; point++)
        {
            double scale = reach * (point + 1) / count;
            yield return [.. Enumerable.Range(0, dimension).Select(_ => scale * ((1.9 * random.NextDouble()) - 0.9))];
        }
    }

    private static void AssertClose(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        double scale = expected.Select(Math.Abs).Append(1).Max();
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance * scale));
    }
}
