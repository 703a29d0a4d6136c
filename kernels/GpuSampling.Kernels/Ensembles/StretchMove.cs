using GpuSampling.Kernels.Functions;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Variates;

namespace GpuSampling.Kernels.Ensembles;

/// <summary>
/// The stretch move: y = x_j + z (x − x_j) with x_j another walker and z from the density ∝ 1/√z on [1/a, a]. Goodman and Weare,
/// Ensemble samplers with affine invariance, Communications in Applied Mathematics and Computational Science 5 (2010), eqs 7, 9 and 10.
/// </summary>
public readonly struct StretchMove : IEnsembleMove
{
    /// <summary>a, above 1.</summary>
    public double Scale { get; init; }

    /// <inheritdoc/>
    public T Propose<T, TVector, TData>(
        StreamAddress<T> random, ComplementaryHalf<T, TData> others, TVector position, TVector proposal, TVector work, int dimension)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
    {
        // The inverse of the distribution function: z = ((a − 1)u + 1)²/a.
        T uniform = UniformVariate.HalfOpen(random.At(StreamPurpose.Proposal, random.Step), 0);
        T root = T.FusedMultiplyAdd(T.Constant(Scale) - T.One, uniform, T.One);
        T stretch = root * root / T.Constant(Scale);
        Word<T> partner = Partners.First(random, others.Count);
        for (int i = 0; i < dimension; i++)
        {
            T other = others.Coordinate(partner, i);
            proposal[i] = T.FusedMultiplyAdd(stretch, position[i] - other, other);
        }

        return T.FromInteger(dimension - 1) * Elementary.Log(stretch);
    }
}
