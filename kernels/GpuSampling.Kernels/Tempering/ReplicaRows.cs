using GpuSampling.Kernels.Transitions;

namespace GpuSampling.Kernels.Tempering;

/// <summary>
/// A replica's own rows of state: its place in the ladder, which the host writes, sums over transitions, and what is exchanged with a
/// neighbour beside the position. The common row of the gradient holds that of the base density.
/// </summary>
public static class ReplicaRows
{
    /// <summary>The level: 0 is the coldest, the posterior itself.</summary>
    public static int Level => 0;

    /// <summary>The acceptance probability of the last move.</summary>
    public static int Acceptance => 1;

    /// <summary>The sum of the probabilities that an exchange with the next hotter level is rejected.</summary>
    public static int RejectionSum => 2;

    /// <summary>The exchanges tried with the next hotter level.</summary>
    public static int TryCount => 3;

    /// <summary>At level 0: the arrivals of states that had been at the hottest level since they were last here.</summary>
    public static int RoundTrips => 4;

    /// <summary>The largest logarithm of a stepping-stone weight so far.</summary>
    public static int WeightMaximum => 5;

    /// <summary>The sum of the weights, each divided by the exponential of the largest logarithm.</summary>
    public static int WeightSum => 6;

    /// <summary>How many weights.</summary>
    public static int WeightCount => 7;

    /// <summary>Exchanged: the base log density at the position.</summary>
    public static int Base => 8;

    /// <summary>Exchanged: the tilt, whose multiple by the inverse temperature is added to it.</summary>
    public static int Tilt => 9;

    /// <summary>Exchanged: 1 for a state that was at the hottest level since it was last at the coldest, else 0.</summary>
    public static int WasHot => 10;

    /// <summary>Exchanged: the first row of the tilt's gradient.</summary>
    public static int TiltGradient => 11;

    /// <summary>The rows from <see cref="Base"/> to <see cref="WasHot"/>.</summary>
    public static int ExchangedScalars => 3;

    /// <summary>The first of the rows that moves may overwrite.</summary>
    /// <param name="dimension">The number of unconstrained parameters.</param>
    public static int KeptLength(int dimension) => TiltGradient + dimension;

    /// <summary>All own rows: a proposal with both its gradients, a momentum, and step sizes.</summary>
    /// <param name="dimension">The number of unconstrained parameters.</param>
    public static int Length(int dimension) => KeptLength(dimension) + (5 * dimension);

    /// <summary>Rows that replicas show one another: position, gradient of the base, scalars, gradient of the tilt.</summary>
    /// <param name="dimension">The number of unconstrained parameters.</param>
    public static int PublishedLength(int dimension) => (3 * dimension) + ExchangedScalars;
}
