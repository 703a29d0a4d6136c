using GpuSampling.Modeling;

namespace GpuSampling.Models.Tests.Calibration;

/// <summary>A posterior of made data, and the parameters that the data were made with, by label.</summary>
internal sealed record CalibrationReplicate(Posterior Posterior, (string Label, double Truth)[] Truths);

/// <summary>Parameters from the prior and data given them, in plain C# with numbers that are not this library's.</summary>
internal static class CalibrationCase
{
    public static TheoryData<string> Names => ["group-effects", "successes", "noisy-line", "die", "ordered-rates", "pair-correlation"];

    /// <summary>One replicate.</summary>
    /// <param name="name">The model.</param>
    /// <param name="seed">Another for each replicate.</param>
    public static CalibrationReplicate Make(string name, int seed)
    {
        System.Random random = new(seed);
        return name switch
        {
            "group-effects" => GroupEffects(random),
            "successes" => Successes(random),
            "noisy-line" => Line(random, (x, y) => new NoisyLine { N = x.Length, x = x, y = y }, "sigma", sigma => sigma),
            "without-jacobian" => Line(random, (x, y) => new NoisyLineWithoutJacobian { N = x.Length, x = x, y = y }, "logSigma", Math.Log),
            "die" => Die(random),
            "ordered-rates" => OrderedRates(random),
            "assignments" => Assignments(random),
            _ => PairCorrelation(random),
        };
    }

    private static CalibrationReplicate GroupEffects(System.Random random)
    {
        double mu = 2 * Normal(random), tau = Math.Abs(Normal(random));
        double[] z = [.. Repeat(5, () => Normal(random))];
        double[] y = [.. z.Select(one => mu + (tau * one) + Normal(random))];
        return new(new GroupEffects { J = 5, y = y }.ToPosterior(), [("mu", mu), ("tau", tau), ("z[1]", z[0])]);
    }

    private static CalibrationReplicate Successes(System.Random random)
    {
        double level = Normal(random), slope = Normal(random);
        double[] x = [.. Enumerable.Range(0, 12).Select(n => (n - 4) / 3.0)];
        int[] y = [.. x.Select(one => random.NextDouble() * (1 + Math.Exp(-level - (slope * one))) < 1 ? 1 : 0)];
        return new(new Successes { N = 12, x = x, y = y }.ToPosterior(), [("level", level), ("slope", slope)]);
    }

    private static CalibrationReplicate Line(
        System.Random random, Func<double[], double[], IModelDefinition> create, string label, Func<double, double> transform)
    {
        double level = Normal(random), slope = Normal(random), sigma = Exponential(random);
        double[] x = [.. Enumerable.Range(0, 4).Select(n => (n - 1) / 2.0)];
        double[] y = [.. x.Select(one => level + (slope * one) + (sigma * Normal(random)))];
        return new(create(x, y).ToPosterior(), [("level", level), ("slope", slope), (label, transform(sigma))]);
    }

    private static CalibrationReplicate Die(System.Random random)
    {
        // Gamma numbers of whole shapes 1, 2, 3 are sums of exponential ones.
        double[] gammas = [.. Enumerable.Range(1, 3).Select(shape => Repeat(shape, () => Exponential(random)).Sum())];
        double[] p = [.. gammas.Select(gamma => gamma / gammas.Sum())];
        int[] counts = new int[3];
        for (int roll = 0; roll < 15; roll++)
        {
            double u = random.NextDouble();
            counts[u < p[0] ? 0 : u < p[0] + p[1] ? 1 : 2]++;
        }

        return new(
            new Die { K = 3, count = counts, concentration = [1, 2, 3] }.ToPosterior(), [("p[1]", p[0]), ("p[2]", p[1]), ("p[3]", p[2])]);
    }

    private static CalibrationReplicate OrderedRates(System.Random random)
    {
        double[] rates = [.. Repeat(3, () => 4 * Exponential(random)).Order()];
        return new(
            new OrderedRates { K = 3, count = [.. rates.Select(rate => Poisson(random, rate))] }.ToPosterior(),
            [("rate[1]", rates[0]), ("rate[2]", rates[1]), ("rate[3]", rates[2])]);
    }

    private static CalibrationReplicate PairCorrelation(System.Random random)
    {
        double rho = (2 * random.NextDouble()) - 1;
        double[] x = [.. Repeat(8, () => Normal(random))];
        double[] y = [.. x.Select(one => (rho * one) + (Math.Sqrt(1 - (rho * rho)) * Normal(random)))];
        return new(new PairCorrelation { N = 8, x = x, y = y }.ToPosterior(), [("rho", rho)]);
    }

    private static CalibrationReplicate Assignments(System.Random random)
    {
        // Two normal components, of which a number is the second with probability 0.3.
        double[] mu = [-1 + (1.5 * Normal(random)), 2 + (2 * Normal(random))], deviation = [1.2, 0.8];
        int[] z = [.. Enumerable.Range(0, 8).Select(_ => random.NextDouble() < 0.3 ? 1 : 0)];
        double[] numbers = [.. z.Select(k => mu[k] + (deviation[k] * Normal(random)))];
        return new(
            MixtureAssignments.Posterior(numbers, 0.3, (deviation[0], deviation[1]), (-1, 2), (1.5, 2)), [("mu[1]", mu[0]), ("mu[2]", mu[1])]);
    }

    private static IEnumerable<double> Repeat(int count, Func<double> draw) => Enumerable.Range(0, count).Select(_ => draw());

    private static double Exponential(System.Random random) => -Math.Log(1 - random.NextDouble());

    private static double Normal(System.Random random) => Math.Sqrt(2 * Exponential(random)) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static int Poisson(System.Random random, double rate)
    {
        // Arrivals of rate 1 until the time is over.
        int count = 0;
        for (double time = Exponential(random); time < rate; time += Exponential(random))
        {
            count++;
        }

        return count;
    }
}
