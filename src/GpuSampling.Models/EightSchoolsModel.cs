using GpuSampling.Kernels.Functions;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Streams;

namespace GpuSampling.Models;

/// <summary>
/// Eight schools, non-centred: z_j ~ N(0, 1), μ ~ N(0, 5), τ ~ half-Cauchy(0, 5), y_j ~ N(μ + τ z_j, σ_j). Rubin, Estimation in
/// parallel randomized experiments, Journal of Educational Statistics 6 (1981); Gelman et al., Bayesian Data Analysis, section 5.5.
/// </summary>
/// <remarks>
/// Unconstrained parameters: z₁ … z_J, μ, log τ. Data: y, then σ. Outputs: θ_j = μ + τ z_j, then μ and τ.
/// </remarks>
public readonly struct EightSchoolsModel : IModel
{
    private const double Scale = 5;

    /// <summary>Fixes the number of schools.</summary>
    /// <param name="schoolCount">J, at least 1.</param>
    public EightSchoolsModel(int schoolCount) => SchoolCount = schoolCount;

    /// <summary>J.</summary>
    public int SchoolCount { get; }

    /// <inheritdoc/>
    public int Dimension => SchoolCount + 2;

    /// <inheritdoc/>
    public int OutputCount => SchoolCount + 2;

    /// <inheritdoc/>
    public int DataTermCount => SchoolCount;

    /// <inheritdoc/>
    public int ScratchLength => Dimension;

    /// <inheritdoc/>
    public T LogPrior<T, TVector, TData>(TVector position, TVector scratch, TData data)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T> =>
        LogPriorGradient<T, TVector, TData>(position, scratch, scratch, data);

    /// <inheritdoc/>
    public T LogPriorGradient<T, TVector, TData>(TVector position, TVector gradient, TVector scratch, TData data)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
    {
        T sumOfSquares = T.Zero;
        for (int school = 0; school < SchoolCount; school++)
        {
            T z = position[school];
            sumOfSquares = T.FusedMultiplyAdd(z, z, sumOfSquares);
            gradient[school] = -z;
        }

        T mu = position[SchoolCount];
        T muPrecision = T.Constant(1 / (Scale * Scale));
        sumOfSquares = T.FusedMultiplyAdd(mu * mu, muPrecision, sumOfSquares);
        gradient[SchoolCount] = -(mu * muPrecision);

        // log half-Cauchy(τ) + log τ as functions of log τ: −log(1 + (τ/5)²) + log τ.
        T logTau = position[SchoolCount + 1];
        T ratio = Elementary.Exp(logTau) * T.Constant(1 / Scale);
        T squaredRatio = ratio * ratio;
        gradient[SchoolCount + 1] = (T.Constant(2) / (T.One + squaredRatio)) - T.One;
        return T.FusedMultiplyAdd(T.Constant(-0.5), sumOfSquares, logTau - Elementary.Log1p(squaredRatio));
    }

    /// <inheritdoc/>
    public T LogLikelihood<T, TVector, TData>(TVector position, TVector scratch, TData data, int firstTerm, int termCount)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T> =>
        LogLikelihoodGradient<T, TVector, TData>(position, scratch, scratch, data, firstTerm, termCount);

    /// <inheritdoc/>
    public T LogLikelihoodGradient<T, TVector, TData>(
        TVector position, TVector gradient, TVector scratch, TData data, int firstTerm, int termCount)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
    {
        T mu = position[SchoolCount];
        T tau = Elementary.Exp(position[SchoolCount + 1]);
        T sumOfSquares = T.Zero;
        T muGradient = T.Zero;
        T tauGradient = T.Zero;
        for (int school = firstTerm; school < firstTerm + termCount; school++)
        {
            T inverseSigma = T.One / data.Real(SchoolCount + school);
            T z = position[school];
            T residual = (data.Real(school) - T.FusedMultiplyAdd(tau, z, mu)) * inverseSigma;
            sumOfSquares = T.FusedMultiplyAdd(residual, residual, sumOfSquares);
            T thetaGradient = residual * inverseSigma;
            gradient[school] = T.FusedMultiplyAdd(thetaGradient, tau, gradient[school]);
            muGradient += thetaGradient;
            tauGradient = T.FusedMultiplyAdd(thetaGradient, z, tauGradient);
        }

        gradient[SchoolCount] += muGradient;
        gradient[SchoolCount + 1] = T.FusedMultiplyAdd(tauGradient, tau, gradient[SchoolCount + 1]);
        return T.Constant(-0.5) * sumOfSquares;
    }

    /// <inheritdoc/>
    public void WriteOutputs<T, TVector, TOutput, TData>(
        TVector position, TOutput outputs, TVector scratch, TData data, StreamAddress<T> random)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TOutput : struct, IChainVector<TOutput, T>
        where TData : struct, IDataTable<T>
    {
        T mu = position[SchoolCount];
        T tau = Elementary.Exp(position[SchoolCount + 1]);
        for (int school = 0; school < SchoolCount; school++)
        {
            outputs[school] = T.FusedMultiplyAdd(tau, position[school], mu);
        }

        outputs[SchoolCount] = mu;
        outputs[SchoolCount + 1] = tau;
    }
}
