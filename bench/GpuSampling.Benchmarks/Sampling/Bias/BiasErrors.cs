using GpuSampling.Sampling;

namespace GpuSampling.Benchmarks.Sampling.Bias;

/// <summary>
/// Running means of squares of every chain, and when their errors became low and stayed so. As sampler-benchmarks has it
/// (samplers/general.py and evaluation/ess.py): b² = (mean of x² so far − E x²)²/Var x² in one chain, the largest or the average over
/// parameters, then the median over chains; counted is the last draw at which it is not below 0.01.
/// </summary>
/// <param name="squares">E x² of each parameter.</param>
/// <param name="variances">Var x² of each.</param>
/// <param name="chainCount">The chains.</param>
internal sealed class BiasErrors(double[] squares, double[] variances, int chainCount)
{
    private const double Low = 0.01;

    private readonly double[] sums = new double[squares.Length * chainCount];
    private readonly double[] largest = new double[chainCount];
    private readonly double[] mean = new double[chainCount];
    private int draws;
    private int lastBadWorst;
    private int lastBadAverage;

    /// <summary>The draws until the worst parameter is good; 0 where it is not.</summary>
    public int Worst => lastBadWorst < draws ? lastBadWorst + 1 : 0;

    /// <summary>The draws until the average over parameters is good; 0 where it is not.</summary>
    public int Average => lastBadAverage < draws ? lastBadAverage + 1 : 0;

    /// <summary>The median over chains of the worst parameter's b² after the last draw.</summary>
    public double Final { get; private set; }

    /// <summary>Whether half as many draws again as were needed have been made, or so.</summary>
    public bool IsSettled => draws > 20 && Final < Low / 1.5;

    /// <summary>The parameter whose b², averaged over chains, is the largest after the last draw, and √b² of the mean over all chains: of it and of the worst of all.</summary>
    public (int Hardest, double PooledError) Pooled()
    {
        int hardest = 0;
        double most = -1, pooledError = 0;
        for (int i = 0; i < squares.Length; i++)
        {
            double pooled = 0, errors = 0;
            for (int chain = 0; chain < chainCount; chain++)
            {
                double difference = (sums[(i * chainCount) + chain] / draws) - squares[i];
                pooled += difference / chainCount;
                errors += difference * difference / variances[i];
            }

            pooledError = Math.Max(pooledError, Math.Abs(pooled) / Math.Sqrt(variances[i]));
            (hardest, most) = errors > most ? (i, errors) : (hardest, most);
        }

        return (hardest, pooledError);
    }

    /// <summary>Takes a draw: the last outputs of the model are what is measured.</summary>
    public void Add(DrawView<float> view)
    {
        Array.Clear(largest);
        Array.Clear(mean);
        draws = view.Draw + 1;
        int first = DrawRows.Outputs + view.Rows.OutputLabels.Length - squares.Length;
        for (int i = 0; i < squares.Length; i++)
        {
            ReadOnlySpan<float> row = view[first + i];
            Span<double> sum = sums.AsSpan(i * chainCount, chainCount);
            double square = squares[i], precision = 1 / variances[i];
            for (int chain = 0; chain < sum.Length; chain++)
            {
                sum[chain] += (double)row[chain] * row[chain];
                double error = (sum[chain] / draws) - square;
                error *= error * precision;
                largest[chain] = Math.Max(largest[chain], error);
                mean[chain] += error / squares.Length;
            }
        }

        Array.Sort(largest);
        Array.Sort(mean);
        Final = Median(largest);
        lastBadWorst = Final < Low ? lastBadWorst : draws;
        lastBadAverage = Median(mean) < Low ? lastBadAverage : draws;
    }

    private static double Median(double[] sorted) => 0.5 * (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]);
}
