using System.Runtime.CompilerServices;

namespace GpuSampling.Diagnostics;

/// <summary>
/// The draws of one scalar parameter from several Markov chains, as a view: draw after draw, and within a draw the chains side by
/// side (chain fastest), the order in which results are kept.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>. Everything is computed in float64.</typeparam>
public readonly ref struct ParameterDraws<T>
    where T : unmanaged
{
    /// <summary>Views draws that lie chain fastest.</summary>
    /// <param name="values">The draws: element <c>draw * chains + chain</c>. Not empty.</param>
    /// <param name="chains">The number of chains, at least 1; divides the number of values.</param>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is neither float nor double.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="chains"/> is less than 1.</exception>
    /// <exception cref="ArgumentException">There are no values, or their number is not a multiple of <paramref name="chains"/>.</exception>
    public ParameterDraws(ReadOnlySpan<T> values, int chains)
    {
        RequireShape(values, chains);
        Values = values;
        Chains = chains;
        Draws = values.Length / chains;
    }

    /// <summary>The draws: element <c>draw * Chains + chain</c>.</summary>
    public ReadOnlySpan<T> Values { get; }

    /// <summary>The number of chains.</summary>
    public int Chains { get; }

    /// <summary>The number of draws of each chain.</summary>
    public int Draws { get; }

    /// <summary>One draw of one chain.</summary>
    /// <param name="draw">From 0 to <see cref="Draws"/> - 1.</param>
    /// <param name="chain">From 0 to <see cref="Chains"/> - 1.</param>
    public T this[int draw, int chain] => Values[(draw * Chains) + chain];

    /// <summary>Copies draws that lie chain after chain (draw fastest) into the order of this type.</summary>
    /// <param name="values">The draws: element <c>chain * draws + draw</c>. Not empty.</param>
    /// <param name="chains">The number of chains, at least 1; divides the number of values.</param>
    /// <returns>A view of a new array.</returns>
    /// <exception cref="ArgumentException">As for the constructor.</exception>
    public static ParameterDraws<T> FromChainMajor(ReadOnlySpan<T> values, int chains)
    {
        RequireShape(values, chains);
        var transposed = new T[values.Length];
        FromChainMajor(values, chains, transposed);
        return new ParameterDraws<T>(transposed, chains);
    }

    /// <summary>Copies draws that lie chain after chain (draw fastest) into the order of this type, without allocating.</summary>
    /// <param name="values">The draws: element <c>chain * draws + draw</c>. Not empty.</param>
    /// <param name="chains">The number of chains, at least 1; divides the number of values.</param>
    /// <param name="destination">Receives the draws; as long as <paramref name="values"/>, and not overlapping it.</param>
    /// <exception cref="ArgumentException">As for the constructor, or the lengths differ.</exception>
    public static void FromChainMajor(ReadOnlySpan<T> values, int chains, Span<T> destination)
    {
        RequireShape(values, chains);
        if (destination.Length != values.Length)
        {
            throw new ArgumentException(
                $"destination has {destination.Length} elements; it must have as many as values, {values.Length}.", nameof(destination));
        }

        int draws = values.Length / chains;
        const int Tile = 32;
        for (int firstChain = 0; firstChain < chains; firstChain += Tile)
        {
            int chainEnd = Math.Min(firstChain + Tile, chains);
            for (int draw = 0; draw < draws; draw++)
            {
                for (int chain = firstChain; chain < chainEnd; chain++)
                {
                    destination[(draw * chains) + chain] = values[(chain * draws) + draw];
                }
            }
        }
    }

    /// <summary>One draw of one chain, in float64.</summary>
    internal double ToDouble(int draw, int chain) =>
        typeof(T) == typeof(float) ? Unsafe.BitCast<T, float>(this[draw, chain]) : Unsafe.BitCast<T, double>(this[draw, chain]);

    private static void RequireShape(ReadOnlySpan<T> values, int chains)
    {
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
        {
            throw new NotSupportedException($"Draws of type {typeof(T).Name} are not supported; use float or double.");
        }

        if (chains < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(chains), chains, "The number of chains must be at least 1.");
        }

        if (values.IsEmpty || values.Length % chains != 0)
        {
            throw new ArgumentException(
                $"values has {values.Length} elements; it must have a positive multiple of the number of chains, {chains}.", nameof(values));
        }
    }
}
