using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Transitions;
using GpuSampling.Kernels.Variates;

namespace GpuSampling.Kernels.Slices;

/// <summary>
/// Slice sampling of one coordinate after another: Neal, Slice sampling, Annals of Statistics 31 (2003), intervals by stepping out
/// (figure 3) and shrinkage towards the present position (figure 5).
/// </summary>
/// <remarks>
/// Settings: a width for each coordinate; integer t is twice the coordinate at which transition t begins, plus 1 where it goes
/// downwards: the same for all chains, and each order as likely as its reverse. Takes no gradient.
/// </remarks>
public readonly struct CoordinateSlice : ITransition
{
    // Numbers of the stream that a coordinate may read.
    private const uint NumbersPerCoordinate = 1024;

    /// <summary>m: the most widths that an interval grows to.</summary>
    public int WidthLimit { get; init; }

    /// <summary>Points tried in an interval before a coordinate stays where it is; at most 1000.</summary>
    public int ShrinkageLimit { get; init; }

    /// <inheritdoc/>
    public static int StatisticCount => 1;

    /// <summary>Own row: the coordinates of the last transition whose shrinkage reached its limit.</summary>
    public static int LimitCount => 0;

    /// <inheritdoc/>
    public static int KeptLength(int dimension) => StatisticCount;

    /// <inheritdoc/>
    public int OwnLength(int dimension) => StatisticCount + (2 * dimension);

    /// <inheritdoc/>
    public TransitionOutcome<T> Step<T, TVector, TData, TModel>(
        TModel model,
        StreamAddress<T> random,
        TVector state,
        TData data,
        TData settings,
        int transition,
        T logDensity,
        Mask<T> moves)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
        where TModel : struct, IModel
    {
        int dimension = model.Dimension;
        TVector position = state.Slice(ChainRows.Position);
        TVector own = state.Slice(new ChainRows(dimension).Own);
        TVector candidate = own.Slice(StatisticCount);
        TVector scratch = own.Slice(OwnLength(dimension));
        ChainVectors.Copy<T, TVector>(position, candidate, dimension);
        int start = settings.Integer(transition) >> 1;
        int direction = (settings.Integer(transition) & 1) == 0 ? 1 : -1;
        T kept = logDensity;
        T evaluations = T.Zero;
        T limits = T.Zero;
        for (int k = 0; k < dimension; k++)
        {
            int i = start + (direction * k);
            i = i < 0 ? i + dimension : (i >= dimension ? i - dimension : i);
            StreamAddress<T> numbers = random.At(StreamPurpose.Slice, random.Step);
            uint first = (uint)k * NumbersPerCoordinate;
            T here = candidate[i];
            T width = settings.Real(i);
            T level = kept - ExponentialVariate.At(random.At(StreamPurpose.Acceptance, random.Step), (uint)k);

            // Stepping out: J widths to the left at most and m − 1 − J to the right, J uniform.
            T left = T.FusedNegatedMultiplyAdd(width, UniformVariate.HalfOpen(numbers, first), here);
            T right = left + width;
            T leftBudget = T.Floor(T.FromInteger(WidthLimit) * UniformVariate.HalfOpen(numbers, first + 1));
            T rightBudget = T.FromInteger(WidthLimit - 1) - leftBudget;
            for (int side = 0; side < 2; side++)
            {
                T end = side == 0 ? left : right;
                T budget = side == 0 ? leftBudget : rightBudget;
                Mask<T> growing = moves & (budget > T.Zero);
                while (T.Any(growing))
                {
                    candidate[i] = end;
                    T found = Evaluate<T, TVector, TData, TModel>(model, candidate, scratch, data);
                    evaluations += T.Select(growing, T.One, T.Zero);
                    growing &= found > level;
                    end = T.Select(growing, side == 0 ? end - width : end + width, end);
                    budget -= T.Select(growing, T.One, T.Zero);
                    growing &= budget > T.Zero;
                }

                left = side == 0 ? end : left;
                right = side == 0 ? right : end;
            }

            T stays = here;
            Mask<T> searching = moves;
            for (int attempt = 0; attempt < ShrinkageLimit && T.Any(searching); attempt++)
            {
                T point = T.FusedMultiplyAdd(right - left, UniformVariate.HalfOpen(numbers, first + 2 + (uint)attempt), left);
                candidate[i] = point;
                T found = Evaluate<T, TVector, TData, TModel>(model, candidate, scratch, data);
                evaluations += T.Select(searching, T.One, T.Zero);
                Mask<T> accepted = searching & (found > level);
                stays = T.Select(accepted, point, stays);
                kept = T.Select(accepted, found, kept);
                searching &= !accepted;
                Mask<T> below = point < here;
                left = T.Select(below, point, left);
                right = T.Select(below, right, point);
            }

            limits += T.Select(searching, T.One, T.Zero);
            candidate[i] = stays;
        }

        own[LimitCount] = limits;
        ChainVectors.CopyWhere(moves, candidate, position, dimension);
        return new TransitionOutcome<T>
        {
            LogDensity = kept,
            Energy = -kept,
            AcceptanceProbability = T.FromInteger(dimension) / T.Max(evaluations, T.One),
            EvaluationCount = evaluations,
            Diverged = T.UniformMask(false),
        };
    }

    // A call of its own on CPUs: three copies of a model's density would be too much for one method.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T Evaluate<T, TVector, TData, TModel>(TModel model, TVector position, TVector scratch, TData data)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
        where TModel : struct, IModel => ModelDensity.LogDensity<T, TVector, TData, TModel>(model, position, scratch, data);
}
