namespace GpuSampling.Diagnostics;

/// <summary>
/// Whether many short chains have forgotten where they started: nested R-hat, which compares groups of chains (superchains) instead
/// of chains. All chains of a superchain start from one point and then go on independently.
/// </summary>
/// <remarks>
/// Margossian, Hoffman, Sountsov, Riou-Durand, Vehtari and Gelman, "Nested R-hat: assessing the convergence of Markov chain Monte
/// Carlo when running many short chains", Bayesian Analysis (2024), arXiv 2110.13017, equations 4 and 6 to 8. Not split, not rank
/// normalised. It needs means and variances of chains only, so that running moments do.
/// </remarks>
public static class NestedRHat
{
    /// <summary>Nested R-hat of kept draws.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="draws">The draws.</param>
    /// <param name="superchains">
    /// The superchain of each chain: ids from 0, all equally frequent, at least two different ones.
    /// </param>
    /// <returns>At least 1; NaN where a draw is not finite or all draws are equal, infinite where only superchains differ.</returns>
    /// <exception cref="ArgumentException">The ids do not fit, or there is a single chain a superchain with a single draw.</exception>
    public static double Compute<T>(ParameterDraws<T> draws, ReadOnlySpan<int> superchains)
        where T : unmanaged
    {
        var moments = new StreamingMoments(1, draws.Chains);
        for (int draw = 0; draw < draws.Draws; draw++)
        {
            moments.Add(draws.Values.Slice(draw * draws.Chains, draws.Chains));
        }

        return Compute(moments, 0, superchains);
    }

    /// <summary>Nested R-hat from running moments.</summary>
    /// <param name="moments">The moments of each chain, of at least one draw.</param>
    /// <param name="parameter">From 0 to the number of parameters less one.</param>
    /// <param name="superchains">
    /// The superchain of each chain: ids from 0, all equally frequent, at least two different ones.
    /// </param>
    /// <returns>At least 1; NaN where a draw is not finite or all draws are equal, infinite where only superchains differ.</returns>
    /// <exception cref="ArgumentException">The ids do not fit, or there is a single chain a superchain with a single draw.</exception>
    public static double Compute(StreamingMoments moments, int parameter, ReadOnlySpan<int> superchains)
    {
        ArgumentNullException.ThrowIfNull(moments);
        int count = CountSuperchains(superchains, moments.Chains);
        int chainsEach = moments.Chains / count;
        if (chainsEach * moments.Draws < 2)
        {
            throw new ArgumentException(
                $"There are {chainsEach} chains a superchain of {moments.Draws} draws; their product must be at least 2.", nameof(moments));
        }

        ReadOnlySpan<double> chainMeans = moments.ChainMeans(parameter);
        var superchainMeans = new double[count];
        double within = 0;
        var means = new double[chainsEach];
        for (int k = 0; k < count; k++)
        {
            int member = 0;
            double sumOfVariances = 0;
            for (int chain = 0; chain < superchains.Length; chain++)
            {
                if (superchains[chain] == k)
                {
                    means[member++] = chainMeans[chain];
                    sumOfVariances += moments.Draws > 1 ? moments.ChainVariance(parameter, chain) : 0;
                }
            }

            superchainMeans[k] = SampleVariance.Mean(means);
            double betweenChains = chainsEach > 1 ? SampleVariance.Of(means) : 0; // equation 6, B-tilde
            double withinChains = sumOfVariances / chainsEach; // equation 7, W-tilde
            within += betweenChains + withinChains;
        }

        double between = SampleVariance.Of(superchainMeans); // equation 4, B
        return Math.Sqrt(1 + (between / (within / count))); // equation 8
    }

    /// <summary>
    /// The value that nested R-hat should stay below: at stationarity B / W settles at 1 / (M ESS), so that a fixed 1.01 would be out
    /// of reach for few chains a superchain and lax for many.
    /// </summary>
    /// <param name="chainsPerSuperchain">M, at least 1.</param>
    /// <param name="effectiveSizePerChain">The effective sample size of one chain, positive; 1 for chains of a single draw.</param>
    /// <param name="tolerance">The squared bias tolerated, relative to the variance; not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public static double Threshold(int chainsPerSuperchain, double effectiveSizePerChain, double tolerance)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(chainsPerSuperchain, 1);
        if (!(effectiveSizePerChain > 0))
        {
            throw new ArgumentOutOfRangeException(
                nameof(effectiveSizePerChain), effectiveSizePerChain, "The effective sample size of a chain must be positive.");
        }

        if (!(tolerance >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(tolerance), tolerance, "The tolerance must not be negative.");
        }

        return Math.Sqrt(1 + (1 / (chainsPerSuperchain * effectiveSizePerChain)) + tolerance);
    }

    /// <summary>Superchain ids for chains that lie group by group.</summary>
    /// <param name="chains">The number of chains, a multiple of <paramref name="superchains"/>.</param>
    /// <param name="superchains">The number of superchains, at least 2.</param>
    /// <exception cref="ArgumentException">The numbers do not fit.</exception>
    public static int[] ConsecutiveSuperchains(int chains, int superchains)
    {
        if (superchains < 2 || chains < superchains || chains % superchains != 0)
        {
            throw new ArgumentException(
                $"superchains is {superchains}; it must be at least 2 and divide the number of chains, {chains}.", nameof(superchains));
        }

        var ids = new int[chains];
        for (int chain = 0; chain < chains; chain++)
        {
            ids[chain] = chain / (chains / superchains);
        }

        return ids;
    }

    internal static int CountSuperchains(ReadOnlySpan<int> superchains, int chains)
    {
        if (superchains.Length != chains)
        {
            throw new ArgumentException($"superchains has {superchains.Length} ids; there are {chains} chains.", nameof(superchains));
        }

        var sizes = new int[chains];
        int count = 0;
        foreach (int id in superchains)
        {
            if (id < 0 || id >= chains)
            {
                throw new ArgumentException(
                    $"superchains contains the id {id}; ids must lie between 0 and the number of chains less one, {chains - 1}.",
                    nameof(superchains));
            }

            sizes[id]++;
            count = Math.Max(count, id + 1);
        }

        if (count < 2 || sizes.AsSpan(0, count).ContainsAnyExcept(chains / count))
        {
            throw new ArgumentException(
                $"superchains has {count} groups; there must be at least 2, all of the same size.", nameof(superchains));
        }

        return count;
    }
}
