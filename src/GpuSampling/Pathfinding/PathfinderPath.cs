namespace GpuSampling.Pathfinding;

/// <summary>What came of one path.</summary>
public sealed class PathfinderPath
{
    private readonly NormalApproximation? approximation;

    internal PathfinderPath(NormalApproximation? approximation, double[][] draws, double[] logRatios)
    {
        this.approximation = approximation;
        Draws = draws;
        LogRatios = logRatios;
    }

    /// <summary>Whether the path found an approximation: it started where the density is finite and met no point without curvature only.</summary>
    public bool HasSucceeded => approximation is not null;

    /// <summary>
    /// The lower bound of the log evidence, E log p − E log q, at the iterate chosen, up to the constant that the density leaves out; −∞ where
    /// the path found none.
    /// </summary>
    public required double EvidenceBound { get; init; }

    /// <summary>The standard error of <see cref="EvidenceBound"/>; 0 where it comes from one draw.</summary>
    public required double EvidenceBoundError { get; init; }

    /// <summary>The number of steps of the path.</summary>
    public required int IterationCount { get; init; }

    /// <summary>The step whose approximation was chosen, from 1; 0 where none was.</summary>
    public required int ChosenIteration { get; init; }

    /// <summary>Evaluations of the density or its gradient.</summary>
    public required long EvaluationCount { get; init; }

    /// <summary>The mean of the approximation, in unconstrained space; empty where there is none.</summary>
    public ReadOnlySpan<double> Mean => approximation is null ? [] : approximation.Mean;

    /// <summary>The draws.</summary>
    internal double[][] Draws { get; }

    /// <summary>log p − log q of each.</summary>
    internal double[] LogRatios { get; }

    /// <summary>An element of the approximation's covariance matrix, in unconstrained space.</summary>
    /// <param name="row">From 0.</param>
    /// <param name="column">From 0.</param>
    /// <exception cref="InvalidOperationException">The path found no approximation.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such element.</exception>
    public double Covariance(int row, int column)
    {
        if (approximation is null)
        {
            throw new InvalidOperationException("The path found no approximation.");
        }

        foreach (int index in (ReadOnlySpan<int>)[row, column])
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index, nameof(row));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, approximation.Mean.Length, nameof(row));
        }

        return approximation.Covariance(row, column);
    }
}
