using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Lattices;

/// <summary>How a site is updated given its four neighbours.</summary>
public interface ISiteUpdate
{
    /// <summary>What all updates need and is computed once: a Boltzmann weight.</summary>
    T Weight<T>()
        where T : struct, IReal<T>;

    /// <summary>The new value of a site.</summary>
    /// <param name="uniform">Uniform on (0, 1).</param>
    /// <param name="weight">From <see cref="Weight"/>.</param>
    /// <param name="here">The old value.</param>
    /// <param name="left">The neighbour to the left.</param>
    /// <param name="right">The neighbour to the right.</param>
    /// <param name="above">The neighbour above.</param>
    /// <param name="below">The neighbour below.</param>
    T Draw<T>(T uniform, T weight, T here, T left, T right, T above, T below)
        where T : struct, IReal<T>;
}
