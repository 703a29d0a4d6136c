namespace GpuSampling.Adaptation;

/// <summary>
/// The gradient, with respect to trajectory length, of how far trajectories take the chains: estimated from their starts, ends and
/// acceptances. All positions are whitened.
/// </summary>
internal abstract class TrajectoryCriterion
{
    // Ends that are hardly ever accepted say nothing.
    private const double LeastAcceptance = 1e-4;

    private double[] before = [];
    private double[] after = [];
    private double[] velocity = [];

    /// <summary>The estimate over all chains.</summary>
    /// <param name="ends">What the chains did; whitened in place.</param>
    /// <returns>The acceptance-weighted mean of the chains' gradients; 0 where nothing was accepted.</returns>
    public double Gradient(TrajectoryEnds ends)
    {
        ends.CenterAndWhiten();
        Prepare(ends);
        if (before.Length != ends.ChainCount)
        {
            (before, after, velocity) = (new double[ends.ChainCount], new double[ends.ChainCount], new double[ends.ChainCount]);
        }

        before.AsSpan().Clear();
        after.AsSpan().Clear();
        velocity.AsSpan().Clear();
        for (int i = 0; i < ends.Dimension; i++)
        {
            Add(i, ends.StartsOf(i), ends.EndsOf(i), ends.VelocitiesOf(i), before, after, velocity);
        }

        Span<double> weighted = ends.Scratch;
        Span<double> weights = ends.SecondScratch;
        for (int chain = 0; chain < ends.ChainCount; chain++)
        {
            double acceptance = ends.Acceptances[chain];
            double gradient = acceptance > LeastAcceptance ? ends.Jitter * ChainGradient(before[chain], after[chain], velocity[chain], ends.Time) : 0;
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

    /// <summary>Adds a parameter's part in the three sums that a chain's gradient is made of, for all chains.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="starts">Where it was before, centred and whitened, of each chain.</param>
    /// <param name="ends">Where it is after.</param>
    /// <param name="velocities">Its whitened momentum there.</param>
    /// <param name="before">The sum over starts.</param>
    /// <param name="after">The sum over ends.</param>
    /// <param name="velocity">The sum over ends and velocities.</param>
    protected abstract void Add(
        int parameter,
        ReadOnlySpan<double> starts,
        ReadOnlySpan<double> ends,
        ReadOnlySpan<double> velocities,
        Span<double> before,
        Span<double> after,
        Span<double> velocity);

    /// <summary>The gradient of one chain by the share of the length that was used.</summary>
    protected abstract double ChainGradient(double before, double after, double velocity, double time);
}

/// <summary>
/// ChEES, the change in the estimator of the expected square: ¼E[(‖x′ − Ex‖² − ‖x − Ex‖²)²]. Hoffman, Radul and Sountsov (2021),
/// eq. 5; its gradient, eq. 8.
/// </summary>
internal sealed class ChangeInExpectedSquare : TrajectoryCriterion
{
    protected override void Add(
        int parameter,
        ReadOnlySpan<double> starts,
        ReadOnlySpan<double> ends,
        ReadOnlySpan<double> velocities,
        Span<double> before,
        Span<double> after,
        Span<double> velocity)
    {
        for (int chain = 0; chain < starts.Length; chain++)
        {
            before[chain] += starts[chain] * starts[chain];
            after[chain] += ends[chain] * ends[chain];
            velocity[chain] += ends[chain] * velocities[chain];
        }
    }

    protected override double ChainGradient(double before, double after, double velocity, double time) => (after - before) * velocity;
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
        projections.Clear();
        for (int i = 0; i < ends.Dimension; i++)
        {
            ReadOnlySpan<double> starts = ends.StartsOf(i);
            for (int chain = 0; chain < ends.ChainCount; chain++)
            {
                projections[chain] += starts[chain] * direction[i];
            }
        }

        double norm = 0;
        for (int i = 0; i < ends.Dimension; i++)
        {
            Span<double> terms = ends.SecondScratch;
            ReadOnlySpan<double> starts = ends.StartsOf(i);
            for (int chain = 0; chain < ends.ChainCount; chain++)
            {
                terms[chain] = starts[chain] * projections[chain];
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

    protected override void Add(
        int parameter,
        ReadOnlySpan<double> starts,
        ReadOnlySpan<double> ends,
        ReadOnlySpan<double> velocities,
        Span<double> before,
        Span<double> after,
        Span<double> velocity)
    {
        double along = direction[parameter];
        for (int chain = 0; chain < starts.Length; chain++)
        {
            before[chain] += starts[chain] * along;
            after[chain] += ends[chain] * along;
            velocity[chain] += velocities[chain] * along;
        }
    }

    protected override double ChainGradient(double before, double after, double velocity, double time)
    {
        double change = (after * after) - (before * before);
        return (4 * change * after * velocity / time) - (change * change / (time * time));
    }
}
