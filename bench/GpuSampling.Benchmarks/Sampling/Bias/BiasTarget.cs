using GpuSampling.Benchmarks.Sampling.Bias.Models;
using GpuSampling.Benchmarks.Sampling.Matrix;
using GpuSampling.Modeling;
using GpuSampling.Models;
using GpuSampling.Sampling;

namespace GpuSampling.Benchmarks.Sampling.Bias;

/// <summary>
/// A target of sampler-benchmarks with E x² and Var x² of what it measures: the last outputs of the model. Moments that are not known
/// exactly are read from <c>NAME.moments.txt</c> in a folder, a line of E x² and Var x² for each, in the order of the outputs (the command
/// <c>bias-moments</c> writes them); data from <c>item-response.txt</c> (student, question, 1 if correct; from 0) and <c>sp500-returns.txt</c>.
/// </summary>
internal sealed record BiasTarget(string Name, Posterior Posterior, double[] Squares, double[] Variances, int WarmupCount, int DrawCount, string[] Samplers)
{
    private const string Gaussian = "ill-conditioned Gaussian, 100-D";
    private const string GammaGaussian = "Gaussian with precisions of a gamma distribution, 100-D";

    /// <summary>The chains.</summary>
    public int ChainCount { get; init; } = 128;

    /// <summary>Where they start.</summary>
    public ChainStarts Starts { get; init; } = new UniformStarts();

    /// <summary>All targets; null where a file is missing.</summary>
    /// <param name="folder">The folder of the files; null: none.</param>
    public static IEnumerable<(string Name, Func<BiasTarget?> Make)> All(string? folder) =>
    [
        // x₁ ~ N(0, 10²), x₂ = z + 0.03(x₁² − 100): E x₂² = 19, E x₂⁴ = 4971.
        ("banana", () => new("banana", TestTargets.Banana(), [100, 19], [20_000, 4971 - 361], 600, 24_000, ["mams", "meads", "nuts:dense", "nuts"])),
        (Gaussian, () => IllConditioned(100, isPrecision: false)),
        (GammaGaussian, () => IllConditioned(100, isPrecision: true)),
        ("bimodal, 50-D", () => Bimodal(50)),
        ("funnel, 20-D", () => new(
            "funnel, 20-D", new StandardizedFunnel { D = 19 }.ToPosterior(), Repeat(1, 20), Repeat(2, 20), 1000, 40_000, ["mams:accept=0.99", "nuts:accept=0.95", "nuts:accept=0.99", "slice"])),
        ("german-credit", () => Of("german-credit", folder, 1000, 20_000, ["mams", "nuts", "nuts:dense", "snaper", "meads:thin=10"])),
        ("brownian-motion", () => Of("brownian-motion", folder, 1000, 20_000, ["mams", "nuts", "nuts:dense", "snaper", "meads:thin=10"])),
        ("item-response", () => Of("item-response", folder, 500, 12_000, ["mams", "mams:length=75", "nuts", "nuts:low-rank"]) is { } target ? target with { ChainCount = 32 } : null),
        ("stochastic-volatility", () => Of("stochastic-volatility", folder, 800, 40_000, ["mams", "nuts"]) is { } target
            ? target with { ChainCount = 32, Starts = VolatilityStarts(target.Posterior.Dimension - 2, 32) }
            : null),
    ];

    /// <summary>The models whose moments come from a file; null where their data are missing.</summary>
    public static Posterior? PosteriorOf(string name, string? folder)
    {
        string? references = GeneratedModels.FindReferences() is { } posteriordb ? Path.Combine(posteriordb, "..", "inference-gym") : null;
        switch (name)
        {
            case "german-credit" when Rows(references, "german.data-numeric") is { } rows:
                double[,] design = ReferenceTarget.Standardized(rows);
                return new SparseLogisticRegression { N = rows.Length, D = design.GetLength(1), x = design, y = [.. rows.Select(row => row[^1] == 2 ? 1 : 0)] }.ToPosterior();
            case "brownian-motion" when Rows(references, "brownian_motion_observations.txt") is { } rows:
                return new BrownianMotionUnknownScales
                {
                    N = rows.Length,
                    y = [.. rows.Select(row => double.IsNaN(row[0]) ? 0 : row[0])],
                    isObserved = [.. rows.Select(row => double.IsNaN(row[0]) ? 0 : 1)],
                }.ToPosterior();
            case "item-response" when Rows(folder, "item-response.txt") is { } rows:
                return Answers(rows).ToPosterior();
            case "stochastic-volatility" when Rows(folder, "sp500-returns.txt") is { } rows:
                return new RandomWalkVolatility { N = rows.Length, returns = [.. rows.Select(row => row[0])] }.ToPosterior();
            default:
                return null;
        }
    }

