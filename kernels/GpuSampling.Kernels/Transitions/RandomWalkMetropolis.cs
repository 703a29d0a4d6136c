using GpuSampling.Kernels.Functions;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Metrics;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Variates;

namespace GpuSampling.Kernels.Transitions;

/// <summary>
/// Random-walk Metropolis: a normal step, accepted with probability min(1, π(q′)/π(q)). Metropolis, Rosenbluth, Rosenbluth, Teller
/// and Teller, Equation of state calculations by fast computing machines (1953), p. 1088.
/// </summary>
/// <typeparam name="TMetric">The shape of the step: q′ = q + ε L z with standard normal z.</typeparam>
/// <remarks>Settings: the metric's reals. Takes no gradient.</remarks>
public readonly struct RandomWalkMetropolis<TMetric> : ITransition
    where TMetric : struct, IMetric
{
    /// <summary>The metric.</summary>
    public TMetric Metric { get; init; }

    /// <inheritdoc/>
    public static int StatisticCount => 0;

    /// <inheritdoc/>
    public static int KeptLength(int dimension) => 0;

    /// <inheritdoc/>
    public int OwnLength(int dimension) => 2 * dimension;

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
        TVector proposal = state.Slice(new ChainRows(dimension).Own);
        TVector step = proposal.Slice(dimension);
        VectorVariates.FillNormal(random.At(StreamPurpose.Proposal, random.Step), step, dimension);
        ChainVectors.Copy<T, TVector>(position, proposal, dimension);
        Metric.Drift<T, TVector, TData>(proposal, step, settings, dimension);
        T proposedLogDensity = ModelDensity.LogDensity<T, TVector, TData, TModel>(model, proposal, proposal.Slice(OwnLength(dimension)), data);

        // A unit exponential variate exceeds the loss of log density with the probability wanted. NaN compares false.
        T loss = logDensity - proposedLogDensity;
        T level = ExponentialVariate.At(random.At(StreamPurpose.Acceptance, random.Step), 0);
        Mask<T> accepted = (loss < level) & moves;
        ChainVectors.CopyWhere(accepted, proposal, position, dimension);
        T kept = T.Select(accepted, proposedLogDensity, logDensity);
        Mask<T> comparable = T.AreEqual(loss, loss);
        return new TransitionOutcome<T>
        {
            LogDensity = kept,
            Energy = -kept,
            AcceptanceProbability = T.Select(comparable, Elementary.Exp(T.Min(-loss, T.Zero)), T.Zero),
            EvaluationCount = T.One,
            Diverged = T.UniformMask(false),
        };
    }
}
