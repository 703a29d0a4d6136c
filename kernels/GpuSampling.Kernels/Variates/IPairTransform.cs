using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Variates;

/// <summary>
/// A distribution as bulk fills use it: two elements full of random bits in, two random numbers out. Its fields are the
/// distribution's parameters.
/// </summary>
/// <remarks>
/// Fills apply it to words (0, 1) and (2, 3) of a block in 32-bit lanes: four numbers a block. In 64-bit lanes they apply it
/// to (words 0 and 1 joined, words 2 and 3 joined): two numbers a block. <see cref="BlockVariates"/> is that text.
/// </remarks>
public interface IPairTransform
{
    /// <summary>Whether each number depends on its own bits only, so that any two elements may be taken together.</summary>
    static abstract bool IsElementwise { get; }

    /// <summary>Two numbers of two elements of random bits.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="first">Random bits, all of the element.</param>
    /// <param name="second">Random bits, all of the element.</param>
    Reals2<T> Apply<T>(Word<T> first, Word<T> second)
        where T : struct, IReal<T>;
}
