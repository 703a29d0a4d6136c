using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Functions;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Transitions;
using GpuSampling.Kernels.Variates;

namespace GpuSampling.Kernels.Slices;

/// <summary>
/// Elliptical slice sampling: Murray, Adams and MacKay, Elliptical slice sampling, AISTATS 2010, figure 2. The posterior is taken as a
/// normal distribution N(m, L Lᵀ) times the rest, π(x)/N(x; m, L Lᵀ): with the model's own prior as the normal distribution the rest is
/// the likelihood, and with any other the sampler is as right: Nishihara, Murray and Adams, Parallel MCMC with generalized elliptical
/// slice sampling, JMLR 15 (2014), eq. 5.
/// </summary>
/// <remarks>
/// Settings: m, then L by rows, row i with its i + 1 elements. Whitened positions w = L⁻¹(x − m) turn on the ellipse
/// w cos θ + z sin θ. Takes no gradient.
/// </remarks>
public readonly struct EllipticalSlice : ITransition
{
    /// <summary>Angles tried before a chain stays where it is.</summary>
    public int ShrinkageLimit { get; init; }

    /// <inheritdoc/>
    public static int StatisticCount => 2;

    /// <summary>Own row: the angles tried in the last transition.</summary>
    public static int TryCount => 0;

    /// <summary>Own row: 1 where the last transition reached the limit.</summary>
    public static int LimitReached => 1;

    /// <inheritdoc/>
    public static int KeptLength(int dimension) => StatisticCount;

    /// <inheritdoc/>
    public int OwnLength(int dimension) => StatisticCount + (4 * dimension);

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
        TVector whitened = own.Slice(StatisticCount);
        TVector auxiliary = whitened.Slice(dimension);
        TVector turned = auxiliary.Slice(dimension);
        TVector proposal = turned.Slice(dimension);
        TVector scratch = own.Slice(OwnLength(dimension));
        Whiten<T, TVector, TData>(position, whitened, settings, dimension);
        VectorVariates.FillNormal(random.At(StreamPurpose.Proposal, random.Step), auxiliary, dimension);

        // log y = log rest(x) + log u, and −log u is a unit exponential number.
        T rest = logDensity + ChainVectors.HalfSquaredNorm<T, TVector>(whitened, dimension);
        T level = rest - ExponentialVariate.At(random.At(StreamPurpose.Acceptance, random.Step), 0);
        StreamAddress<T> angles = random.At(StreamPurpose.Slice, random.Step);

        // Angles in units of π.
        T two = T.Constant(2);
        T angle = two * UniformVariate.HalfOpen(angles, 0);
        T lower = angle - two;
        T upper = angle;
        T kept = logDensity;
        T tries = T.Zero;
        Mask<T> searching = moves;
        for (int attempt = 1; attempt <= ShrinkageLimit && T.Any(searching); attempt++)
        {
            SineCosine<T> point = Elementary.SinCosPi(angle);
            Turn<T, TVector, TData>(whitened, auxiliary, turned, proposal, point.Sine, point.Cosine, settings, dimension);
            T proposed = ModelDensity.LogDensity<T, TVector, TData, TModel>(model, proposal, scratch, data);
            T proposedRest = proposed + ChainVectors.HalfSquaredNorm<T, TVector>(turned, dimension);
            Mask<T> found = searching & (proposedRest > level);
            ChainVectors.CopyWhere(found, proposal, position, dimension);
            kept = T.Select(found, proposed, kept);
            tries += T.Select(searching, T.One, T.Zero);
            searching &= !found;
            Mask<T> below = angle < T.Zero;
            lower = T.Select(below, angle, lower);
            upper = T.Select(below, upper, angle);
            angle = T.FusedMultiplyAdd(upper - lower, UniformVariate.HalfOpen(angles, (uint)attempt), lower);
        }

        own[TryCount] = tries;
        own[LimitReached] = T.Select(searching, T.One, T.Zero);
        return new TransitionOutcome<T>
        {
            LogDensity = kept,
            Energy = -kept,
            AcceptanceProbability = T.One / T.Max(tries, T.One),
            EvaluationCount = tries,
            Diverged = T.UniformMask(false),
        };
    }

    // Forward substitution: w_i = (x_i − m_i − Σ_{j < i} L_ij w_j)/L_ii.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Whiten<T, TVector, TData>(TVector position, TVector whitened, TData settings, int dimension)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
    {
        int row = dimension;
        for (int i = 0; i < dimension; i++)
        {
            T sum = position[i] - settings.Real(i);
            for (int j = 0; j < i; j++)
            {
                sum = T.FusedNegatedMultiplyAdd(whitened[j], settings.Real(row + j), sum);
            }

            whitened[i] = sum / settings.Real(row + i);
            row += i + 1;
        }
    }

    // w′ = w cos θ + z sin θ and x′ = m + L w′.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Turn<T, TVector, TData>(
        TVector whitened, TVector auxiliary, TVector turned, TVector proposal, T sine, T cosine, TData settings, int dimension)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
    {
        int row = dimension;
        for (int i = 0; i < dimension; i++)
        {
            turned[i] = T.FusedMultiplyAdd(whitened[i], cosine, auxiliary[i] * sine);
            T sum = settings.Real(i);
            for (int j = 0; j <= i; j++)
            {
                sum = T.FusedMultiplyAdd(turned[j], settings.Real(row + j), sum);
            }

            proposal[i] = sum;
            row += i + 1;
        }
    }
}
