using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Tests.Streams;
using GpuSampling.Kernels.Variates;

namespace GpuSampling.Kernels.Tests.Variates;

/// <summary>
/// The far tail without waiting for it: given that the 23 leading bits of the radius' uniform are zero, half the squared radius
/// is 23 log 2 plus an exponential number. 10⁶ such pairs reach from 5.6 to 7.5 standard deviations.
/// </summary>
public class NormalTailTests
{
    private const int Count = 1 << 20;

    // Kolmogorov's statistic exceeds 2.7 with probability 10⁻⁶.
    [Fact]
    public void Given_a_far_radius_its_square_is_exponential() => Assert.InRange(Statistic(radius => radius), 0, 2.7);

    // Negative control: a radius cut off at 6.23, as 28 bits would do.
    [Fact]
    public void A_radius_of_28_bits_would_be_noticed() => Assert.True(Statistic(radius => Math.Min(radius, 6.23)) > 2.7);

    private static double Statistic(Func<double, double> distort)
    {
        StreamAddress<Float32x16> address = new(new StreamKey(23), StreamPurpose.User, Float32x16.LaneIndex, 0, 0);
        double[] excess = new double[Count];
        for (int i = 0; i < Count; i += 16)
        {
            Words4<Float32x16> words = Philox4x32.Block(address, (uint)i);
            Word<Float32x16> radius = words.Word0 & Float32x16.WordConstant(0xFF800000);
            Reals2<Float32x16> pair = NormalVariate.BoxMuller(radius, words.Word1);
            double[] first = LaneWords.Numbers(pair.First), second = LaneWords.Numbers(pair.Second);
            for (int lane = 0; lane < 16; lane++)
            {
                double length = distort(Math.Sqrt((first[lane] * first[lane]) + (second[lane] * second[lane])));
                excess[i + lane] = (length * length / 2) - (23 * Math.Log(2));
            }
        }

        Array.Sort(excess);
        double distance = 0;
        for (int i = 0; i < Count; i++)
        {
            double cumulative = 1 - Math.Exp(-excess[i]);
            distance = Math.Max(distance, Math.Max(((i + 1.0) / Count) - cumulative, cumulative - ((double)i / Count)));
        }

        return distance * Math.Sqrt(Count);
    }
}
