using System.Runtime.CompilerServices;

namespace GpuSampling.Kernels.Transitions;

/// <summary>Where a chain of <see cref="HamiltonianMonteCarlo{TModel}"/> keeps what, as rows of its state, outputs and settings.</summary>
public readonly struct HamiltonianMonteCarloLayout
{
    private readonly int dimension;

    /// <summary>The layout for a number of unconstrained parameters.</summary>
    /// <param name="dimension">At least 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public HamiltonianMonteCarloLayout(int dimension) => this.dimension = dimension;

    /// <summary>log π at the position.</summary>
    public static int LogDensity => 0;

    /// <summary>The sum of acceptance probabilities over the last launch.</summary>
    public static int AcceptanceSum => 1;

    /// <summary>The number of divergent transitions in the last launch.</summary>
    public static int DivergenceCount => 2;

    /// <summary>The position q.</summary>
    public static int Position => 3;

    /// <summary>∇log π(q).</summary>
    public int Gradient => Position + dimension;

    /// <summary>The running mean of positions since moments were last begun.</summary>
    public int Mean => Position + (2 * dimension);

    /// <summary>The running sum of squared deviations from the mean.</summary>
    public int SquaredDeviations => Position + (3 * dimension);

    /// <summary>The number of rows, from the first, that must survive between launches: what follows is a transition's own.</summary>
    public int KeptLength => ProposedPosition;

    /// <summary>The position proposed.</summary>
    public int ProposedPosition => Position + (4 * dimension);

    /// <summary>The gradient there.</summary>
    public int ProposedGradient => Position + (5 * dimension);

    /// <summary>The whitened momentum.</summary>
    public int Momentum => Position + (6 * dimension);

    /// <summary>The model's scratch memory.</summary>
    public int Scratch => Position + (7 * dimension);

    /// <summary>The length of the state with a model's scratch memory.</summary>
    /// <param name="scratchLength">Reals of scratch memory.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int StateLength(int scratchLength) => Scratch + scratchLength;

    /// <summary>Output row of a draw: log π.</summary>
    public static int DrawLogDensity => 0;

    /// <summary>Output row of a draw: the total energy H of the state kept.</summary>
    public static int DrawEnergy => 1;

    /// <summary>Output row of a draw: the acceptance probability of its transition.</summary>
    public static int DrawAcceptance => 2;

    /// <summary>Output row of a draw: 1 if its transition diverged, else 0.</summary>
    public static int DrawDivergent => 3;

    /// <summary>Output row of a draw: the first of the model's outputs.</summary>
    public static int DrawOutputs => 4;
}
