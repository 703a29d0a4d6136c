using GpuSampling.Kernels.Variates;

namespace GpuSampling.Random;

/// <content>The fills.</content>
public sealed partial record RandomStream
{
    /// <summary>Fills with random words: number i is word i.</summary>
    /// <param name="destination">Receives any 32 bits, all equally likely.</param>
    /// <param name="options">Width and threads; null: <see cref="RandomFillOptions.Default"/>.</param>
    /// <param name="cancellationToken">Stops the fill, which then leaves the span filled in part.</param>
    /// <returns>The stream after the fill.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The stream ends before the span does.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public RandomStream FillBits(
        Span<uint> destination, RandomFillOptions? options = null, CancellationToken cancellationToken = default) =>
        Fill(destination, new BitsPass(), options, cancellationToken);

    /// <summary>Fills with random words of 64 bits: number i is words 2i (low half) and 2i + 1, so that the bytes are those of
    /// <see cref="FillBits(Span{uint}, RandomFillOptions?, CancellationToken)"/>.</summary>
    /// <param name="destination">Receives any 64 bits, all equally likely.</param>
    /// <param name="options">Width and threads; null: <see cref="RandomFillOptions.Default"/>.</param>
    /// <param name="cancellationToken">Stops the fill, which then leaves the span filled in part.</param>
    /// <returns>The stream after the fill.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The stream ends before the span does.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public RandomStream FillBits(
        Span<ulong> destination, RandomFillOptions? options = null, CancellationToken cancellationToken = default) =>
        Fill(destination, new BitsPass(), options, cancellationToken);

    /// <summary>Fills uniformly on [0, 1): number i is ⌊word i / 2⁸⌋ · 2⁻²⁴.</summary>
    /// <param name="destination">Receives multiples of 2⁻²⁴ from 0 to 1 − 2⁻²⁴.</param>
    /// <param name="options">Width and threads; null: <see cref="RandomFillOptions.Default"/>.</param>
    /// <param name="cancellationToken">Stops the fill, which then leaves the span filled in part.</param>
    /// <returns>The stream after the fill.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The stream ends before the span does.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public RandomStream FillUniform(
        Span<float> destination, RandomFillOptions? options = null, CancellationToken cancellationToken = default) =>
        Fill(destination, new SinglePass<UniformTransform>(default), options, cancellationToken);

    /// <summary>Fills uniformly on [0, 1): number i is the 53 highest bits of the 64-bit word i, times 2⁻⁵³.</summary>
    /// <param name="destination">Receives multiples of 2⁻⁵³ from 0 to 1 − 2⁻⁵³.</param>
    /// <param name="options">Width and threads; null: <see cref="RandomFillOptions.Default"/>.</param>
    /// <param name="cancellationToken">Stops the fill, which then leaves the span filled in part.</param>
    /// <returns>The stream after the fill.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The stream ends before the span does.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public RandomStream FillUniform(
        Span<double> destination, RandomFillOptions? options = null, CancellationToken cancellationToken = default) =>
        Fill(destination, new DoublePass<UniformTransform>(default), options, cancellationToken);

    /// <summary>Fills with normal numbers by the Box-Muller transform: numbers 2i and 2i + 1 from words 2i (radius) and 2i + 1 (angle).</summary>
    /// <param name="destination">Receives numbers within 7.54 standard deviations of the mean.</param>
    /// <param name="mean">The mean, finite.</param>
    /// <param name="standardDeviation">The standard deviation, finite and not negative.</param>
    /// <param name="options">Width and threads; null: <see cref="RandomFillOptions.Default"/>.</param>
    /// <param name="cancellationToken">Stops the fill, which then leaves the span filled in part.</param>
    /// <returns>The stream after the fill.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range, or the stream ends before the span does.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public RandomStream FillNormal(
        Span<float> destination,
        float mean = 0,
        float standardDeviation = 1,
        RandomFillOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        CheckNormal(mean, standardDeviation, float.MaxValue);
        return mean == 0 && standardDeviation == 1
            ? Fill(destination, new SinglePass<NormalTransform>(default), options, cancellationToken)
            : Fill(destination, new SinglePass<AffineTransform<NormalTransform>>(new(default, mean, standardDeviation)), options, cancellationToken);
    }

    /// <summary>Fills with normal numbers by the Box-Muller transform: numbers 2i and 2i + 1 from the 64-bit words 2i (radius) and 2i + 1 (angle).</summary>
    /// <param name="destination">Receives numbers within 9.49 standard deviations of the mean.</param>
    /// <param name="mean">The mean, finite.</param>
    /// <param name="standardDeviation">The standard deviation, finite and not negative.</param>
    /// <param name="options">Width and threads; null: <see cref="RandomFillOptions.Default"/>.</param>
    /// <param name="cancellationToken">Stops the fill, which then leaves the span filled in part.</param>
    /// <returns>The stream after the fill.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range, or the stream ends before the span does.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public RandomStream FillNormal(
        Span<double> destination,
        double mean = 0,
        double standardDeviation = 1,
        RandomFillOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        CheckNormal(mean, standardDeviation, double.MaxValue);
        return mean == 0 && standardDeviation == 1
            ? Fill(destination, new DoublePass<NormalTransform>(default), options, cancellationToken)
            : Fill(destination, new DoublePass<AffineTransform<NormalTransform>>(new(default, mean, standardDeviation)), options, cancellationToken);
    }

    /// <summary>Fills with exponential numbers, −log((word i + ½) · 2⁻³²) / rate: never 0 or infinite at rate 1.</summary>
    /// <param name="destination">Receives numbers from 1.2·10⁻¹⁰ to 22.9 over the rate.</param>
    /// <param name="rate">The rate, finite and positive, and so large that no number overflows.</param>
    /// <param name="options">Width and threads; null: <see cref="RandomFillOptions.Default"/>.</param>
    /// <param name="cancellationToken">Stops the fill, which then leaves the span filled in part.</param>
    /// <returns>The stream after the fill.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range, or the stream ends before the span does.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public RandomStream FillExponential(
        Span<float> destination, float rate = 1, RandomFillOptions? options = null, CancellationToken cancellationToken = default)
    {
        CheckRate(rate, float.MaxValue);
        return rate == 1
            ? Fill(destination, new SinglePass<ExponentialTransform>(default), options, cancellationToken)
            : Fill(destination, new SinglePass<AffineTransform<ExponentialTransform>>(new(default, 0, 1.0 / rate)), options, cancellationToken);
    }

    /// <summary>Fills with exponential numbers, −log((64-bit word i + ½) · 2⁻⁶⁴) / rate: never 0 or infinite at rate 1.</summary>
    /// <param name="destination">Receives numbers from 2.7·10⁻²⁰ to 45.1 over the rate.</param>
    /// <param name="rate">The rate, finite and positive, and so large that no number overflows.</param>
    /// <param name="options">Width and threads; null: <see cref="RandomFillOptions.Default"/>.</param>
    /// <param name="cancellationToken">Stops the fill, which then leaves the span filled in part.</param>
    /// <returns>The stream after the fill.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of range, or the stream ends before the span does.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public RandomStream FillExponential(
        Span<double> destination, double rate = 1, RandomFillOptions? options = null, CancellationToken cancellationToken = default)
    {
        CheckRate(rate, double.MaxValue);
        return rate == 1
            ? Fill(destination, new DoublePass<ExponentialTransform>(default), options, cancellationToken)
            : Fill(destination, new DoublePass<AffineTransform<ExponentialTransform>>(new(default, 0, 1.0 / rate)), options, cancellationToken);
    }

    /// <summary>
    /// Fills with integers from <paramref name="minimum"/> to <paramref name="maximum"/> − 1, all exactly equally likely:
    /// number i from word i, or where that is rejected, from the same word of the block's further attempts.
    /// </summary>
    /// <param name="destination">Receives the integers.</param>
    /// <param name="minimum">The least.</param>
    /// <param name="maximum">One more than the greatest; above <paramref name="minimum"/>.</param>
    /// <param name="options">Width and threads; null: <see cref="RandomFillOptions.Default"/>.</param>
    /// <param name="cancellationToken">Stops the fill, which then leaves the span filled in part.</param>
    /// <returns>The stream after the fill.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no integer to draw, or the stream ends before the span does.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public RandomStream FillIntegers(
        Span<int> destination,
        int minimum,
        int maximum,
        RandomFillOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        if (maximum <= minimum)
        {
            throw new ArgumentOutOfRangeException(nameof(maximum), maximum, $"Allowed: above the minimum, which is {minimum}.");
        }

        uint range = unchecked((uint)maximum - (uint)minimum);
        return Fill(destination, new IntegersPass(unchecked((uint)minimum), range), options, cancellationToken);
    }

    /// <summary>Throws where a parameter is out of range, or the numbers farthest out overflow.</summary>
    /// <param name="mean">The mean.</param>
    /// <param name="standardDeviation">The standard deviation.</param>
    /// <param name="limit">The largest number of the type.</param>
    internal static void CheckNormal(double mean, double standardDeviation, double limit)
    {
        const double farthest = 9.5;
        if (!double.IsFinite(mean))
        {
            throw new ArgumentOutOfRangeException(nameof(mean), mean, "Allowed: finite numbers.");
        }

        if (!double.IsFinite(standardDeviation) || standardDeviation < 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(standardDeviation), standardDeviation, "Allowed: finite numbers from 0.");
        }

        if (!(standardDeviation <= (limit - Math.Abs(mean)) / farthest))
        {
            throw new ArgumentOutOfRangeException(
                nameof(standardDeviation), standardDeviation, FormattableString.Invariant($"Allowed with mean {mean}: 0 to {(limit - Math.Abs(mean)) / farthest:G3}, with which no number overflows."));
        }
    }

    /// <summary>Throws where a rate is out of range, or the largest number of an exponential distribution overflows.</summary>
    /// <param name="rate">The rate.</param>
    /// <param name="limit">The largest number of the type.</param>
    internal static void CheckRate(double rate, double limit)
    {
        const double farthest = 45.1;
        if (!double.IsFinite(rate) || rate <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(rate), rate, "Allowed: finite numbers above 0.");
        }

        if (rate < farthest / limit)
        {
            throw new ArgumentOutOfRangeException(
                nameof(rate), rate, FormattableString.Invariant($"Allowed: from {farthest / limit:G3} on, with which no number overflows."));
        }
    }

    private unsafe RandomStream Fill<TElement, TPass>(
        Span<TElement> destination, TPass pass, RandomFillOptions? options, CancellationToken cancellationToken)
        where TElement : unmanaged
        where TPass : struct, IFillPass
    {
        int wordsPerElement = sizeof(TElement) / sizeof(uint);
        ulong start = wordsPerElement == 2 ? (Position + 1) & ~1ul : Position;
        ulong wordCount = (ulong)destination.Length * (ulong)wordsPerElement;
        if (wordCount > PositionLimit - start)
        {
            throw new ArgumentOutOfRangeException(
                nameof(destination), destination.Length, $"The stream has {PositionLimit - start} words left; {wordCount} are asked for.");
        }

        fixed (TElement* first = destination)
        {
            BulkFill.Run(pass, this, start, (uint*)first, (long)wordCount, options ?? RandomFillOptions.Default, cancellationToken);
        }

        return Seek(start + wordCount);
    }
}
