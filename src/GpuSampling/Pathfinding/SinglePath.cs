using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Variates;
using GpuSampling.Modeling;

namespace GpuSampling.Pathfinding;

/// <summary>
/// Climbs from a random start and takes, of the normal approximations at all points on the way, the one with the highest evidence
/// bound: Zhang et al. (2022), algorithm 1.
/// </summary>
/// <remarks>
/// Bounds are compared two standard errors down. An approximation that is off by a divergence δ has a bound lower by δ, and an error of
/// about √(2δ/K) from K draws: of the many that are nearly right, the plain estimate would choose the luckiest, with δ up to a few times
/// 1/K. A right one has no error.
/// </remarks>
internal sealed class SinglePath(IHostDensity density, PathfinderOptions options, int path, CancellationToken cancellationToken)
{
    private const int StartAttempts = 100;
    private const double StandardErrors = 2;

    private readonly int dimension = density.Dimension;
    private long evaluationCount;

    public PathfinderPath Run()
    {
        LimitedMemoryBfgs climb = new(density, options.HistorySize, options.MostIterations);
        List<CurvaturePair> pairs = [];
        double[] diagonal = new double[dimension];
        Array.Fill(diagonal, 1);
        Iterate? last = FindStart();
        (NormalApproximation? Chosen, int Iteration, double Bound, double Error) best = (null, 0, double.NegativeInfinity, 0);
        int iteration = 0;
        foreach (Iterate point in last is null ? [] : climb.From(last))
        {
            cancellationToken.ThrowIfCancellationRequested();
            iteration++;
            CurvaturePair pair = CurvaturePair.Between(last!, point);
            last = point;
            if (pair.IsUsable)
            {
                pairs.Add(pair);
                pairs.RemoveRange(0, Math.Max(0, pairs.Count - options.HistorySize));
                diagonal = InverseHessianFactors.NextDiagonal(diagonal, pair);
            }

            NormalApproximation? approximation = pairs.Count == 0 ? null : NormalApproximation.At(point, InverseHessianFactors.Of(diagonal, pairs));
            (double bound, double error) = approximation is null ? (double.NegativeInfinity, 0) : EvidenceBound(approximation, iteration);
            if (bound - (StandardErrors * error) > best.Bound - (StandardErrors * best.Error))
            {
                best = (approximation, iteration, bound, error);
            }
        }

        (double[][] draws, double[] logRatios) = best.Chosen is null ? ([], []) : Draw(best.Chosen, best.Iteration);
        return new PathfinderPath(best.Chosen, draws, logRatios)
        {
            EvidenceBound = best.Bound,
            EvidenceBoundError = best.Error,
            IterationCount = iteration,
            ChosenIteration = best.Iteration,
            EvaluationCount = evaluationCount + climb.EvaluationCount,
        };
    }

    private Iterate? FindStart()
    {
        double[] position = new double[dimension], gradient = new double[dimension];
        for (uint attempt = 0; attempt < StartAttempts; attempt++)
        {
            VectorVariates.FillUniform(Address(StreamPurpose.Initialization, 0, attempt), new HostNumbers(position, [], 0), dimension);
            for (int i = 0; i < dimension; i++)
            {
                position[i] = options.InitialRadius * ((2 * position[i]) - 1);
            }

            double value = density.LogDensityGradient(position, gradient);
            evaluationCount++;
            if (double.IsFinite(value) && Array.TrueForAll(gradient, double.IsFinite))
            {
                return new Iterate(position, gradient, value);
            }
        }

        return null;
    }

    /// <summary>The mean of log p − log q over draws, −∞ where a draw has no finite density, and its standard error, 0 where there is one draw only.</summary>
    private (double Bound, double Error) EvidenceBound(NormalApproximation approximation, int iteration)
    {
        int count = options.EvidenceDraws;
        double[] ratios = new double[count], point = new double[dimension];
        double sum = 0;
        for (int draw = 0; draw < count; draw++)
        {
            ratios[draw] = LogRatio(approximation, iteration, draw, point);
            if (!double.IsFinite(ratios[draw]))
            {
                return (double.NegativeInfinity, 0);
            }

            sum += ratios[draw];
        }

        double mean = sum / count, squares = 0;
        foreach (double ratio in ratios)
        {
            squares += (ratio - mean) * (ratio - mean);
        }

        return (mean, count > 1 ? Math.Sqrt(squares / (count - 1) / count) : 0);
    }

    /// <summary>Draws that the bound, by which the approximation was chosen, has not seen.</summary>
    private (double[][] Draws, double[] LogRatios) Draw(NormalApproximation approximation, int iteration)
    {
        double[][] draws = new double[options.DrawsPerPath][];
        double[] logRatios = new double[options.DrawsPerPath];
        for (int draw = 0; draw < draws.Length; draw++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            draws[draw] = new double[dimension];
            double ratio = LogRatio(approximation, iteration, options.EvidenceDraws + draw, draws[draw]);
            logRatios[draw] = double.IsFinite(ratio) ? ratio : double.NegativeInfinity;
        }

        return (draws, logRatios);
    }

    private double LogRatio(NormalApproximation approximation, int iteration, int draw, double[] point)
    {
        VectorVariates.FillNormal(Address(StreamPurpose.Approximation, (uint)draw, (uint)iteration), new HostNumbers(point, [], 0), dimension);
        double logApproximation = approximation.Draw(point);
        evaluationCount++;
        return density.LogDensity(point) - logApproximation;
    }

    private StreamAddress<Float64> Address(StreamPurpose purpose, uint draw, uint step) =>
        new(new StreamKey(options.Seed), purpose, Float64.WordConstant((ulong)path), draw, step);
}
