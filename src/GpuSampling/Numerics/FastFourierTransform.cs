using System.Numerics;

namespace GpuSampling.Numerics;

/// <summary>A complex fast Fourier transform of power-of-two length, in place, on the host in float64.</summary>
/// <remarks>Cooley and Tukey (1965), radix two, decimation in time; the roots of unity come from a table of the C library's values.</remarks>
internal sealed class FastFourierTransform
{
    private readonly double[] cosines;
    private readonly double[] sines;

    /// <param name="minimumLength">The least length wanted, at least 1; the next power of two is taken.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is less than 1 or more than 2^30.</exception>
    public FastFourierTransform(int minimumLength)
    {
        if (minimumLength is < 1 or > 1 << 30)
        {
            throw new ArgumentOutOfRangeException(nameof(minimumLength), minimumLength, "The length must lie between 1 and 2^30.");
        }

        Length = (int)BitOperations.RoundUpToPowerOf2((uint)minimumLength);
        cosines = new double[Length / 2];
        sines = new double[Length / 2];
        for (int k = 0; k < Length / 2; k++)
        {
            (sines[k], cosines[k]) = Math.SinCos(-2 * Math.PI * k / Length);
        }
    }

    /// <summary>The number of points.</summary>
    public int Length { get; }

    /// <summary>Replaces x by its transform, the sums over j of x_j exp(-2 pi i j k / Length).</summary>
    /// <param name="real">The real parts, <see cref="Length"/> of them.</param>
    /// <param name="imaginary">The imaginary parts, as many.</param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    public void Forward(Span<double> real, Span<double> imaginary)
    {
        if (real.Length != Length || imaginary.Length != Length)
        {
            throw new ArgumentException($"real has {real.Length} and imaginary {imaginary.Length} elements; both must have {Length}.");
        }

        ReverseBits(real, imaginary);
        for (int half = 1; half < Length; half *= 2)
        {
            int stride = Length / (2 * half);
            for (int block = 0; block < Length; block += 2 * half)
            {
                for (int k = 0; k < half; k++)
                {
                    double cosine = cosines[k * stride];
                    double sine = sines[k * stride];
                    int upper = block + k;
                    int lower = upper + half;
                    double re = (real[lower] * cosine) - (imaginary[lower] * sine);
                    double im = (real[lower] * sine) + (imaginary[lower] * cosine);
                    real[lower] = real[upper] - re;
                    imaginary[lower] = imaginary[upper] - im;
                    real[upper] += re;
                    imaginary[upper] += im;
                }
            }
        }
    }

    private void ReverseBits(Span<double> real, Span<double> imaginary)
    {
        int reversed = 0;
        for (int i = 1; i < Length; i++)
        {
            int bit = Length >> 1;
            for (; (reversed & bit) != 0; bit >>= 1)
            {
                reversed ^= bit;
            }

            reversed |= bit;
            if (i < reversed)
            {
                (real[i], real[reversed]) = (real[reversed], real[i]);
                (imaginary[i], imaginary[reversed]) = (imaginary[reversed], imaginary[i]);
            }
        }
    }
}
