using GpuSampling.Kernels.Lattices;
using GpuSampling.Numerics;

namespace GpuSampling.Lattices;

/// <summary>An Ising lattice with periodic boundaries and how it is simulated. Immutable; every value is checked when set.</summary>
/// <remarks>p(s) ∝ exp(K Σ s_i s_j) over the 2·rows·columns pairs of neighbours; in a lattice two wide the two pairs of a bond both count.
/// The last row is a neighbour of the first, and the last column of the first, whether there is an even number of them or not.</remarks>
public sealed record IsingOptions : LatticeOptions
{
    private readonly double coupling = 0.4;
    private readonly SpinUpdate update;

    /// <summary>K = J/(k T): a finite number, 0 or more. Default 0.4; the critical one is ½ ln(1 + √2) = 0.4407.</summary>
    public double Coupling
    {
        get => coupling;
        init => coupling = Allowed.NotNegative(value);
    }

    /// <summary>How spins are updated. Default: Metropolis, the faster of the two to relax.</summary>
    public SpinUpdate Update
    {
        get => update;
        init => update = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Update), value, "Allowed: the members of SpinUpdate.");
    }

    /// <summary>
    /// Whether 32 spins share a word: a 32nd of the memory and 2.1 to 2.6 times as fast on AVX-512, for Metropolis on lattices with an even number of rows and columns in
    /// multiples of 64. Null, the default: wherever that is so. The two forms give different, equally right draws.
    /// </summary>
    public bool? IsPacked { get; init; }

    /// <summary>Whether this lattice can be packed.</summary>
    public bool CanBePacked => Update == SpinUpdate.Metropolis && RowCount % 2 == 0 && ColumnCount % 64 == 0 && Coupling > 0;
}