    private static BiasTarget? Of(string name, string? folder, int warmup, int draws, string[] samplers) =>
        Rows(folder, $"{name}.moments.txt") is { } moments && PosteriorOf(name, folder) is { } posterior
            ? new(name, posterior, [.. moments.Select(row => row[0])], [.. moments.Select(row => row[1])], warmup, draws, samplers)
            : null;

    /// <summary>With weights ¾ and ¼, variances 1 and 0.36, means 0 and 4 of the first parameter.</summary>
    private static BiasTarget Bimodal(int dimension)
    {
        const double share = 0.25, mean = 4, variance = 0.36;
        double[] squares = Repeat(1 - share + (share * variance), dimension);
        double[] fourths = Repeat(3 * (1 - share + (share * variance * variance)), dimension);
        squares[0] = 1 - share + (share * ((mean * mean) + variance));
        fourths[0] = (3 * (1 - share)) + (share * (Math.Pow(mean, 4) + (6 * mean * mean * variance) + (3 * variance * variance)));
        return new(
            "bimodal, 50-D",
            new TwoGaussians { D = dimension }.ToPosterior(),
            squares,
            [.. fourths.Zip(squares, (fourth, square) => fourth - (square * square))],
            1000,
            200_000,
            ["mams", "nuts", "hmc", "snaper", "tempering:scale=2"]);
    }

    /// <summary>As published: log scales walk with steps of 0.02, the scale of steps is 0.02 and the degrees of freedom are 10.</summary>
    private static GivenStarts VolatilityStarts(int count, int chainCount)
    {
        double[] walk = new double[count * chainCount];
        for (int i = 0; i < walk.Length; i++)
        {
            // Steps of a Weyl sequence through the logistic quantile, scaled to unit variance: any rough walk will do.
            double u = (0.5 + (i * 0.6180339887498949)) % 1;
            double step = 0.02 * Math.Sqrt(3) / Math.PI * Math.Log((u + 1e-9) / (1 - u + 1e-9));
            walk[i] = step + (i < chainCount ? 0 : walk[i - chainCount]);
        }

        return GivenStarts.At(new Dictionary<string, double[]> { ["logScale"] = walk, ["sigma"] = Repeat(0.02, chainCount), ["nu"] = Repeat(10, chainCount) });
    }

    /// <summary>From rows of student, question, and 1 for a right answer or 0.</summary>
    private static ItemResponse Answers(double[][] rows)
    {
        int students = (int)rows.Max(row => row[0]) + 1, questions = (int)rows.Max(row => row[1]) + 1, blocks = (questions + 3) / 4;
        ItemResponse model = new()
        {
            StudentCount = students,
            QuestionCount = questions,
            BlockCount = blocks,
            studentScore = new double[students],
            questionScore = new double[questions],
            isAnswered = new double[students, 4 * blocks],
        };
        foreach (double[] row in rows)
        {
            int student = (int)row[0], question = (int)row[1];
            model.isAnswered[student, question] = 1;
            model.studentScore[student] += row[2];
            model.questionScore[question] += row[2];
        }

        return model;
    }

    private static double[][]? Rows(string? folder, string file) =>
        folder is null || !File.Exists(Path.Combine(folder, file)) ? null : [.. ReferenceTarget.Numbers(Path.Combine(folder, file))];

    private static double[] Repeat(double value, int count) => [.. Enumerable.Repeat(value, count)];

    /// <summary>
    /// A Gaussian whose variances, or precisions, are the quantiles of half a χ² variable with one degree of freedom, which spread over
    /// five orders of magnitude, turned by a reflection so that no parameter is a principal direction. With precisions it is the inference
    /// gym's, but for the quantiles in place of random numbers.
    /// </summary>
    private static BiasTarget IllConditioned(int dimension, bool isPrecision)
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

        return new(
            isPrecision ? GammaGaussian : Gaussian,
            TestTargets.CorrelatedGaussian(new double[dimension], precision),
            squares,
            [.. squares.Select(square => 2 * square * square)],
            1000,
            4_000,
            ["nuts:dense", "hmc:dense"]);

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
}
