using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Variates;
using GpuSampling.Modeling;

namespace GpuSampling.Pathfinding;

/// <summary>
/// Climbs from a random start and takes, of the normal approximations at all points on the way, the one with the highest evidence
/// bound: Zhang et al. (2022), algorithm 1.
/// </summary>
internal sealed class SinglePath(IHostDensity density, PathfinderOptions options, int path, CancellationToken cancellationToken)
{
    private const int StartAttempts = 100;

    private readonly int dimension = density.Dimension;
    private long evaluationCount;

    public PathfinderPath Run()
    {
        LimitedMemoryBfgs climb = new(density, options.HistorySize, options.MostIterations);
        List<CurvaturePair> pairs = [];
        double[] diagonal = new double[dimension];
        Array.Fill(diagonal, 1);
        Iterate? last = FindStart();
        (NormalApproximation? Chosen, int Iteration, double Bound) best = (null, 0, double.NegativeInfinity);
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
            double bound = approximation is null ? double.NegativeInfinity : EvidenceBound(approximation, iteration);
            if (bound > best.Bound)
            {
                best = (approximation, iteration, bound);
            }
        }

        (double[][] draws, double[] logRatios) = best.Chosen is null ? ([], []) : Draw(best.Chosen, best.Iteration);
        return new PathfinderPath(best.Chosen, draws, logRatios)
        {
            EvidenceBound = best.Bound,
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

    /// <summary>The mean of log p − log q over draws; −∞ where a draw has no finite density.</summary>
    private double EvidenceBound(NormalApproximation approximation, int iteration)
    {
        double sum = 0;
        double[] point = new double[dimension];
        for (int draw = 0; draw < options.EvidenceDraws; draw++)
        {
            double ratio = LogRatio(approximation, iteration, draw, point);
            if (!double.IsFinite(ratio))
            {
                return double.NegativeInfinity;
            }

            sum += ratio;
        }

        return sum / options.EvidenceDraws;
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
