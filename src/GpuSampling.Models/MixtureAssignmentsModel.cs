using GpuSampling.Kernels.Functions;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Variates;

namespace GpuSampling.Models;

/// <summary>
/// A mixture of two normal distributions with the component of each number as a discrete parameter: z_n = 1 with probability p,
/// y_n ~ N(μ_{z_n}, s_{z_n}), μ_k ~ N(m_k, t_k). Unconstrained parameters: μ₀, μ₁, then the z_n.
/// </summary>
/// <remarks>Data: p; s₀, s₁; m₀, m₁; t₀, t₁; then the numbers.</remarks>
public readonly struct MixtureAssignmentsModel : IMixedModel
{
    /// <summary>Numbers of data before the y_n.</summary>
    public const int SettingCount = 7;

    /// <summary>Fixes the size.</summary>
    /// <param name="count">The numbers, at least 1.</param>
    public MixtureAssignmentsModel(int count) => DiscreteCount = count;

    /// <inheritdoc/>
    public int DiscreteCount { get; }

    /// <inheritdoc/>
    public int Dimension => 2 + DiscreteCount;

    /// <inheritdoc/>
    public int OutputCount => Dimension;

    /// <inheritdoc/>
    public int DataTermCount => DiscreteCount;

    /// <inheritdoc/>
    public int ScratchLength => Dimension;

    /// <inheritdoc/>
    public T LogPrior<T, TVector, TData>(TVector position, TVector scratch, TData data)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T> => LogPriorGradient<T, TVector, TData>(position, scratch, scratch, data);

    /// <inheritdoc/>
    public T LogPriorGradient<T, TVector, TData>(TVector position, TVector gradient, TVector scratch, TData data)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
    {
        T sum = T.Zero;
        for (int k = 0; k < 2; k++)
        {
            T whitened = (position[k] - data.Real(3 + k)) / data.Real(5 + k);
            gradient[k] = -whitened / data.Real(5 + k);
            sum = T.FusedMultiplyAdd(whitened, whitened, sum);
        }

        // p(z): the logarithm of p/(1 − p) for each 1.
        T logit = Elementary.Log(data.Real(0)) - Elementary.Log(T.One - data.Real(0));
        T ones = T.Zero;
        for (int n = 0; n < DiscreteCount; n++)
        {
            gradient[2 + n] = T.Zero;
            ones += T.Select(IsSecond(position[2 + n]), T.One, T.Zero);
        }

        return T.FusedMultiplyAdd(logit, ones, T.Constant(-0.5) * sum);
    }

    /// <inheritdoc/>
    public T LogLikelihood<T, TVector, TData>(TVector position, TVector scratch, TData data, int firstTerm, int termCount)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T> => LogLikelihoodGradient<T, TVector, TData>(position, scratch, scratch, data, firstTerm, termCount);

    /// <inheritdoc/>
    public T LogLikelihoodGradient<T, TVector, TData>(
        TVector position, TVector gradient, TVector scratch, TData data, int firstTerm, int termCount)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
    {
        T sum = T.Zero;
        T first = T.Zero;
        T second = T.Zero;
        T logRatio = Elementary.Log(data.Real(2) / data.Real(1));
        for (int n = firstTerm; n < firstTerm + termCount; n++)
        {
            Mask<T> isSecond = IsSecond(position[2 + n]);
            T deviation = T.Select(isSecond, data.Real(2), data.Real(1));
            T whitened = (data.Real(SettingCount + n) - T.Select(isSecond, position[1], position[0])) / deviation;
            T slope = whitened / deviation;
            first += T.Select(isSecond, T.Zero, slope);
            second += T.Select(isSecond, slope, T.Zero);
            sum += T.FusedMultiplyAdd(T.Constant(-0.5) * whitened, whitened, -T.Select(isSecond, logRatio, T.Zero));
        }

        gradient[0] += first;
        gradient[1] += second;
        return sum;
    }

    /// <inheritdoc/>
    public void DrawDiscrete<T, TVector, TData>(TVector position, TVector scratch, TData data, StreamAddress<T> random)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
    {
        // Given μ the z_n are independent: P(z_n = 1) = 1/(1 + e^−x), x the difference of the logarithms of both components.
        VectorVariates.FillUniform(random, scratch, DiscreteCount);
        T logit = Elementary.Log(data.Real(0)) - Elementary.Log(T.One - data.Real(0)) - Elementary.Log(data.Real(2) / data.Real(1));
        for (int n = 0; n < DiscreteCount; n++)
        {
            T first = (data.Real(SettingCount + n) - position[0]) / data.Real(1);
            T second = (data.Real(SettingCount + n) - position[1]) / data.Real(2);
            T difference = T.FusedMultiplyAdd(T.Constant(0.5), T.FusedMultiplySubtract(first, first, second * second), logit);
            position[2 + n] = T.Select(scratch[n] < Elementary.Logistic(difference), T.One, T.Zero);
        }
    }

    /// <inheritdoc/>
    public void WriteOutputs<T, TVector, TOutput, TData>(
        TVector position, TOutput outputs, TVector scratch, TData data, StreamAddress<T> random)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TOutput : struct, IChainVector<TOutput, T>
        where TData : struct, IDataTable<T>
    {
        for (int i = 0; i < Dimension; i++)
        {
            outputs[i] = position[i];
        }
    }

    // At a start z is any real number.
    private static Mask<T> IsSecond<T>(T z)
        where T : struct, IReal<T> => z > T.Constant(0.5);
}
