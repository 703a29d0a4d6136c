using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Functions;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Variates;

namespace GpuSampling.Kernels.Ensembles;

/// <summary>
/// Differential evolution: y = x + γ (x_a − x_b) + e with small normal e. Ter Braak, A Markov chain Monte Carlo version of the genetic
/// algorithm differential evolution, Statistics and Computing 16 (2006), eq. 2. In a share of the steps γ = 1, which jumps between
/// modes (section 2), and in another the snooker update moves along the line to a third walker: ter Braak and Vrugt, Differential
/// evolution Markov chain with snooker updater and fewer chains, Statistics and Computing 18 (2008), eqs 3 and 4.
/// </summary>
/// <remarks>
/// Which of the three a step makes is drawn once for all walkers, so that lanes stay together. Partners come from the half that
/// stands still, in place of the whole population one walker after another.
/// </remarks>
public readonly struct DifferentialEvolutionMove : IEnsembleMove
{
    // The paper's range of snooker's γ.
    private const double LeastSnooker = 1.2;
    private const double MostSnooker = 2.2;

    /// <summary>γ: 2.38/√(2d) is best for a normal distribution.</summary>
    public double Scale { get; init; }

    /// <summary>The standard deviation of each element of e.</summary>
    public double NoiseScale { get; init; }

    /// <summary>The probability of a step with γ = 1.</summary>
    public double JumpProbability { get; init; }

    /// <summary>The probability of a snooker update.</summary>
    public double SnookerProbability { get; init; }

    /// <inheritdoc/>
    public T Propose<T, TVector, TData>(
        StreamAddress<T> random, ComplementaryHalf<T, TData> others, TVector position, TVector proposal, TVector work, int dimension)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
    {
        T kind = Partners.Common(random);
        T snooker = T.Constant(SnookerProbability);
        Mask<T> jumps = kind < snooker + T.Constant(JumpProbability);
        return T.Any(kind < snooker)
            ? Snooker(random, others, position, proposal, work, dimension)
            : Difference(random, others, position, proposal, dimension, T.Select(jumps, T.One, T.Constant(Scale)));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private T Difference<T, TVector, TData>(
        StreamAddress<T> random, ComplementaryHalf<T, TData> others, TVector position, TVector proposal, int dimension, T scale)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
    {
        Word<T> first = Partners.First(random, others.Count);
        Word<T> second = Partners.Second(random, others.Count, first);
        VectorVariates.FillNormal(random.At(StreamPurpose.Proposal, random.Step), proposal, dimension);
        for (int i = 0; i < dimension; i++)
        {
            T difference = others.Coordinate(first, i) - others.Coordinate(second, i);
            T moved = T.FusedMultiplyAdd(scale, difference, position[i]);
            proposal[i] = T.FusedMultiplyAdd(T.Constant(NoiseScale), proposal[i], moved);
        }

        return T.Zero;
    }

    // y = x + γ (P a − P b), P the projection onto the line through x and z; factor (‖y − z‖/‖x − z‖)^(d − 1).
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T Snooker<T, TVector, TData>(
        StreamAddress<T> random, ComplementaryHalf<T, TData> others, TVector position, TVector proposal, TVector work, int dimension)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
    {
        Word<T> anchor = Partners.First(random, others.Count);
        Word<T> first = Partners.Second(random, others.Count, anchor);
        Word<T> second = Partners.Third(random, others.Count, anchor, first);
        T squared = T.Zero;
        T product = T.Zero;
        for (int i = 0; i < dimension; i++)
        {
            T line = position[i] - others.Coordinate(anchor, i);
            work[i] = line;
            squared = T.FusedMultiplyAdd(line, line, squared);
            product = T.FusedMultiplyAdd(line, others.Coordinate(first, i) - others.Coordinate(second, i), product);
        }

        T uniform = UniformVariate.HalfOpen(random.At(StreamPurpose.Proposal, random.Step), 0);
        T scale = T.FusedMultiplyAdd(T.Constant(MostSnooker - LeastSnooker), uniform, T.Constant(LeastSnooker));

        // y − z = (1 + share)(x − z). At x = z there is no line: not a number, which is rejected.
        T share = scale * product / squared;
        for (int i = 0; i < dimension; i++)
        {
            proposal[i] = T.FusedMultiplyAdd(share, work[i], position[i]);
        }

        return dimension == 1 ? T.Zero * share : T.FromInteger(dimension - 1) * Elementary.Log(T.Abs(T.One + share));
    }
}
