using System.Text.Json;
using GpuSampling.Generators.Tests.References;
using GpuSampling.Generators.Tests.Support;
using GpuSampling.Generators.Tests.Transforms;
using GpuSampling.Modeling;

namespace GpuSampling.Generators.Tests;

/// <summary>
/// The posteriors of posteriordb with their data, and the targets of the inference gym, at a hundred random points each, the last
/// ones far out in the tails.
/// </summary>
public class PosteriorTests
{
    private const int PointCount = 100;

    private static readonly Lazy<IReadOnlyDictionary<string, DualModel>> Duals = new(() =>
        DualModel.Compile([.. PosteriorModels.All.Select(one => PosteriorModels.Source(one.Model)).Distinct()]));

    public static TheoryData<string, string> Cases => PosteriorModels.Cases;

    [Theory]
    [MemberData(nameof(Cases))]
    public void Value_and_gradient_are_those_of_dual_numbers(string model, string data) =>
        GradientCheck.Run(PosteriorModels.Definition(model, data), Duals.Value[model], PointCount, seed: 1, Scale(model));

    /// <summary>To 1e-12 of the sum of all parts' sizes, up to the constant that the first point shows.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Value_is_that_of_a_density_written_by_hand(string model, string data)
    {
        Posterior posterior = PosteriorModels.Create(model, data);
        Func<double[], double> plain = Plain(model, data);
        double constant = 0;
        bool isFirst = true;
        int compared = 0;
        foreach (double[] y in GradientCheck.Points(posterior.Dimension, PointCount, 7, Scale(model)))
        {
            Evaluation actual = KernelRun.At(posterior, y);
            double expected = plain(y);
            if (!double.IsFinite(expected))
            {
                continue; // the textbook formula overflows first
            }

            constant = isFirst ? actual.LogDensity - expected : constant;
            isFirst = false;
            double scale = Math.Abs(actual.LogPrior) + Math.Abs(actual.LogLikelihood) + Math.Abs(constant);
            GradientCheck.Close(expected + constant, actual.LogDensity, 1e-12, scale, $"{model} at [{string.Join(", ", y)}]");
            compared++;
        }

        Assert.InRange(compared, 95, PointCount);
    }

    /// <summary>
    /// Against Ridders' differences of the density written by hand. Those carry eight digits of the largest derivative, less what the
    /// rounding of the value leaves of it and less than that where the density bends within a step, as their own estimate tells.
    /// </summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradient_is_that_of_differences(string model, string data)
    {
        Posterior posterior = PosteriorModels.Create(model, data);
        Func<double[], double> plain = Plain(model, data);
        int count = model == "Diamonds" ? 5 : PointCount, compared = 0, fine = 0;
        double step = model == "NormalMixture" ? 2e-4 : 0.02; // the shares of narrow components change within hundredths
        foreach (double[] y in GradientCheck.Points(posterior.Dimension, count, 11, Scale(model)))
        {
            double value = plain(y);
            double[] gradient = KernelRun.At(posterior, y).Gradient;
            (double Value, double Error)[] expected =
                [.. Enumerable.Range(0, y.Length).Select(i => JacobianDeterminant.Derivatives(at => [plain(at)], y, i, step)[0])];
            double norm = expected.Max(one => Math.Abs(one.Value));
            for (int i = 0; i < y.Length && double.IsFinite(norm); i++)
            {
                double allowed = (1e-8 * norm) + (1e-11 * Math.Abs(value)) + 1e-9 + (10 * expected[i].Error);
                Assert.True(
                    Math.Abs(expected[i].Value - gradient[i]) <= allowed,
                    $"gradient {i} is {gradient[i]}, by differences {expected[i].Value} ± {allowed}, at [{string.Join(", ", y)}]");
                compared++;
                fine += allowed < 1e-5 * norm ? 1 : 0;
            }
        }

        // Nearly all would notice a derivative that is off by a hundred-thousandth of the largest.
        Assert.True(fine >= 0.9 * count * posterior.Dimension, $"{fine} of {compared} derivatives were compared finely.");
    }

    private static Func<double[], double> Plain(string model, string data)
    {
        using JsonDocument document = JsonDocument.Parse(PosteriorModels.Json(model, data));
        var plain = new PlainPosterior(document.RootElement.Clone());
        return y => plain.LogDensity(model, y);
    }

    /// <summary>The standard deviation of the coordinates of the points furthest out: to where the density still is a finite number.</summary>
    private static double Scale(string model) => model switch
    {
        "LotkaVolterra" or "GaussianProcessRegression" => 1,
        "StochasticVolatility" => 1.5,
        _ => 3,
    };
}
