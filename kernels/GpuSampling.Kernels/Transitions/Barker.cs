using GpuSampling.Kernels.Functions;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Metrics;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Variates;

namespace GpuSampling.Kernels.Transitions;

/// <summary>
/// The Barker proposal: normal steps whose signs lean towards higher density, so that steep gradients make them no longer.
/// Livingstone and Zanella, The Barker proposal: combining robustness and efficiency in gradient-based MCMC, JRSS B 84 (2022),
/// algorithms 1 and 2.
/// </summary>
/// <typeparam name="TMetric">The metric.</typeparam>
/// <remarks>Settings: the metric's reals.</remarks>
public readonly struct Barker<TMetric> : ITransition
    where TMetric : struct, IMetric
{
    /// <summary>The metric.</summary>
    public TMetric Metric { get; init; }

    /// <inheritdoc/>
    public static int StatisticCount => 0;

    /// <inheritdoc/>
    public static int KeptLength(int dimension) => 0;

    /// <inheritdoc/>
    public int OwnLength(int dimension) => 5 * dimension;

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
        ChainRows rows = new(dimension);
        TVector position = state.Slice(ChainRows.Position);
        TVector gradient = state.Slice(rows.Gradient);
        TVector proposal = state.Slice(rows.Own);
        TVector proposedGradient = proposal.Slice(dimension);
        TVector step = proposal.Slice(2 * dimension);
        TVector uniform = proposal.Slice(3 * dimension);
        TVector slope = proposal.Slice(4 * dimension);
        VectorVariates.FillNormal(random.At(StreamPurpose.Proposal, random.Step), step, dimension);
        VectorVariates.FillUniform(random.At(StreamPurpose.Trajectory, random.Step), uniform, dimension);

        // Step i keeps its sign with probability 1/(1 + exp(−z_i c_i)), c = εLᵀ∇log π(x): eqs 6 and 7.
        Slope<T, TVector, TData>(gradient, slope, settings, dimension);
        T correction = T.Zero;
        for (int i = 0; i < dimension; i++)
        {
            T keeps = Elementary.Logistic(step[i] * slope[i]);
            T leaning = T.Select(uniform[i] < keeps, step[i], -step[i]);
            step[i] = leaning;
            correction += Elementary.Softplus(-(leaning * slope[i]));
        }

        ChainVectors.Copy<T, TVector>(position, proposal, dimension);
        Metric.Drift<T, TVector, TData>(proposal, step, settings, dimension);
        T proposedLogDensity = ModelGradient.LogDensityGradient<T, TVector, TData, TModel>(
            model, proposal, proposedGradient, proposal.Slice(OwnLength(dimension)), data);
        Slope<T, TVector, TData>(proposedGradient, slope, settings, dimension);
        for (int i = 0; i < dimension; i++)
        {
            correction -= Elementary.Softplus(step[i] * slope[i]);
        }

        // Eq. 9. A unit exponential variate exceeds the loss with the probability wanted. NaN compares false.
        T loss = (logDensity - proposedLogDensity) - correction;
        T level = ExponentialVariate.At(random.At(StreamPurpose.Acceptance, random.Step), 0);
        Mask<T> accepted = (loss < level) & moves;
        ChainVectors.CopyWhere(accepted, proposal, position, dimension);
        ChainVectors.CopyWhere(accepted, proposedGradient, gradient, dimension);
        T kept = T.Select(accepted, proposedLogDensity, logDensity);
        return new TransitionOutcome<T>
        {
            LogDensity = kept,
            Energy = -kept,
            AcceptanceProbability = T.Select(T.AreEqual(loss, loss), Elementary.Exp(T.Min(-loss, T.Zero)), T.Zero),
            EvaluationCount = T.One,
            Diverged = T.UniformMask(false),
        };
    }

    private void Slope<T, TVector, TData>(TVector gradient, TVector slope, TData settings, int dimension)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
    {
        for (int i = 0; i < dimension; i++)
        {
            slope[i] = T.Zero;
        }

        Metric.Kick(slope, gradient, settings, dimension, T.One);
    }
}
