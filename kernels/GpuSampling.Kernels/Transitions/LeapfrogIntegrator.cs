using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Models;

namespace GpuSampling.Kernels.Transitions;

/// <summary>
/// The leapfrog (velocity Verlet) integrator of Hamiltonian dynamics with a diagonal metric, in whitened momenta.
/// Neal, MCMC using Hamiltonian dynamics (2011), eqs 2.28 to 2.30.
/// </summary>
/// <remarks>
/// With mass matrix diag(1/s²) and momentum p, the whitened momentum r = s∘p is standard normal, the kinetic energy ½‖r‖², and a
/// step of size ε is r ← r + ½ε s∘∇log π(q); q ← q + ε s∘r; r ← r + ½ε s∘∇log π(q). Only the products ε·s_i are needed.
/// </remarks>
public static class LeapfrogIntegrator
{
    /// <summary>Integrates over a number of steps, the two half steps of the momentum between position steps made as one.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <typeparam name="TVector">The accessor of chain vectors.</typeparam>
    /// <typeparam name="TData">The accessor of shared tables.</typeparam>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="position">q: replaced by its end.</param>
    /// <param name="momentum">r, whitened: replaced by its end.</param>
    /// <param name="gradient">∇log π(q): replaced by its end.</param>
    /// <param name="scratch">The model's scratch memory.</param>
    /// <param name="data">The model's data.</param>
    /// <param name="steps">ε·s_i for each parameter, from index <paramref name="stepsStart"/>.</param>
    /// <param name="stepsStart">Where the step sizes begin.</param>
    /// <param name="stepCount">How many steps, at least 1, the same for all lanes.</param>
    /// <returns>log π at the end.</returns>
    public static T Integrate<T, TVector, TData, TModel>(
        TModel model,
        TVector position,
        TVector momentum,
        TVector gradient,
        TVector scratch,
        TData data,
        TData steps,
        int stepsStart,
        int stepCount)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
        where TModel : struct, IModel
    {
        HalfKick<T, TVector, TData>(momentum, gradient, steps, stepsStart, model.Dimension);
        Drift<T, TVector, TData>(position, momentum, steps, stepsStart, model.Dimension);
        T logDensity = ModelGradient.LogDensityGradient<T, TVector, TData, TModel>(model, position, gradient, scratch, data);
        for (int step = 1; step < stepCount; step++)
        {
            KickAndDrift<T, TVector, TData>(position, momentum, gradient, steps, stepsStart, model.Dimension);
            logDensity = ModelGradient.LogDensityGradient<T, TVector, TData, TModel>(model, position, gradient, scratch, data);
        }

        HalfKick<T, TVector, TData>(momentum, gradient, steps, stepsStart, model.Dimension);
        return logDensity;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void HalfKick<T, TVector, TData>(TVector momentum, TVector gradient, TData steps, int stepsStart, int dimension)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
    {
        T half = T.Constant(0.5);
        for (int i = 0; i < dimension; i++)
        {
            momentum[i] = T.FusedMultiplyAdd(half * steps.Real(stepsStart + i), gradient[i], momentum[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Drift<T, TVector, TData>(TVector position, TVector momentum, TData steps, int stepsStart, int dimension)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
    {
        for (int i = 0; i < dimension; i++)
        {
            position[i] = T.FusedMultiplyAdd(steps.Real(stepsStart + i), momentum[i], position[i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void KickAndDrift<T, TVector, TData>(
        TVector position, TVector momentum, TVector gradient, TData steps, int stepsStart, int dimension)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
    {
        for (int i = 0; i < dimension; i++)
        {
            T step = steps.Real(stepsStart + i);
            T kicked = T.FusedMultiplyAdd(step, gradient[i], momentum[i]);
            momentum[i] = kicked;
            position[i] = T.FusedMultiplyAdd(step, kicked, position[i]);
        }
    }
}
