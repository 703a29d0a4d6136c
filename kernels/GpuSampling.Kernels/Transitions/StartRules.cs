using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;

namespace GpuSampling.Kernels.Transitions;

/// <summary>Where a chain may start.</summary>
public static class StartRules
{
    /// <summary>Whether a log density and every component of its gradient are finite.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <typeparam name="TVector">The accessor of chain vectors.</typeparam>
    /// <param name="logDensity">The log density.</param>
    /// <param name="gradient">Its gradient.</param>
    /// <param name="dimension">The number of components.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Mask<T> IsFinite<T, TVector>(T logDensity, TVector gradient, int dimension)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
    {
        // x − x is 0 for finite x and NaN for all others.
        Mask<T> finite = T.AreEqual(logDensity - logDensity, T.Zero);
        for (int i = 0; i < dimension; i++)
        {
            T component = gradient[i];
            finite &= T.AreEqual(component - component, T.Zero);
        }

        return finite;
    }
}
