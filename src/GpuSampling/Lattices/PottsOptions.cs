using GpuSampling.Numerics;

namespace GpuSampling.Lattices;

/// <summary>A Potts lattice with periodic boundaries and how it is simulated. Immutable; every value is checked when set.</summary>
/// <remarks>
/// p(s) ∝ exp(K Σ [s_i = s_j]) over the 2·rows·columns pairs of neighbours. The last row is a neighbour of the first, and the last column of
/// the first, whether there is an even number of them or not; in a lattice two wide the two pairs of a bond both count. With two colours it
/// is the Ising lattice of coupling K/2.
/// </remarks>
public sealed record PottsOptions : LatticeOptions
{
    private readonly int colourCount = 3;
    private readonly double coupling = 0.9;

    /// <summary>q, the colours that a site may have, 2 to 256. Default 3.</summary>
    public int ColourCount
    {
        get => colourCount;
        init => colourCount = Allowed.Between(2, 256, value);
    }

    /// <summary>
    /// K = J/(k T), from −10 to 10; below 0 neighbours avoid each other's colour. Default 0.9; the critical one of a large lattice is
    /// ln(1 + √q), 1.005 for three colours.
    /// </summary>
    public double Coupling
    {
        get => coupling;
        init => coupling = Allowed.Between(-10.0, 10.0, value);
    }
}
