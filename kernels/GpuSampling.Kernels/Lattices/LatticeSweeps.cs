using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Transitions;

namespace GpuSampling.Kernels.Lattices;

/// <summary>Sweeps over lattices, one lattice for each chain: black sites, then white ones, and a measurement now and then.</summary>
/// <typeparam name="TLattice">The lattice.</typeparam>
public readonly struct LatticeSweeps<TLattice> : IChainKernel
    where TLattice : struct, ILattice
{
    /// <summary>The lattice.</summary>
    public TLattice Lattice { get; init; }

    /// <summary>The seed.</summary>
    public StreamKey Key { get; init; }

    /// <summary>The number of the first sweep from the beginning of the run. Before sweep 0 sites are drawn at random.</summary>
    public uint FirstSweep { get; init; }

    /// <summary>How many sweeps.</summary>
    public int SweepCount { get; init; }

    /// <summary>Measure after every so many sweeps; 0 never.</summary>
    public int MeasureInterval { get; init; }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<T, TVector, TOutput, TData>(Word<T> chain, TVector state, TOutput output, TData data, TData settings)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TOutput : struct, IChainVector<TOutput, T>
        where TData : struct, IDataTable<T>
    {
        if (FirstSweep == 0)
        {
            Lattice.Start(new StreamAddress<T>(Key, StreamPurpose.Initialization, chain, 0, 0), state);
        }

        int measured = 0;
        for (int sweep = 0; sweep < SweepCount; sweep++)
        {
            StreamAddress<T> random = new(Key, StreamPurpose.Lattice, chain, 0, FirstSweep + (uint)sweep);
            Lattice.Update(random, state, 0);
            Lattice.Update(random, state, 1);
            if (MeasureInterval > 0 && (sweep + 1) % MeasureInterval == 0)
            {
                Lattice.Measure<T, TVector, TOutput>(state, output.Slice(2 * measured));
                measured++;
            }
        }
    }
}
