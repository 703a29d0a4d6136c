using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Models;

namespace GpuSampling.Kernels.Tempering;

/// <summary>Between which densities a ladder of temperatures leads.</summary>
public enum TemperingPath
{
    /// <summary>From the prior to the posterior: prior · likelihood^β.</summary>
    Likelihood = 0,

    /// <summary>From a normal distribution about 0 in unconstrained space to the posterior: normal^(1 − β) · posterior^β.</summary>
    Reference = 1,
}

/// <summary>The two parts of log π_β = base + β · tilt, of which β = 1 makes the posterior.</summary>
public readonly struct TemperedDensity
{
    /// <summary>The path.</summary>
    public TemperingPath Path { get; init; }

    /// <summary>1/s² of the normal distribution.</summary>
    public double ReferencePrecision { get; init; }

    /// <summary>The logarithm of its density at 0.</summary>
    public double ReferenceAtZero { get; init; }

    /// <summary>Both parts with their gradients.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <typeparam name="TVector">The accessor of chain vectors.</typeparam>
    /// <typeparam name="TData">The accessor of shared data.</typeparam>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="position">The unconstrained parameters.</param>
    /// <param name="baseGradient">Receives the gradient of the base.</param>
    /// <param name="tiltGradient">Receives the gradient of the tilt.</param>
    /// <param name="scratch">The model's scratch memory.</param>
    /// <param name="data">The model's data.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TemperedParts<T> Evaluate<T, TVector, TData, TModel>(
        TModel model, TVector position, TVector baseGradient, TVector tiltGradient, TVector scratch, TData data)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
        where TModel : struct, IModel
    {
        bool tempersAll = Path == TemperingPath.Reference;
        T prior = model.LogPriorGradient<T, TVector, TData>(position, tempersAll ? tiltGradient : baseGradient, scratch, data);
        T precision = T.Constant(ReferencePrecision);
        T squares = T.Zero;
        for (int i = 0; i < model.Dimension; i++)
        {
            T pull = precision * position[i];
            squares = T.FusedMultiplyAdd(pull, position[i], squares);
            if (tempersAll)
            {
                baseGradient[i] = -pull;
                tiltGradient[i] += pull;
            }
            else
            {
                tiltGradient[i] = T.Zero;
            }
        }

        T likelihood = model.LogLikelihoodGradient<T, TVector, TData>(position, tiltGradient, scratch, data, 0, model.DataTermCount);
        T reference = T.FusedNegatedMultiplyAdd(T.Constant(0.5), squares, T.Constant(ReferenceAtZero));
        return tempersAll
            ? new TemperedParts<T> { Base = reference, Tilt = prior + likelihood - reference }
            : new TemperedParts<T> { Base = prior, Tilt = likelihood };
    }
}

/// <summary>The parts of a tempered log density.</summary>
/// <typeparam name="T">The lane type.</typeparam>
public readonly struct TemperedParts<T>
    where T : struct, IReal<T>
{
    /// <summary>What stays at every temperature.</summary>
    public T Base { get; init; }

    /// <summary>What is multiplied by the inverse temperature.</summary>
    public T Tilt { get; init; }
}
