using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Variates;

/// <summary>The bits as they are.</summary>
public readonly struct BitsTransform : IPairTransform
{
    /// <inheritdoc/>
    public static bool IsElementwise => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Reals2<T> Apply<T>(Word<T> first, Word<T> second)
        where T : struct, IReal<T> =>
        new() { First = T.FromBits(first), Second = T.FromBits(second) };
}

/// <summary>Uniform on [0, 1).</summary>
public readonly struct UniformTransform : IPairTransform
{
    /// <inheritdoc/>
    public static bool IsElementwise => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Reals2<T> Apply<T>(Word<T> first, Word<T> second)
        where T : struct, IReal<T> =>
        new() { First = UniformVariate.HalfOpenFromBits(first), Second = UniformVariate.HalfOpenFromBits(second) };
}

/// <summary>Standard normal.</summary>
public readonly struct NormalTransform : IPairTransform
{
    /// <inheritdoc/>
    public static bool IsElementwise => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Reals2<T> Apply<T>(Word<T> first, Word<T> second)
        where T : struct, IReal<T> =>
        NormalVariate.BoxMuller(first, second);
}

/// <summary>Exponential of rate 1.</summary>
public readonly struct ExponentialTransform : IPairTransform
{
    /// <inheritdoc/>
    public static bool IsElementwise => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Reals2<T> Apply<T>(Word<T> first, Word<T> second)
        where T : struct, IReal<T> =>
        new() { First = ExponentialVariate.FromBits(first), Second = ExponentialVariate.FromBits(second) };
}

/// <summary>Another distribution moved and stretched: location + scale · x, rounded once.</summary>
/// <typeparam name="TTransform">The distribution.</typeparam>
public readonly struct AffineTransform<TTransform> : IPairTransform
    where TTransform : struct, IPairTransform
{
    private readonly TTransform inner;
    private readonly double location;
    private readonly double scale;

    /// <summary>Moves and stretches a distribution.</summary>
    /// <param name="inner">The distribution.</param>
    /// <param name="location">What is added.</param>
    /// <param name="scale">What is multiplied by.</param>
    public AffineTransform(TTransform inner, double location, double scale)
    {
        this.inner = inner;
        this.location = location;
        this.scale = scale;
    }

    /// <inheritdoc/>
    public static bool IsElementwise => TTransform.IsElementwise;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Reals2<T> Apply<T>(Word<T> first, Word<T> second)
        where T : struct, IReal<T>
    {
        Reals2<T> pair = inner.Apply(first, second);
        pair.First = T.FusedMultiplyAdd(pair.First, T.Constant(scale), T.Constant(location));
        pair.Second = T.FusedMultiplyAdd(pair.Second, T.Constant(scale), T.Constant(location));
        return pair;
    }
}
