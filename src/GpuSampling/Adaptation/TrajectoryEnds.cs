namespace GpuSampling.Adaptation;

/// <summary>Where the trajectories of a transition began and ended in all chains, [parameter][chain].</summary>
/// <param name="dimension">The number of unconstrained parameters.</param>
/// <param name="chainCount">The number of chains.</param>
/// <param name="metric">What whitens them.</param>
internal sealed class TrajectoryEnds(int dimension, int chainCount, AdaptedMetric metric)
{
    /// <summary>The number of unconstrained parameters.</summary>
    public int Dimension => dimension;

    /// <summary>The number of chains.</summary>
    public int ChainCount => chainCount;

    /// <summary>The positions before: as the model has them, and whitened by <see cref="CenterAndWhiten"/>.</summary>
    public double[] Starts { get; private set; } = new double[dimension * chainCount];

    /// <summary>The positions after, in the chain or not; swapped with <see cref="Starts"/> by <see cref="Advance"/>.</summary>
    public double[] Next { get; private set; } = new double[dimension * chainCount];

    /// <summary>The positions proposed, likewise.</summary>
    public double[] Ends { get; } = new double[dimension * chainCount];

    /// <summary>The whitened momenta there, as integrated.</summary>
    public double[] Velocities { get; } = new double[dimension * chainCount];

    /// <summary>The acceptance probability of each chain.</summary>
    public double[] Acceptances { get; } = new double[chainCount];

    /// <summary>A number per chain, for whom it may concern.</summary>
    public double[] Scratch { get; } = new double[chainCount];

    /// <summary>Another.</summary>
    public double[] SecondScratch { get; } = new double[chainCount];

    /// <summary>The share of the trajectory length that was used: h.</summary>
    public double Jitter { get; set; }

    /// <summary>The time integrated, hT + ε.</summary>
    public double Time { get; set; }

    /// <summary>The next positions become the starts.</summary>
    public void Advance() => (Starts, Next) = (Next, Starts);

    /// <summary>The starts of a parameter in all chains, centred and whitened.</summary>
    public ReadOnlySpan<double> StartsOf(int parameter) => Starts.AsSpan(parameter * chainCount, chainCount);

    /// <summary>The ends, centred and whitened.</summary>
    public ReadOnlySpan<double> EndsOf(int parameter) => Ends.AsSpan(parameter * chainCount, chainCount);

    /// <summary>The whitened momenta.</summary>
    public ReadOnlySpan<double> VelocitiesOf(int parameter) => Velocities.AsSpan(parameter * chainCount, chainCount);

    /// <summary>
    /// Takes from starts the mean of all starts, from ends the mean of all ends, weighted by their acceptance, and whitens them. To be
    /// called once for each set of trajectories.
    /// </summary>
    public void CenterAndWhiten()
    {
        double weight = FixedOrderSum.Of(Acceptances);
        for (int i = 0; i < dimension; i++)
        {
            Span<double> starts = Starts.AsSpan(i * chainCount, chainCount);
            double startMean = FixedOrderSum.Of(starts) / chainCount;
            Span<double> ends = Ends.AsSpan(i * chainCount, chainCount);
            for (int chain = 0; chain < chainCount; chain++)
            {
                // Ends that diverged have acceptance 0 and may be anything.
                Scratch[chain] = Acceptances[chain] > 0 ? Acceptances[chain] * ends[chain] : 0;
            }

            double endMean = weight > 0 ? FixedOrderSum.Of(Scratch) / weight : startMean;
            for (int chain = 0; chain < chainCount; chain++)
            {
                starts[chain] -= startMean;
                ends[chain] -= endMean;
            }
        }

        metric.Whiten(Starts, chainCount);
        metric.Whiten(Ends, chainCount);
    }
}
