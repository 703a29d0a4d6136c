namespace GpuSampling.Diagnostics;

/// <summary>
/// E-BFMI: how well the momentum refreshments of Hamiltonian Monte Carlo explore the energies of the target, for each chain. Below
/// 0.3 the chain moves slowly between energies, as in heavy tails and funnels; near 1 and above it moves freely.
/// </summary>
/// <remarks>Betancourt, "Diagnosing suboptimal cotangent disintegrations in Hamiltonian Monte Carlo" (2016), arXiv 1604.00695.</remarks>
public static class EnergyBayesianFractionOfMissingInformation
{
    /// <summary>Below this a chain's energies are explored badly.</summary>
    public const double Threshold = 0.3;

    /// <summary>The mean squared change of the energy from draw to draw, over the variance of the energy.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="energies">The total energy (the negative log of the joint density) of each draw.</param>
    /// <param name="fractions">
    /// Receives one value a chain; NaN for a chain with fewer than two draws, of constant energy, or with one that is not finite.
    /// </param>
    /// <exception cref="ArgumentException"><paramref name="fractions"/> does not have one element a chain.</exception>
    public static void Compute<T>(ParameterDraws<T> energies, Span<double> fractions)
        where T : unmanaged
    {
        if (fractions.Length != energies.Chains)
        {
            throw new ArgumentException(
                $"fractions has {fractions.Length} elements; it must have one for each of the {energies.Chains} chains.", nameof(fractions));
        }

        var moments = new StreamingMoments(1, energies.Chains);
        var squaredChanges = new double[energies.Chains];
        for (int draw = 0; draw < energies.Draws; draw++)
        {
            moments.Add(energies.Values.Slice(draw * energies.Chains, energies.Chains));
            for (int chain = 0; draw > 0 && chain < energies.Chains; chain++)
            {
                double change = energies.ToDouble(draw, chain) - energies.ToDouble(draw - 1, chain);
                squaredChanges[chain] += change * change;
            }
        }

        for (int chain = 0; chain < fractions.Length; chain++)
        {
            fractions[chain] = squaredChanges[chain] / (energies.Draws - 1) / moments.ChainVariance(0, chain);
        }
    }
}
