namespace GpuSampling.Tests.Diagnostics;

/// <summary>
/// The definitions, written down as slowly and plainly as they come: chains as lists, ranks by counting, autocovariances at every
/// lag, the normal quantile by bisection of a power series. The oracle of the fast code, with which it shares nothing.
/// </summary>
internal static class NaiveDiagnostics
{
    public static double[][] Split(double[][] chains)
    {
        int half = chains[0].Length / 2;
        return [.. chains.Select(chain => chain[..half]), .. chains.Select(chain => chain[^half..])];
    }

    public static double RHatBulk(double[][] chains) => PlainRHat(NormalScores(Split(chains)));

    public static double RHatFolded(double[][] chains)
    {
        double median = Median(Pool(chains));
        double[][] folded = Map(chains, x => Math.Abs(x - median));
        return IsConstant(folded) ? double.NaN : PlainRHat(NormalScores(Split(folded)));
    }

    public static double RHat(double[][] chains)
    {
        double folded = RHatFolded(chains);
        return double.IsNaN(folded) ? RHatBulk(chains) : Math.Max(RHatBulk(chains), folded);
    }

    public static double EssBulk(double[][] chains) => IsUndefined(chains) ? double.NaN : Ess(NormalScores(Split(chains)));

    public static double EssMean(double[][] chains) => IsUndefined(chains) ? double.NaN : Ess(Split(chains));

    public static double EssSd(double[][] chains)
    {
        double mean = Pool(chains).Average();
        return IsUndefined(chains) ? double.NaN : Ess(Split(Map(chains, x => (x - mean) * (x - mean))));
    }

    public static double EssQuantile(double[][] chains, double p)
    {
        double quantile = Quantile(Pool(chains), p);
        return IsUndefined(chains) ? double.NaN : Ess(Split(Map(chains, x => x <= quantile ? 1 : 0)));
    }

    public static double EssTail(double[][] chains) => Math.Min(EssQuantile(chains, 0.05), EssQuantile(chains, 0.95));

    public static double McseMean(double[][] chains) => Math.Sqrt(Variance(Pool(chains))) / Math.Sqrt(EssMean(chains));

    public static double McseSd(double[][] chains)
    {
        double[] pool = Pool(chains);
        double mean = pool.Average();
        double second = pool.Average(x => Math.Pow(x - mean, 2));
        double fourth = pool.Average(x => Math.Pow(x - mean, 4));
        return Math.Sqrt((fourth - (second * second)) / EssSd(chains) / (4 * second));
    }

    public static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        int n = sorted.Length;
        return n % 2 == 1 ? sorted[n / 2] : (sorted[(n / 2) - 1] + sorted[n / 2]) / 2;
    }

    public static double Quantile(double[] values, double p)
    {
        double[] sorted = [.. values.Order()];
        double index = (sorted.Length - 1) * p;
        double below = sorted[(int)Math.Floor(index)];
        double above = sorted[(int)Math.Ceiling(index)];
        return below == above ? below : below + ((index - Math.Floor(index)) * (above - below));
    }

    public static double Variance(double[] values)
    {
        double mean = values.Average();
        return values.Sum(x => (x - mean) * (x - mean)) / (values.Length - 1);
    }

    public static double[] Pool(double[][] chains) => [.. chains.SelectMany(chain => chain)];

    public static double[][] Map(double[][] chains, Func<double, double> f) => [.. chains.Select(chain => chain.Select(f).ToArray())];

    public static double PlainRHat(double[][] chains)
    {
        int n = chains[0].Length;
        double between = n * Variance([.. chains.Select(chain => chain.Average())]);
        double within = chains.Average(Variance);
        return Math.Sqrt(((between / within) + n - 1) / n);
    }

    public static double Ess(double[][] chains)
    {
        int n = chains[0].Length;
        int m = chains.Length;
        if (n <= 5 || IsConstant(chains))
        {
            return double.NaN;
        }

        double[] autocovariance = [.. Enumerable.Range(0, n).Select(lag => chains.Average(chain => Autocovariance(chain, lag)))];
        double meanVariance = autocovariance[0] * n / (n - 1);
        double totalVariance = (meanVariance * (n - 1) / n) + (m > 1 ? Variance([.. chains.Select(chain => chain.Average())]) : 0);
        var rho = new double[n];
        double Rho(int lag) => 1 - ((meanVariance - autocovariance[lag]) / totalVariance);
        rho[0] = 1;
        rho[1] = Rho(1);
        double even = 1;
        double odd = rho[1];
        int t = 0;
        while (t < n - 5 && !double.IsNaN(even + odd) && even + odd > 0)
        {
            t += 2;
            even = Rho(t);
            odd = Rho(t + 1);
            if (even + odd >= 0)
            {
                rho[t] = even;
                rho[t + 1] = odd;
            }
        }

        int max = t;
        if (even > 0)
        {
            rho[max] = even;
        }

        for (t = 0; t <= max - 4; t += 2)
        {
            if (rho[t + 2] + rho[t + 3] > rho[t] + rho[t + 1])
            {
                rho[t + 2] = rho[t + 3] = (rho[t] + rho[t + 1]) / 2;
            }
        }

        double draws = m * n;
        double time = -1 + (2 * rho.Take(max).Sum()) + rho[max];
        return draws / Math.Max(time, 1 / Math.Log10(draws));
    }

    public static double NestedRHat(double[][] chains, int[] superchains)
    {
        double[][][] groups = [.. superchains.Distinct().Select(id => chains.Where((_, chain) => superchains[chain] == id).ToArray())];
        double between = Variance([.. groups.Select(group => Pool(group).Average())]);
        double within = groups.Average(group =>
            (group.Length > 1 ? Variance([.. group.Select(chain => chain.Average())]) : 0)
            + (group[0].Length > 1 ? group.Average(Variance) : 0));
        return Math.Sqrt(1 + (between / within));
    }

    private static bool IsUndefined(double[][] chains) => IsConstant(chains) || Pool(chains).Any(x => !double.IsFinite(x));

    private static bool IsConstant(double[][] chains) => Pool(chains).All(x => x == chains[0][0]);

    private static double Autocovariance(double[] chain, int lag)
    {
        double mean = chain.Average();
        double sum = 0;
        for (int i = 0; i + lag < chain.Length; i++)
        {
            sum += (chain[i] - mean) * (chain[i + lag] - mean);
        }

        return sum / chain.Length;
    }

    private static double[][] NormalScores(double[][] chains)
    {
        double[] pool = Pool(chains);
        Dictionary<double, double> scores = [];
        foreach (double x in pool)
        {
            if (!scores.ContainsKey(x))
            {
                // The average of the ranks that a run of ties occupies.
                double rank = pool.Count(y => y < x) + ((pool.Count(y => y == x) + 1) / 2.0);
                scores[x] = NormalQuantile((rank - 0.375) / (pool.Length + 0.25));
            }
        }

        return Map(chains, x => scores[x]);
    }

    private static double NormalQuantile(double p)
    {
        double low = -9;
        double high = 9;
        while (true)
        {
            double middle = (low + high) / 2;
            if (middle == low || middle == high)
            {
                return middle;
            }

            if (NormalDistribution(middle) < p)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }
    }

    // Phi(x) = 1/2 + phi(x) (x + x^3/3 + x^5/(3 5) + ...): all terms of one sign.
    private static double NormalDistribution(double x)
    {
        double term = x;
        double sum = x;
        for (int odd = 3; Math.Abs(term) > 1e-18 * Math.Abs(sum); odd += 2)
        {
            term *= x * x / odd;
            sum += term;
        }

        return 0.5 + (sum * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI));
    }
}
