namespace GpuSampling.Adaptation;

/// <summary>Where the trajectories of a transition began and ended in all chains, [parameter][chain], whitened.</summary>
internal sealed class TrajectoryEnds(int dimension, int chainCount)
{
    private readonly double[] startMeans = new double[dimension];
    private readonly double[] endMeans = new double[dimension];
    private readonly double[] inverseScales = new double[dimension];

    /// <summary>The number of unconstrained parameters.</summary>
    public int Dimension => dimension;

    /// <summary>The number of chains.</summary>
    public int ChainCount => chainCount;

    /// <summary>The positions before, as the model has them.</summary>
    public double[] Starts { get; private set; } = new double[dimension * chainCount];

    /// <summary>The positions after, in the chain or not; swapped with <see cref="Starts"/> by <see cref="Advance"/>.</summary>
    public double[] Next { get; private set; } = new double[dimension * chainCount];

    /// <summary>The positions proposed.</summary>
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

    /// <summary>Takes the scales that whiten.</summary>
    /// <param name="scales">One for each parameter.</param>
    public void SetScales(ReadOnlySpan<double> scales)
    {
        for (int i = 0; i < dimension; i++)
        {
            inverseScales[i] = 1 / scales[i];
        }
    }

    /// <summary>The next positions become the starts.</summary>
    public void Advance() => (Starts, Next) = (Next, Starts);

    /// <summary>A start less the mean of all starts.</summary>
    public double Start(int parameter, int chain) =>
        (Starts[(parameter * chainCount) + chain] - startMeans[parameter]) * inverseScales[parameter];

    /// <summary>An end less the mean of all ends, weighted by their acceptance.</summary>
    public double End(int parameter, int chain) =>
        (Ends[(parameter * chainCount) + chain] - endMeans[parameter]) * inverseScales[parameter];

    /// <summary>A whitened momentum.</summary>
    public double Velocity(int parameter, int chain) => Velocities[(parameter * chainCount) + chain];

    /// <summary>Computes the means.</summary>
    public void Center()
    {
        double weight = FixedOrderSum.Of(Acceptances);
        for (int i = 0; i < dimension; i++)
        {
            startMeans[i] = FixedOrderSum.Of(Starts.AsSpan(i * chainCount, chainCount)) / chainCount;
            ReadOnlySpan<double> ends = Ends.AsSpan(i * chainCount, chainCount);
            for (int chain = 0; chain < chainCount; chain++)
            {
                // Ends that diverged have acceptance 0 and may be anything.
                Scratch[chain] = Acceptances[chain] > 0 ? Acceptances[chain] * ends[chain] : 0;
            }

            endMeans[i] = weight > 0 ? FixedOrderSum.Of(Scratch) / weight : startMeans[i];
        }
    }
}
