namespace GpuSampling.Kernels.Streams;

/// <summary>
/// What random words are drawn for. The purpose is a part of every random address, so that no two uses under one seed ever
/// share a word.
/// </summary>
/// <remarks>
/// Frozen: a value, once released, keeps its meaning for ever, since draws depend on it. New purposes take new values. Values
/// from <see cref="User"/> to 255 belong to the user's own kernels.
/// </remarks>
public enum StreamPurpose
{
    /// <summary>The plain stream of words that bulk fills read.</summary>
    Bulk = 0,

    /// <summary>Starting points of chains.</summary>
    Initialization = 1,

    /// <summary>Momenta of Hamiltonian samplers.</summary>
    Momentum = 2,

    /// <summary>Acceptance decisions.</summary>
    Acceptance = 3,

    /// <summary>Jitter of trajectory lengths.</summary>
    TrajectoryLength = 4,

    /// <summary>Proposals of random-walk and Langevin samplers.</summary>
    Proposal = 5,

    /// <summary>Directions and multinomial choices of trajectory trees.</summary>
    Trajectory = 6,

    /// <summary>Random numbers of generated quantities: posterior predictive draws.</summary>
    GeneratedQuantity = 7,

    /// <summary>Which other walkers an ensemble's move looks at.</summary>
    Partner = 16,

    /// <summary>Levels, brackets and orders of slice samplers.</summary>
    Slice = 17,

    /// <summary>Swaps between the temperatures of a ladder.</summary>
    Swap = 18,

    /// <summary>Spins of lattices and units of networks.</summary>
    Lattice = 19,

    /// <summary>Which data a stochastic gradient looks at.</summary>
    Subsample = 20,

    /// <summary>Updates of a model's discrete parameters.</summary>
    Discrete = 21,

    /// <summary>Draws of approximations of a posterior, and the choice among them.</summary>
    Approximation = 22,

    /// <summary>The first purpose that is free for the user's own kernels; the last is 255.</summary>
    User = 128,
}
