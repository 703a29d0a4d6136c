using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Variates;

namespace GpuSampling.Kernels.Ensembles;

/// <summary>Walkers of the other half, drawn without replacement: ordered choices, all equally likely.</summary>
public static class Partners
{
    /// <summary>A number from 0 to 1 that is the same for all walkers of a step: it decides what kind of step they all make.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="random">The walkers' address.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T Common<T>(StreamAddress<T> random)
        where T : struct, IReal<T> =>
        UniformVariate.HalfOpen(new StreamAddress<T>(random.Key, StreamPurpose.Partner, T.WordConstant(0xFFFFFFFF), 0xFFFFFF, random.Step), 0);

    /// <summary>One walker.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="random">The walkers' address.</param>
    /// <param name="count">The walkers to choose from, at least 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Word<T> First<T>(StreamAddress<T> random, int count)
        where T : struct, IReal<T> => BoundedInteger.Below(random.At(StreamPurpose.Partner, random.Step), 0, (uint)count);

    /// <summary>A second one.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="random">The walkers' address.</param>
    /// <param name="count">The walkers to choose from, at least 2.</param>
    /// <param name="first">The first.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Word<T> Second<T>(StreamAddress<T> random, int count, Word<T> first)
        where T : struct, IReal<T>
    {
        Word<T> second = BoundedInteger.Below(random.At(StreamPurpose.Partner, random.Step), 1, (uint)(count - 1));
        return Skip(second, first);
    }

    /// <summary>A third one.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="random">The walkers' address.</param>
    /// <param name="count">The walkers to choose from, at least 3.</param>
    /// <param name="first">The first.</param>
    /// <param name="second">The second.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Word<T> Third<T>(StreamAddress<T> random, int count, Word<T> first, Word<T> second)
        where T : struct, IReal<T>
    {
        Word<T> third = BoundedInteger.Below(random.At(StreamPurpose.Partner, random.Step), 2, (uint)(count - 2));
        Mask<T> ordered = T.LessThan(first, second);
        return Skip(Skip(third, T.Select(ordered, first, second)), T.Select(ordered, second, first));
    }

    // Moves what is not below a taken walker one up.
    private static Word<T> Skip<T>(Word<T> walker, Word<T> taken)
        where T : struct, IReal<T> => T.Select(T.LessThan(walker, taken), walker, walker + T.WordConstant(1));
}
