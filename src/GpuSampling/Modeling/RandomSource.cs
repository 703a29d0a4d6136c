using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Variates;

namespace GpuSampling.Modeling;

/// <summary>
/// Random numbers of generated quantities, such as posterior predictive draws: the parameter of a model's method
/// <c>void Generate(RandomSource random)</c>. In a kernel each number has an address of its own: the run's seed, the chain, the
/// draw, and the place of the call with the iterations of the loops around it. So numbers are the same on every engine, and no
/// other part of a run has them. <see cref="RandomVariates"/> makes those of the other distributions of <see cref="Density"/>.
/// </summary>
/// <remarks>
/// On the host, where a debugger steps through <c>Generate</c>, numbers are taken one after another. They are of the same
/// distributions, but which number a call gets is decided by the order of calls.
/// </remarks>
public sealed class RandomSource
{
    private readonly StreamAddress<Float64> address;
    private int next;

    /// <summary>Numbers for one draw of one chain.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="chain">The chain, 0 to 2³² − 1.</param>
    /// <param name="draw">The draw.</param>
    public RandomSource(ulong seed, uint chain = 0, uint draw = 0) =>
        address = new StreamAddress<Float64>(
            new StreamKey(seed), StreamPurpose.GeneratedQuantity, Float64.WordConstant(chain), 0, draw);

    /// <summary>A uniform number on [0, 1).</summary>
    public double Uniform() => ModelVariate.Uniform(address, next++).Value;

    /// <summary>A uniform number between two bounds.</summary>
    /// <param name="lower">The lower bound.</param>
    /// <param name="upper">The upper bound.</param>
    public double Uniform(double lower, double upper) => lower + (upper - lower) * Uniform();

    /// <summary>A standard normal number.</summary>
    public double Normal() => ModelVariate.Normal(address, next++).Value;

    /// <summary>A normal number.</summary>
    /// <param name="mean">The mean.</param>
    /// <param name="sd">The standard deviation, at least 0.</param>
    public double Normal(double mean, double sd) => mean + sd * Normal();

    /// <summary>An exponential number of rate 1.</summary>
    public double Exponential() => ModelVariate.Exponential(address, next++).Value;

    /// <summary>An exponential number.</summary>
    /// <param name="rate">The inverse of the mean, above 0.</param>
    public double Exponential(double rate) => Exponential() / rate;

    /// <summary>1 with a given probability, else 0.</summary>
    /// <param name="probability">From 0 to 1.</param>
    public double Bernoulli(double probability) => ModelVariate.Bernoulli(address, next++, new Float64(probability)).Value;

    /// <summary>The number of successes in independent trials. Takes time in proportion to the trials.</summary>
    /// <param name="trials">How many, at least 0.</param>
    /// <param name="probability">The probability of success, from 0 to 1.</param>
    public double Binomial(int trials, double probability) =>
        ModelVariate.Binomial(address, next++, trials, new Float64(probability)).Value;

    /// <summary>A Poisson number. Takes time in proportion to the mean.</summary>
    /// <param name="mean">From 0 to 10⁶; beyond, and for NaN, the result is NaN.</param>
    public double Poisson(double mean) => ModelVariate.Poisson(address, next++, new Float64(mean)).Value;

    /// <summary>A gamma number.</summary>
    /// <param name="shape">Above 0, to 10⁸; beyond, and for NaN, the result is NaN. Far below 1 numbers may underflow to 0.</param>
    /// <param name="rate">Above 0: the mean is shape / rate.</param>
    public double Gamma(double shape, double rate) => ModelVariate.Gamma(address, next++, new Float64(shape)).Value / rate;

    /// <summary>The logarithm of a gamma number of rate 1, which no shape lets underflow.</summary>
    /// <param name="shape">Above 0, to 10⁸; beyond, and for NaN, the result is NaN.</param>
    public double LogOfGamma(double shape) => ModelVariate.LogOfGamma(address, next++, new Float64(shape)).Value;

    /// <summary>A standard normal number, given that it lies between two bounds, however far out.</summary>
    /// <param name="lower">The lower bound, or −∞.</param>
    /// <param name="upper">The upper bound, above the lower, or ∞. Other bounds give NaN.</param>
    public double StandardTruncatedNormal(double lower, double upper) =>
        ModelVariate.StandardTruncatedNormal(address, next++, new Float64(lower), new Float64(upper)).Value;

    /// <summary>An angle of the von Mises distribution about 0, from −π to π.</summary>
    /// <param name="concentration">From 0 to 10⁸; beyond, and for NaN, the result is NaN.</param>
    public double StandardVonMises(double concentration) =>
        ModelVariate.StandardVonMises(address, next++, new Float64(concentration)).Value;
}
