using GpuSampling.Diagnostics;

namespace GpuSampling.Tests.Diagnostics;

/// <summary>Chains for the tests of diagnostics, from a fixed seed.</summary>
internal static class SimulatedChains
{
    /// <summary>First-order autoregressive chains with standard normal stationary distribution, started in it.</summary>
    public static double[][] Autoregressive(int chains, int draws, double correlation, int seed)
    {
        var random = new System.Random(seed);
        double innovation = Math.Sqrt(1 - (correlation * correlation));
        var result = new double[chains][];
        for (int c = 0; c < chains; c++)
        {
            result[c] = new double[draws];
            double x = Normal(random);
            for (int i = 0; i < draws; i++)
            {
                result[c][i] = x;
                x = (correlation * x) + (innovation * Normal(random));
            }
        }

        return result;
    }

    /// <summary>Independent standard normal draws.</summary>
    public static double[][] Independent(int chains, int draws, int seed) => Autoregressive(chains, draws, 0, seed);

    public static double Normal(System.Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>The draws in the library's order, chain fastest.</summary>
    public static ParameterDraws<double> ToDraws(this double[][] chains) =>
        ParameterDraws<double>.FromChainMajor(chains.SelectMany(chain => chain).ToArray(), chains.Length);

    /// <summary>The draws in the library's order, rounded to float32.</summary>
    public static ParameterDraws<float> ToSingleDraws(this double[][] chains) =>
        ParameterDraws<float>.FromChainMajor(chains.SelectMany(chain => chain).Select(x => (float)x).ToArray(), chains.Length);
}
