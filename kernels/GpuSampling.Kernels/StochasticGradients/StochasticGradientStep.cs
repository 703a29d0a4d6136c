using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Transitions;
using GpuSampling.Kernels.Variates;

namespace GpuSampling.Kernels.StochasticGradients;

/// <summary>
/// A step along a gradient that is estimated from some of the data, without a Metropolis correction: v ← k v + d s ĝ + n ξ, q ← q + s v
/// with scales s. With k = 0, d = ε²/2 and n = ε it is stochastic-gradient Langevin dynamics: Welling and Teh, Bayesian learning via
/// stochastic gradient Langevin dynamics, ICML 2011, eq. 4. With k = 1 − α, d = ε² and n = ε√(2α) it is stochastic-gradient Hamiltonian
/// Monte Carlo: Chen, Fox and Guestrin, ICML 2014, eq. 15.
/// </summary>
/// <remarks>
/// The estimate takes blocks of data terms with replacement, the same ones for all chains. With control variates it is taken of the
/// difference to the gradient at a centre, whose whole gradient is known: Baker, Fearnhead, Fox and Nemeth, Control variates for
/// stochastic gradient MCMC, Statistics and Computing 29 (2019), eq. 4.
/// Settings: scales; the centre; the likelihood's gradient there; then k, d and n of each transition of the launch. Integers: the
/// blocks of each transition. The log density told is the estimate of the same blocks.
/// </remarks>
public readonly struct StochasticGradientStep : ITransition
{
    /// <summary>The data terms of a block; the last block may have fewer.</summary>
    public int BlockLength { get; init; }

    /// <summary>The blocks of the model's data.</summary>
    public int BlockCount { get; init; }

    /// <summary>The blocks of a step; 0 for models without data.</summary>
    public int BlocksPerStep { get; init; }

    /// <summary>1: with control variates.</summary>
    public int HasControlVariates { get; init; }

    /// <summary>k, d and n.</summary>
    public static int Coefficients => 3;

    /// <inheritdoc/>
    public static int StatisticCount => 0;

    /// <summary>The real settings before the coefficients.</summary>
    /// <param name="dimension">The number of unconstrained parameters.</param>
    public static int CoefficientStart(int dimension) => 3 * dimension;

    /// <summary>v survives between launches.</summary>
    /// <param name="dimension">The number of unconstrained parameters.</param>
    public static int KeptLength(int dimension) => dimension;

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
        TVector position = state.Slice(ChainRows.Position);
        TVector momentum = state.Slice(new ChainRows(dimension).Own);
        TVector gradient = momentum.Slice(dimension);
        T estimate = Estimate<T, TVector, TData, TModel>(model, position, gradient, momentum.Slice(OwnLength(dimension)), data, settings, transition);

        TVector noise = gradient.Slice(dimension);
        VectorVariates.FillNormal(random.At(StreamPurpose.Proposal, random.Step), noise, dimension);
        int coefficients = CoefficientStart(dimension) + (Coefficients * transition);
        T kept = settings.Real(coefficients, 0);
        T drift = settings.Real(coefficients, 1);
        T noiseScale = settings.Real(coefficients, 2);
        Mask<T> finite = moves;
        for (int i = 0; i < dimension; i++)
        {
            T scale = settings.Real(i);
            T velocity = T.FusedMultiplyAdd(kept, momentum[i], noiseScale * noise[i]);
            velocity = T.FusedMultiplyAdd(drift * scale, gradient[i], velocity);
            T moved = T.FusedMultiplyAdd(scale, velocity, position[i]);
            finite &= T.AreEqual(moved - moved, T.Zero);
            gradient[i] = velocity;
            noise[i] = moved;
        }

        ChainVectors.CopyWhere(finite, gradient, momentum, dimension);
        ChainVectors.CopyWhere(finite, noise, position, dimension);
        return new TransitionOutcome<T>
        {
            LogDensity = estimate,
            Energy = -estimate,
            AcceptanceProbability = T.One,
            EvaluationCount = T.One,
            Diverged = moves & !finite,
        };
    }

    /// <summary>Estimates gradient and log density before the step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private T Estimate<T, TVector, TData, TModel>(
        TModel model, TVector position, TVector gradient, TVector scratch, TData data, TData settings, int transition)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
        where TModel : struct, IModel
    {
        int dimension = model.Dimension;
        TVector centre = gradient.Slice(dimension);
        TVector likelihood = centre.Slice(dimension);
        TVector atCentre = likelihood.Slice(dimension);
        for (int i = 0; i < dimension; i++)
        {
            centre[i] = settings.Real(dimension + i);
            likelihood[i] = T.Zero;
            atCentre[i] = T.Zero;
        }

        T logPrior = model.LogPriorGradient<T, TVector, TData>(position, gradient, scratch, data);
        T logLikelihood = T.Zero;
        for (int i = 0; i < BlocksPerStep; i++)
        {
            int first = settings.Integer((transition * BlocksPerStep) + i) * BlockLength;
            int count = first + BlockLength > model.DataTermCount ? model.DataTermCount - first : BlockLength;
            logLikelihood += model.LogLikelihoodGradient<T, TVector, TData>(position, likelihood, scratch, data, first, count);
            if (HasControlVariates != 0)
            {
                model.LogLikelihoodGradient<T, TVector, TData>(centre, atCentre, scratch, data, first, count);
            }
        }

        if (BlocksPerStep == 0)
        {
            return logPrior;
        }

        T factor = T.FromInteger(BlockCount) / T.FromInteger(BlocksPerStep);
        for (int i = 0; i < dimension; i++)
        {
            T known = HasControlVariates != 0 ? settings.Real((2 * dimension) + i) : T.Zero;
            gradient[i] += T.FusedMultiplyAdd(factor, likelihood[i] - atCentre[i], known);
        }

        return T.FusedMultiplyAdd(factor, logLikelihood, logPrior);
    }
}
