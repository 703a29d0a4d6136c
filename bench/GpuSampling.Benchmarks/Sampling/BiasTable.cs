using System.Globalization;
using GpuSampling.Engines;
using GpuSampling.Modeling;
using GpuSampling.Models;
using GpuSampling.Sampling;

namespace GpuSampling.Benchmarks.Sampling;

/// <summary>
/// Gradients that a chain takes, after its warm-up, until its estimates of second moments are good: until
/// (mean of x² so far − E x²)²/Var x² is below 0.01, median over 128 chains; the largest over all parameters, and their average.
/// </summary>
internal static class BiasTable
{
    private const int ChainCount = 128;
    private const double Low = 0.01;

    /// <param name="chosen">Only targets whose name has this; null: all.</param>
    public static int Run(string? chosen)
    {
        Console.WriteLine("| target | sampler | gradients a chain, worst parameter | average parameter | warm-up | gradients a transition | mean acceptance |");
        Console.WriteLine("|---|---|---|---|---|---|---|");

        // x₁ ~ N(0, 10²), x₂ = z + 0.03(x₁² − 100): E x₂² = 19, E x₂⁴ = 4971.
        if (IsChosen("banana"))
        {
            Table("banana", TestTargets.Banana(), [100, 19], [20_000, 4971 - 361], 600, 24_000);
        }

        foreach (bool isPrecision in (bool[])[false, true])
        {
            string name = isPrecision ? "Gaussian with precisions of a gamma distribution, 100-D" : "ill-conditioned Gaussian, 100-D";
            if (IsChosen(name))
            {
                (Posterior gaussian, double[] squares, double[] variances) = IllConditioned(100, isPrecision);
                Table(name, gaussian, squares, variances, 1000, 2_000);
            }
        }

        // v ~ N(0, 3²): E v² = 9, Var v² = 162; of the others not even the fourth moments can be estimated.
        if (IsChosen("funnel"))
        {
            Table("funnel, v of 10", TestTargets.Funnel(), [9], [162], 1000, 8_000);
        }

        return 0;

        bool IsChosen(string name) => chosen is null || name.Contains(chosen, StringComparison.Ordinal);
    }

    private static void Table(string target, Posterior posterior, double[] squares, double[] variances, int warmup, int draws)
    {
        Sampler[] samplers =
        [
            new MicrocanonicalSampler(), new MeadsSampler(), new NoUTurnSampler(new() { Metric = MetricKind.Dense }), new HamiltonianMonteCarloSampler(new() { Metric = MetricKind.Dense }),
            new SnaperSampler(), new CheesSampler(), new HamiltonianMonteCarloSampler(), new NoUTurnSampler(),
        ];
        foreach (Sampler sampler in samplers)
        {
            string name = sampler is NoUTurnSampler { Options.Metric: MetricKind.Dense } or HamiltonianMonteCarloSampler { Options.Metric: MetricKind.Dense }
                ? $"{sampler.Name}, dense metric"
                : sampler.Name;
            Errors errors = new(squares, variances);
            using SimdEngine engine = new();
            RunOptions run = new() { ChainCount = ChainCount, WarmupCount = warmup, DrawCount = draws, Seed = 1 };
            SamplingResult result = sampler.Sample(posterior, run, engine, new DrawCallback<float>(errors.Add));
            double gradients = result.GradientCount / ((double)ChainCount * draws);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {target} | {name} | {Count(errors.Worst)} | {Count(errors.Average)} | {result.WarmupGradientCount / ChainCount:N0} | {gradients:0.0} | {result.MeanAcceptance:0.00} |"));

            string Count(int draw) => draw == 0
                ? string.Create(CultureInfo.InvariantCulture, $"not within {draws * gradients:N0}")
                : (draw * gradients).ToString("N0", CultureInfo.InvariantCulture);
        }
    }

    /// <summary>
    /// A Gaussian whose variances, or precisions, are the quantiles of half a χ² variable with one degree of freedom, which spread over
    /// five orders of magnitude, turned by a reflection so that no parameter is a principal direction. With precisions it is the inference
    /// gym's, but for the quantiles in place of random numbers.
    /// </summary>
    private static (Posterior Posterior, double[] Squares, double[] Variances) IllConditioned(int dimension, bool isPrecision)
    {
        double[] spectrum = [.. Enumerable.Range(0, dimension).Select(i => Math.Pow(0.5 * Math.Pow(Quantile((i + 0.5) / dimension), 2), isPrecision ? -1 : 1))];
        double[] normal = [.. Enumerable.Range(0, dimension).Select(i => Math.Sin(1 + (1.7 * i)))];
        double norm = normal.Sum(value => value * value);
        double[,] precision = new double[dimension, dimension];
        double[] squares = new double[dimension];
        for (int i = 0; i < dimension; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                for (int k = 0; k < dimension; k++)
                {
                    precision[i, j] += Reflection(i, k) * Reflection(j, k) / spectrum[k];
                }

                precision[j, i] = precision[i, j];
            }

            squares[i] = Enumerable.Range(0, dimension).Sum(k => Reflection(i, k) * Reflection(i, k) * spectrum[k]);
        }

        return (TestTargets.CorrelatedGaussian(new double[dimension], precision), squares, [.. squares.Select(square => 2 * square * square)]);

        double Reflection(int i, int k) => (i == k ? 1 : 0) - (2 * normal[i] * normal[k] / norm);

        // The half-normal quantile by bisection of its distribution function, summed by steps.
        static double Quantile(double probability)
        {
            double x = 0, sum = 0;
            const double step = 1e-4;
            while (sum < probability)
            {
                sum += step * Math.Sqrt(2 / Math.PI) * Math.Exp(-(x + (step / 2)) * (x + (step / 2)) / 2);
                x += step;
            }

            return x;
        }
    }

    /// <summary>Running means of squares, and when their errors became low.</summary>
    private sealed class Errors(double[] squares, double[] variances)
    {
        private readonly double[] sums = new double[squares.Length * ChainCount];

        public int Worst { get; private set; }

        public int Average { get; private set; }

        public void Add(DrawView<float> view)
        {
            double[] largest = new double[ChainCount], mean = new double[ChainCount];
            for (int i = 0; i < squares.Length; i++)
            {
                ReadOnlySpan<float> row = view[DrawRows.Outputs + i];
                for (int chain = 0; chain < ChainCount; chain++)
                {
                    ref double sum = ref sums[(i * ChainCount) + chain];
                    sum += (double)row[chain] * row[chain];
                    double error = (sum / (view.Draw + 1)) - squares[i];
                    error *= error / variances[i];
                    largest[chain] = Math.Max(largest[chain], error);
                    mean[chain] += error / squares.Length;
                }
            }

            Array.Sort(largest);
            Array.Sort(mean);
            Worst = Worst == 0 && largest[ChainCount / 2] < Low ? view.Draw + 1 : Worst;
            Average = Average == 0 && mean[ChainCount / 2] < Low ? view.Draw + 1 : Average;
        }
    }
}
