namespace GpuSampling.Adaptation;

/// <summary>
/// The gradient, with respect to trajectory length, of how far trajectories take the chains: estimated from their starts, ends and
/// acceptances. All positions are whitened.
/// </summary>
internal abstract class TrajectoryCriterion
{
    // Ends that are hardly ever accepted say nothing.
    private const double LeastAcceptance = 1e-4;

    /// <summary>The estimate over all chains.</summary>
    /// <param name="ends">What the chains did; whitened in place.</param>
    /// <returns>The acceptance-weighted mean of the chains' gradients; 0 where nothing was accepted.</returns>
    public double Gradient(TrajectoryEnds ends)
    {
        ends.CenterAndWhiten();
        Prepare(ends);
        Span<double> weighted = ends.Scratch;
        Span<double> weights = ends.SecondScratch;
        for (int chain = 0; chain < ends.ChainCount; chain++)
        {
            double acceptance = ends.Acceptances[chain];
            double gradient = acceptance > LeastAcceptance ? ChainGradient(ends, chain) : 0;
            bool counts = double.IsFinite(gradient) && acceptance > LeastAcceptance;
            weighted[chain] = counts ? acceptance * gradient : 0;
            weights[chain] = counts ? acceptance : 0;
        }

        double weight = FixedOrderSum.Of(weights);
        return weight > 0 ? FixedOrderSum.Of(weighted) / weight : 0;
    }

    /// <summary>Told that a new set of trajectories is there.</summary>
    protected virtual void Prepare(TrajectoryEnds ends)
    {
    }

    /// <summary>The gradient of one chain.</summary>
    protected abstract double ChainGradient(TrajectoryEnds ends, int chain);
}

/// <summary>
/// ChEES, the change in the estimator of the expected square: ¼E[(‖x′ − Ex‖² − ‖x − Ex‖²)²]. Hoffman, Radul and Sountsov (2021),
/// eq. 5; its gradient, eq. 8.
/// </summary>
internal sealed class ChangeInExpectedSquare : TrajectoryCriterion
{
    protected override double ChainGradient(TrajectoryEnds ends, int chain)
    {
        double before = 0, after = 0, velocity = 0;
        for (int i = 0; i < ends.Dimension; i++)
        {
            double start = ends.Start(i, chain), end = ends.End(i, chain);
            before += start * start;
            after += end * end;
            velocity += end * ends.Velocity(i, chain);
        }

        return ends.Jitter * (after - before) * velocity;
    }
}

/// <summary>
/// SNAPER: the same along the leading principal direction of the draws, per unit of trajectory length. Sountsov and Hoffman,
/// Focusing on Difficult Directions for Learning HMC Trajectory Lengths (2021), arXiv 2110.11576, eq. 6. The direction is learnt by
/// Oja's rule over all chains at once: Oja, A simplified neuron model as a principal component analyzer (1982), eq. 2.
/// </summary>
internal sealed class PrincipalDirectionSquare : TrajectoryCriterion
{
    private readonly double[] direction;
    private readonly double[] update;
    private int count;

    /// <summary>Begins with a direction along the diagonal.</summary>
    /// <param name="dimension">The number of unconstrained parameters.</param>
    public PrincipalDirectionSquare(int dimension)
    {
        direction = new double[dimension];
        update = new double[dimension];
        Array.Fill(direction, 1 / Math.Sqrt(dimension));
    }

    /// <summary>The direction, of length 1.</summary>
    public ReadOnlySpan<double> Direction => direction;

    protected override void Prepare(TrajectoryEnds ends)
    {
        // p ← the normalised average of p and Σ z⟨z, p⟩, the average forgetting all but the last eighth of the past.
        Span<double> projections = ends.Scratch;
        for (int chain = 0; chain < ends.ChainCount; chain++)
        {
            double projection = 0;
            for (int i = 0; i < ends.Dimension; i++)
            {
                projection += ends.Start(i, chain) * direction[i];
            }

            projections[chain] = projection;
        }

        double norm = 0;
        for (int i = 0; i < ends.Dimension; i++)
        {
            Span<double> terms = ends.SecondScratch;
            for (int chain = 0; chain < ends.ChainCount; chain++)
            {
                terms[chain] = ends.Start(i, chain) * projections[chain];
            }

            update[i] = FixedOrderSum.Of(terms);
            norm += update[i] * update[i];
        }

        if (!(norm > 0 && double.IsFinite(norm)))
        {
            return;
        }

        double weight = 1.0 / (Math.Min(count + 1, Math.Max(1, count / 8)) + 1);
        count++;
        double length = 0;
        for (int i = 0; i < direction.Length; i++)
        {
            direction[i] = ((1 - weight) * direction[i]) + (weight * update[i] / Math.Sqrt(norm));
            length += direction[i] * direction[i];
        }

        for (int i = 0; i < direction.Length; i++)
        {
            direction[i] /= Math.Sqrt(length);
        }
    }

    protected override double ChainGradient(TrajectoryEnds ends, int chain)
    {
        double before = 0, after = 0, velocity = 0;
        for (int i = 0; i < direction.Length; i++)
        {
            before += ends.Start(i, chain) * direction[i];
            after += ends.End(i, chain) * direction[i];
            velocity += ends.Velocity(i, chain) * direction[i];
        }

        double change = (after * after) - (before * before);
        double time = ends.Time;
        return ends.Jitter * ((4 * change * after * velocity / time) - (change * change / (time * time)));
    }
}
