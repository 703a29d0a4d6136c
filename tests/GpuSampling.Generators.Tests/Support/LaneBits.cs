using GpuSampling.Kernels.Lanes;
using GpuSampling.Modeling;

namespace GpuSampling.Generators.Tests.Support;

/// <summary>Compares what registers of several widths compute, bit for bit.</summary>
internal static class LaneBits
{
    /// <summary>Runs all methods of a posterior's kernel with several widths, in both precisions.</summary>
    /// <param name="posterior">The posterior.</param>
    /// <param name="points">As many as a multiple of 16.</param>
    public static void AssertSameForAllWidths(Posterior posterior, double[][] points)
    {
        double[][] doubles = posterior.Accept(new LaneRun<Float64, double>(points));
        AssertSame(doubles, posterior.Accept(new LaneRun<Float64x8, double>(points)), BitConverter.DoubleToInt64Bits, "Float64x8");
        float[][] floats = posterior.Accept(new LaneRun<Float32, float>(points));
        AssertSame(floats, posterior.Accept(new LaneRun<Float32x4, float>(points)), BitConverter.SingleToInt32Bits, "Float32x4");
        AssertSame(floats, posterior.Accept(new LaneRun<Float32x16, float>(points)), BitConverter.SingleToInt32Bits, "Float32x16");
    }

    /// <summary>Fails at the first value whose bits differ.</summary>
    public static void AssertSame<TElement, TBits>(TElement[][] expected, TElement[][] actual, Func<TElement, TBits> bitsOf, string lanes)
        where TElement : struct, System.Numerics.IFloatingPointIeee754<TElement>
    {
        for (int point = 0; point < expected.Length; point++)
        {
            for (int i = 0; i < expected[point].Length; i++)
            {
                // IEEE leaves the sign and payload of a NaN open.
                TElement a = expected[point][i], b = actual[point][i];
                Assert.True(
                    (TElement.IsNaN(a) && TElement.IsNaN(b)) || bitsOf(a)!.Equals(bitsOf(b)),
                    $"Value {i} of point {point} is {b} with {lanes} and {a} with one lane.");
            }
        }
    }
}
