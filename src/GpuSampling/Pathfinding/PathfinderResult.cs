using System.Collections.Immutable;
using GpuSampling.Importance;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Variates;
using GpuSampling.Modeling;
using GpuSampling.Numerics;

namespace GpuSampling.Pathfinding;

/// <summary>The paths that Pathfinder took and weighted draws of their approximations.</summary>
public sealed class PathfinderResult
{
    // A step that no path has.
    private const uint ChoiceStep = 0xFFFFFFFF;

    private readonly double[][] draws;
    private readonly double[] logWeights;
    private readonly double[] cumulative;

    internal PathfinderResult(Posterior posterior, PathfinderOptions options, PathfinderPath[] paths)
    {
        Posterior = posterior;
        Options = options;
        Paths = [.. paths];
        draws = [.. paths.SelectMany(path => path.Draws)];
        logWeights = [.. paths.SelectMany(path => path.LogRatios)];
        cumulative = new double[logWeights.Length];
        bool hasFinite = Array.Exists(logWeights, double.IsFinite);
        LogEvidence = hasFinite ? ElementaryMath.LogSumExp(logWeights) - ElementaryMath.Log(logWeights.Length) : double.NegativeInfinity;
        ParetoShape = hasFinite ? ParetoSmoothedImportanceSampling.Smooth(logWeights, logWeights) : double.PositiveInfinity;
        double sum = 0;
        for (int i = 0; i < logWeights.Length; i++)
        {
            cumulative[i] = sum += hasFinite ? ElementaryMath.Exp(logWeights[i]) : 0;
        }
    }

    /// <summary>What was approximated.</summary>
    public Posterior Posterior { get; }

    /// <summary>How.</summary>
    public PathfinderOptions Options { get; }

    /// <summary>The paths.</summary>
    public ImmutableArray<PathfinderPath> Paths { get; }

    /// <summary>Draws of all paths that found an approximation.</summary>
    public int DrawCount => draws.Length;

    /// <summary>
    /// k of the draws' importance weights: below 0.7 the weighted draws are those of the posterior for practical purposes; above, they are
    /// starts for chains and no more.
    /// </summary>
    public double ParetoShape { get; }

    /// <summary>The log of the mean of p/q over the draws, unsmoothed: the log evidence, up to the constant that the density leaves out, as far as <see cref="ParetoShape"/> allows.</summary>
    public double LogEvidence { get; }

    /// <summary>The smoothed log weight of each draw; their exponentials add up to 1.</summary>
    public ReadOnlySpan<double> LogWeights => logWeights;

    /// <summary>A draw, in unconstrained space.</summary>
    /// <param name="draw">From 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such draw.</exception>
    public ReadOnlySpan<double> Position(int draw)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(draw);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(draw, draws.Length);
        return draws[draw];
    }

    /// <summary>A draw's parameters and generated quantities, in the order of the posterior's output labels.</summary>
    /// <param name="draw">From 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such draw.</exception>
    public double[] Outputs(int draw) => Posterior.Constrain(Position(draw));

    /// <summary>Chooses a draw with probabilities as the weights.</summary>
    /// <param name="stream">What the choice is for, such as a chain: each has random numbers of its own.</param>
    /// <param name="attempt">Another choice for the same.</param>
    /// <returns>The draw, from 0.</returns>
    /// <exception cref="InvalidOperationException">There is no draw with a finite density.</exception>
    public int Choose(uint stream, uint attempt = 0)
    {
        if (cumulative.Length == 0 || !(cumulative[^1] > 0))
        {
            throw new InvalidOperationException("No path found an approximation with a draw of finite density.");
        }

        double level = UniformVariate.HalfOpen(ChoiceAddress(stream, attempt), 0).Value * cumulative[^1];
        int place = Array.BinarySearch(cumulative, level);

        // The first whose sum lies above the level: those of weight 0 are never it.
        place = place >= 0 ? place + 1 : ~place;
        while (place < cumulative.Length - 1 && !(cumulative[place] > level))
        {
            place++;
        }

        return Math.Min(place, cumulative.Length - 1);
    }

    /// <summary>
    /// Chooses a draw with probabilities as the weights and moves it by half the difference of two others of its path, so that points
    /// chosen for different streams differ in every direction, however few draws have all the weight.
    /// </summary>
    /// <param name="stream">What the choice is for.</param>
    /// <param name="attempt">Another choice for the same.</param>
    /// <param name="position">Receives the point, in unconstrained space.</param>
    internal void ChooseApart(uint stream, uint attempt, Span<double> position)
    {
        int chosen = Choose(stream, attempt), first = 0, path = 0;
        while (chosen >= first + Paths[path].Draws.Length)
        {
            first += Paths[path].Draws.Length;
            path++;
        }

        double[][] own = Paths[path].Draws;
        double[] plus = own[Any(1)], minus = own[Any(2)];
        for (int i = 0; i < position.Length; i++)
        {
            position[i] = draws[chosen][i] + (0.5 * (plus[i] - minus[i]));
        }

        int Any(uint block) => (int)(UniformVariate.HalfOpen(ChoiceAddress(stream, attempt), block).Value * own.Length);
    }

    /// <summary>The weighted standard deviation of each unconstrained parameter over the draws: scales to give a sampler.</summary>
    public ImmutableArray<double> Scales()
    {
        double[] scales = new double[Posterior.Dimension];
        for (int i = 0; i < scales.Length; i++)
        {
            double mean = 0, square = 0;
            for (int draw = 0; draw < draws.Length; draw++)
            {
                mean += ElementaryMath.Exp(logWeights[draw]) * draws[draw][i];
            }

            for (int draw = 0; draw < draws.Length; draw++)
            {
                square += ElementaryMath.Exp(logWeights[draw]) * (draws[draw][i] - mean) * (draws[draw][i] - mean);
            }

            scales[i] = Math.Sqrt(square);
        }

        return [.. scales];
    }

    private StreamAddress<Float64> ChoiceAddress(uint stream, uint attempt) =>
        new(new StreamKey(Options.Seed), StreamPurpose.Approximation, Float64.WordConstant(stream), attempt, ChoiceStep);
}
