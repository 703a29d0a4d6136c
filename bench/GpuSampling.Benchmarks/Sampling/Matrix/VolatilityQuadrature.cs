using System.Numerics;

namespace GpuSampling.Benchmarks.Sampling.Matrix;

/// <summary>
/// Means and standard deviations of φ, μ and s of the stochastic volatility target by quadrature, to about 1e-4: trapezoids over the three,
/// and for each the likelihood of the returns by the forward recursion over a grid of log volatilities, of which none is drawn.
/// </summary>
/// <remarks>
/// Where φ is near 1 the data hardly tell μ, whose tails are heavy (kurtosis 29): reference draws of a sampler may miss them, and
/// the gym's do. Kitagawa, Non-Gaussian state-space modeling of nonstationary time series, JASA 82 (1987), section 3.
/// </remarks>
internal static class VolatilityQuadrature
{
    private const double Step = 0.07, Lowest = 0.5, Highest = 15;
    private const int PersistenceCount = 32, ShockCount = 16, MeanCount = 33;

    // Where the posterior of μ is.
    private const double Centre = 7.7;

    /// <summary>The moments, in the order φ, μ, s.</summary>
    /// <param name="returns">The returns.</param>
    public static ReferenceMoments[] Of(double[] returns)
    {
        double[] logVolatilities = [.. Enumerable.Range(0, (int)((Highest - Lowest) / Step) + 1).Select(i => Lowest + (i * Step))];

        // All but constants of the normal densities of returns.
        double[][] densities =
        [
            .. returns.Select(one => logVolatilities.Select(h => Math.Exp((-0.5 * one * one * Math.Exp(-h)) - (0.5 * h) + 3.5)).ToArray()),
        ];
        Node[] nodes = new Node[PersistenceCount * ShockCount * MeanCount];
        Parallel.For(0, PersistenceCount * ShockCount, pair =>
        {
            // Equal steps of log(1 − φ), log s and, in units that grow with the spread of μ, of the inverse hyperbolic sine of μ.
            double logRest = -Between(0.6, 11.5, pair / ShockCount, PersistenceCount), logShock = Between(Math.Log(0.12), Math.Log(1.6), pair % ShockCount, ShockCount);
            double rest = Math.Exp(logRest), persistence = 1 - rest, shock = Math.Exp(logShock);
            double spread = Math.Sqrt(0.01 + (0.05 * shock * shock / (1 - (persistence * persistence))));
            for (int i = 0; i < MeanCount; i++)
            {
                double argument = Between(-4.8, 4.8, i, MeanCount), mean = Centre + (spread * Math.Sinh(argument));

                // φ = 2u − 1 with u ~ Beta(20, 1.5), s ~ half-Cauchy(2), μ ~ Cauchy(0, 5), and the logarithms of the steps.
                double prior = (19 * Math.Log((1 + persistence) / 2)) + (0.5 * logRest) - Math.Log(1 + (shock * shock / 4)) - Math.Log(1 + (mean * mean / 25));
                double steps = logRest + logShock + Math.Log(spread * Math.Cosh(argument));
                nodes[(pair * MeanCount) + i] = new(persistence, mean, shock, prior + steps + LogLikelihood(logVolatilities, densities, persistence, mean, shock));
            }
        });
        double largest = nodes.Max(node => node.LogDensity);
        double[] weights = [.. nodes.Select(node => Math.Exp(node.LogDensity - largest))];
        double total = weights.Sum();
        return [Moments("phi", node => node.Persistence), Moments("mu", node => node.Mean), Moments("s", node => node.Shock)];

        ReferenceMoments Moments(string name, Func<Node, double> of)
        {
            double mean = nodes.Zip(weights, (node, weight) => weight * of(node)).Sum() / total;
            double variance = nodes.Zip(weights, (node, weight) => weight * (of(node) - mean) * (of(node) - mean)).Sum() / total;
            return new(name, mean, 0, Math.Sqrt(variance), double.PositiveInfinity);
        }
    }

    /// <summary>The log density of all returns: a step of the chain of log volatilities, times the density of a return, for each.</summary>
    private static double LogLikelihood(double[] logVolatilities, double[][] densities, double persistence, double mean, double shock)
    {
        int count = logVolatilities.Length;
        double[] transitions = new double[count * count];
        for (int from = 0; from < count; from++)
        {
            double centre = mean + (persistence * (logVolatilities[from] - mean));
            for (int to = 0; to < count; to++)
            {
                double z = (logVolatilities[to] - centre) / shock;
                transitions[(from * count) + to] = Math.Exp(-0.5 * z * z) * Step / (shock * Math.Sqrt(2 * Math.PI));
            }
        }

        double stationary = shock / Math.Sqrt(1 - (persistence * persistence)), result = 0;
        double[] filtered = new double[count], next = new double[count];
        for (int i = 0; i < count; i++)
        {
            double z = (logVolatilities[i] - mean) / stationary;
            filtered[i] = Math.Exp(-0.5 * z * z) / stationary * densities[0][i];
        }

        for (int t = 1; t < densities.Length; t++)
        {
            next.AsSpan().Clear();
            for (int from = 0; from < count; from++)
            {
                AddMultiple(transitions.AsSpan(from * count, count), filtered[from], next);
            }

            double sum = 0;
            for (int i = 0; i < count; i++)
            {
                next[i] *= densities[t][i];
                sum += next[i];
            }

            if (!(sum > 0))
            {
                return double.NegativeInfinity;
            }

            result += Math.Log(sum);
            for (int i = 0; i < count; i++)
            {
                filtered[i] = next[i] / sum;
            }
        }

        return result;
    }

    private static void AddMultiple(ReadOnlySpan<double> row, double factor, Span<double> target)
    {
        int i = 0;
        Vector<double> factors = new(factor);
        for (; i <= row.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            ((factors * new Vector<double>(row[i..])) + new Vector<double>(target[i..])).CopyTo(target[i..]);
        }

        for (; i < row.Length; i++)
        {
            target[i] += factor * row[i];
        }
    }

    private static double Between(double first, double last, int index, int count) => first + ((last - first) * index / (count - 1));

    private readonly record struct Node(double Persistence, double Mean, double Shock, double LogDensity);
}
