using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Variates;

namespace GpuSampling.Kernels.Ensembles;

/// <summary>
/// The walk move: y = x + Σ_{j ∈ S} z_j (x_j − x̄_S) with standard normal z_j and S some walkers of the other half, so that the step
/// has their covariance. Goodman and Weare (2010), eq. 11.
/// </summary>
/// <remarks>S are neighbours from a walker drawn uniformly: any choice that does not depend on positions is right.</remarks>
public readonly struct WalkMove : IEnsembleMove
{
    /// <summary>The walkers of S: at least 2, at most those of a half.</summary>
    public int SubsetSize { get; init; }

    /// <inheritdoc/>
    public T Propose<T, TVector, TData>(
        StreamAddress<T> random, ComplementaryHalf<T, TData> others, TVector position, TVector proposal, TVector work, int dimension)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
    {
        // Σ z_j (x_j − x̄) = Σ (z_j − z̄) x_j, and with x_j − x for x_j the sums stay small.
        Word<T> first = Partners.First(random, others.Count);
        T mean = T.Zero;
        for (int j = 0; j < SubsetSize; j++)
        {
            mean += Normal(random, j);
        }

        mean *= T.One / T.FromInteger(SubsetSize);
        for (int i = 0; i < dimension; i++)
        {
            proposal[i] = position[i];
        }

        for (int j = 0; j < SubsetSize; j++)
        {
            T weight = Normal(random, j) - mean;
            Word<T> walker = first + T.WordConstant((ulong)(uint)j);
            Word<T> wrapped = walker - T.WordConstant((ulong)(uint)others.Count);
            walker = T.Select(T.LessThan(walker, T.WordConstant((ulong)(uint)others.Count)), walker, wrapped);
            for (int i = 0; i < dimension; i++)
            {
                proposal[i] = T.FusedMultiplyAdd(weight, others.Coordinate(walker, i) - position[i], proposal[i]);
            }
        }

        return T.Zero;
    }

    private static T Normal<T>(StreamAddress<T> random, int index)
        where T : struct, IReal<T> =>
        NormalVariate.Quadruple(random.At(StreamPurpose.Proposal, random.Step), (uint)index >> 2).At((uint)index);
}
