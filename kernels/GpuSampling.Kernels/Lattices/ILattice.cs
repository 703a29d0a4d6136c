using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Streams;

namespace GpuSampling.Kernels.Lattices;

/// <summary>A lattice whose sites fall into two colours, those of a checkerboard, and are updated one colour after the other.</summary>
public interface ILattice
{
    /// <summary>Draws all sites at random.</summary>
    /// <param name="random">The stream of this chain's start.</param>
    /// <param name="state">The lattice.</param>
    void Start<T, TVector>(StreamAddress<T> random, TVector state)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>;

    /// <summary>Updates the sites of one colour given the others.</summary>
    /// <param name="random">The stream of this chain's sweep, which both colours share.</param>
    /// <param name="state">The lattice.</param>
    /// <param name="colour">0, then 1.</param>
    void Update<T, TVector>(StreamAddress<T> random, TVector state, int colour)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>;

    /// <summary>Measures the lattice: two numbers.</summary>
    void Measure<T, TVector, TOutput>(TVector state, TOutput output)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TOutput : struct, IChainVector<TOutput, T>;
}
