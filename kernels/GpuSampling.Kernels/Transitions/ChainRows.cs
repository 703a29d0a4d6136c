using System.Runtime.CompilerServices;

namespace GpuSampling.Kernels.Transitions;

/// <summary>
/// Where a chain keeps what every sampler needs, as rows of its state, and what a draw holds, as rows of the outputs. A sampler's
/// own rows follow from <see cref="Own"/> on, the model's scratch memory after them.
/// </summary>
public readonly struct ChainRows
{
    private readonly int dimension;

    /// <summary>The rows for a number of unconstrained parameters.</summary>
    /// <param name="dimension">At least 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ChainRows(int dimension) => this.dimension = dimension;

    /// <summary>log π at the position.</summary>
    public static int LogDensity => 0;

    /// <summary>The sum of acceptance probabilities over the last launch.</summary>
    public static int AcceptanceSum => 1;

    /// <summary>The number of divergent transitions in the last launch.</summary>
    public static int DivergenceCount => 2;

    /// <summary>The number of evaluations of the density or its gradient in the last launch.</summary>
    public static int EvaluationCount => 3;

    /// <summary>The position q.</summary>
    public static int Position => 4;

    /// <summary>∇log π(q), where the sampler keeps it.</summary>
    public int Gradient => Position + dimension;

    /// <summary>The running mean of positions since moments were last begun.</summary>
    public int Mean => Position + (2 * dimension);

    /// <summary>The running sum of squared deviations from the mean.</summary>
    public int SquaredDeviations => Position + (3 * dimension);

    /// <summary>The first of the rows that belong to the sampler.</summary>
    public int Own => Position + (4 * dimension);

    /// <summary>Output row of a draw: log π.</summary>
    public static int DrawLogDensity => 0;

    /// <summary>Output row of a draw: the total energy of the state kept; −log π for samplers without momenta.</summary>
    public static int DrawEnergy => 1;

    /// <summary>Output row of a draw: the acceptance probability of its transition.</summary>
    public static int DrawAcceptance => 2;

    /// <summary>Output row of a draw: 1 if its transition diverged, else 0.</summary>
    public static int DrawDivergent => 3;

    /// <summary>Output row of a draw: the first of the model's outputs. What else the sampler tells of a draw follows them.</summary>
    public static int DrawOutputs => 4;
}
