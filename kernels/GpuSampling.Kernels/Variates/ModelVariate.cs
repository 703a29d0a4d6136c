using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Functions;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Streams;

namespace GpuSampling.Kernels.Variates;

/// <summary>
/// Random numbers of generated quantities. Each has a slot of its own, which becomes bits 32 to 55 of the stream: within it the
/// number may take as many blocks as it needs.
/// </summary>
public static class ModelVariate
{
    /// <summary>The largest mean for which <see cref="Poisson"/> counts.</summary>
    private const double LargestMean = 1e6;

    /// <summary>A uniform number on [0, 1).</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="random">Seed, chains and step.</param>
    /// <param name="slot">The number's slot, below 2²⁴; the same for all lanes.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T Uniform<T>(StreamAddress<T> random, int slot)
        where T : struct, IReal<T> => UniformVariate.HalfOpen(Slot(random, slot), 0);

    /// <summary>A standard normal number.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="random">Seed, chains and step.</param>
    /// <param name="slot">The number's slot.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T Normal<T>(StreamAddress<T> random, int slot)
        where T : struct, IReal<T> => NormalVariate.Pair(Slot(random, slot), 0).First;

    /// <summary>An exponential number of rate 1.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="random">Seed, chains and step.</param>
    /// <param name="slot">The number's slot.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T Exponential<T>(StreamAddress<T> random, int slot)
        where T : struct, IReal<T> => ExponentialVariate.At(Slot(random, slot), 0);

    /// <summary>1 with a given probability, else 0.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="random">Seed, chains and step.</param>
    /// <param name="slot">The number's slot.</param>
    /// <param name="probability">From 0 to 1; NaN gives NaN.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T Bernoulli<T>(StreamAddress<T> random, int slot, T probability)
        where T : struct, IReal<T>
    {
        T success = T.Select(UniformVariate.HalfOpen(Slot(random, slot), 0) < probability, T.One, T.Zero);
        return T.Select(T.AreEqual(probability, probability), success, probability);
    }

    /// <summary>The number of successes in independent trials, one uniform number each.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="random">Seed, chains and step.</param>
    /// <param name="slot">The number's slot.</param>
    /// <param name="trials">How many; the same for all lanes.</param>
    /// <param name="probability">From 0 to 1; NaN gives NaN.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T Binomial<T>(StreamAddress<T> random, int slot, int trials, T probability)
        where T : struct, IReal<T>
    {
        StreamAddress<T> address = Slot(random, slot);
        T count = T.Zero;
        for (int trial = 0; trial < trials; trial++)
        {
            count += T.Select(UniformVariate.HalfOpen(address, (uint)trial) < probability, T.One, T.Zero);
        }

        return T.Select(T.AreEqual(probability, probability), count, probability);
    }

    /// <summary>A Poisson number: how many arrivals of a process of rate 1, exponential times apart, come before the mean.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="random">Seed, chains and step.</param>
    /// <param name="slot">The number's slot.</param>
    /// <param name="mean">From 0 to 10⁶; anything else gives NaN.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T Poisson<T>(StreamAddress<T> random, int slot, T mean)
        where T : struct, IReal<T>
    {
        StreamAddress<T> address = Slot(random, slot);
        Mask<T> isPossible = (T.Zero <= mean) & (mean <= T.Constant(LargestMean));
        T end = T.Select(isPossible, mean, T.Zero);
        T time = ExponentialVariate.At(address, 0);
        T count = T.Zero;
        Mask<T> isBefore = time < end;
        for (uint arrival = 1; T.Any(isBefore); arrival++)
        {
            count += T.Select(isBefore, T.One, T.Zero);
            time += ExponentialVariate.At(address, arrival);
            isBefore &= time < end;
        }

        return T.Select(isPossible, count, Elementary.NotANumber<T>());
    }

    /// <summary>A gamma number of rate 1.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="random">Seed, chains and step.</param>
    /// <param name="slot">The number's slot.</param>
    /// <param name="shape">Above 0, to 10⁸; anything else gives NaN.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T Gamma<T>(StreamAddress<T> random, int slot, T shape)
        where T : struct, IReal<T> => GammaVariate.At(Slot(random, slot), shape);

    /// <summary>The logarithm of a gamma number of rate 1.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="random">Seed, chains and step.</param>
    /// <param name="slot">The number's slot.</param>
    /// <param name="shape">Above 0, to 10⁸; anything else gives NaN.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T LogOfGamma<T>(StreamAddress<T> random, int slot, T shape)
        where T : struct, IReal<T> => GammaVariate.LogarithmAt(Slot(random, slot), shape);

    /// <summary>A standard normal number, given that it lies between two bounds.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="random">Seed, chains and step.</param>
    /// <param name="slot">The number's slot.</param>
    /// <param name="lower">The lower bound, or −∞.</param>
    /// <param name="upper">The upper bound, above the lower, or ∞. Other bounds give NaN.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T StandardTruncatedNormal<T>(StreamAddress<T> random, int slot, T lower, T upper)
        where T : struct, IReal<T> => TruncatedNormalVariate.At(Slot(random, slot), lower, upper);

    /// <summary>An angle of the von Mises distribution about 0, from −π to π.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="random">Seed, chains and step.</param>
    /// <param name="slot">The number's slot.</param>
    /// <param name="concentration">From 0 to 10⁸; anything else gives NaN.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T StandardVonMises<T>(StreamAddress<T> random, int slot, T concentration)
        where T : struct, IReal<T> => VonMisesVariate.At(Slot(random, slot), concentration);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static StreamAddress<T> Slot<T>(StreamAddress<T> random, int slot)
        where T : struct, IReal<T> => new(random.Key, StreamPurpose.GeneratedQuantity, random.StreamLow, (uint)slot, random.Step);
}
