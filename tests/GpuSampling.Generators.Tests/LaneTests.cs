using GpuSampling.Generators.Tests.Support;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Modeling;

namespace GpuSampling.Generators.Tests;

/// <summary>Generated kernels compute the same bits in registers of every width, and floats near the doubles.</summary>
public class LaneTests
{
    private const int PointCount = 32;

    public static TheoryData<string, string> Cases => PosteriorModels.Cases;

    [Theory]
    [MemberData(nameof(Cases))]
    public void Registers_compute_the_bits_of_single_lanes(string model, string data)
    {
        Posterior posterior = PosteriorModels.Create(model, data);
        double[][] points = Points(posterior.Dimension);
        double[][] doubles = posterior.Accept(new LaneRun<Float64, double>(points));
        LaneBits.AssertSame(doubles, posterior.Accept(new LaneRun<Float64x8, double>(points)), BitConverter.DoubleToInt64Bits, "Float64x8");
        float[][] floats = posterior.Accept(new LaneRun<Float32, float>(points));
        LaneBits.AssertSame(floats, posterior.Accept(new LaneRun<Float32x16, float>(points)), BitConverter.SingleToInt32Bits, "Float32x16");
        AssertNear(doubles, floats);
        if (model is "EightSchoolsNonCentered" or "Garch" or "GermanCredit" or "GaussianProcessRegression")
        {
            LaneBits.AssertSame(doubles, posterior.Accept(new LaneRun<Float64x2, double>(points)), BitConverter.DoubleToInt64Bits, "Float64x2");
            LaneBits.AssertSame(doubles, posterior.Accept(new LaneRun<Float64x4, double>(points)), BitConverter.DoubleToInt64Bits, "Float64x4");
            LaneBits.AssertSame(floats, posterior.Accept(new LaneRun<Float32x4, float>(points)), BitConverter.SingleToInt32Bits, "Float32x4");
            LaneBits.AssertSame(floats, posterior.Accept(new LaneRun<Float32x8, float>(points)), BitConverter.SingleToInt32Bits, "Float32x8");
        }
    }

    /// <summary>Floats carry 24 bits: sums over the data lose some more, and densities far out cancel. A wrong formula is off by far more.</summary>
    private static void AssertNear(double[][] doubles, float[][] floats)
    {
        int compared = 0;
        for (int point = 0; point < PointCount / 2; point++)
        {
            double scale = doubles[point].Where(double.IsFinite).Select(Math.Abs).Max();
            for (int i = 0; i < doubles[point].Length; i++)
            {
                if (double.IsFinite(doubles[point][i]) && float.IsFinite(floats[point][i]) && scale < 1e15)
                {
                    double allowed = 2e-3 * (Math.Abs(doubles[point][i]) + (1e-2 * scale) + 1e-2);
                    Assert.True(
                        Math.Abs(doubles[point][i] - floats[point][i]) <= allowed,
                        $"Value {i} of point {point} is {floats[point][i]} in single and {doubles[point][i]} in double precision.");
                    compared++;
                }
            }
        }

        Assert.True(compared > 0, "No point was within the range of floats.");
    }

    private static double[][] Points(int dimension)
    {
        var random = new System.Random(17);
        return
        [
            .. Enumerable.Range(0, PointCount).Select(point => Enumerable.Range(0, dimension)
                .Select(_ => (point < PointCount / 2 ? 0.3 : 3) * Support.GradientCheck.Normal(random)).ToArray()),
        ];
    }
}
