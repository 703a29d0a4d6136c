using GpuSampling.Modeling;

namespace GpuSampling.Ilgpu.Tests;

/// <summary>Random numbers by each of the rejections: gamma, truncated normal and von Mises, and of distributions built on them.</summary>
[Model]
public partial class RandomVariateModel
{
    [Parameter(Lower = 0)] private double s;
    [Generated] private double gamma, smallGamma, studentT, beta, negativeBinomial, interval, tail, angle;
    [Generated("2")] private double[] shares = [];

    private double LogDensity() => Density.Gamma(s, 2, 1);

    private void Generate(RandomSource random)
    {
        gamma = random.Gamma(1 + s, s);
        smallGamma = random.Gamma(0.2 * s, 1);
        studentT = random.StudentT(s, 1, 2);
        beta = random.Beta(s, 0.5);
        negativeBinomial = random.NegativeBinomial(s, 1.5);
        interval = random.TruncatedNormal(0, 1, -0.2 - s, s);
        tail = random.LowerTruncatedNormal(0, 1, 3 + s);
        angle = random.VonMises(0, s);
        double[] drawn = random.Dirichlet([s, 1]);
        shares[0] = drawn[0];
        shares[1] = drawn[1];
    }
}
