using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;

namespace GpuSampling.Kernels.Transitions;

/// <summary>
/// Each chain's running mean and sum of squared deviations: Welford, Note on a method for calculating corrected sums of squares
/// and products, Technometrics 4 (1962).
/// </summary>
public static class RunningMoments
{
    /// <summary>Takes one more vector in.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <typeparam name="TVector">The accessor of chain vectors.</typeparam>
    /// <param name="value">The vector.</param>
    /// <param name="mean">The running mean; its old content is ignored when <paramref name="count"/> is 1.</param>
    /// <param name="squaredDeviations">The running sum of squared deviations; likewise.</param>
    /// <param name="length">The number of elements.</param>
    /// <param name="count">The number of vectors with this one, at least 1.</param>
    public static void Add<T, TVector>(TVector value, TVector mean, TVector squaredDeviations, int length, int count)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
    {
        T weight = T.One / T.FromInteger(count);
        Mask<T> first = T.UniformMask(count == 1);
        for (int i = 0; i < length; i++)
        {
            T before = T.Select(first, T.Zero, mean[i]);
            T deviation = value[i] - before;
            T after = T.FusedMultiplyAdd(deviation, weight, before);
            T sum = T.Select(first, T.Zero, squaredDeviations[i]);
            mean[i] = after;
            squaredDeviations[i] = T.FusedMultiplyAdd(deviation, value[i] - after, sum);
        }
    }
}
