using System.Runtime.Intrinsics;
using GpuSampling.Numerics;

namespace GpuSampling.Diagnostics;

/// <summary>
/// The power spectrum summed over half-chains, whose inverse Fourier transform is the sum of their lagged products at every lag
/// (Wiener and Khinchin), for the few long chains whose autocovariances do not die out.
/// </summary>
internal sealed class PowerSpectrum
{
    private readonly int length;
    private readonly double[] power;
    private readonly double[] real;
    private readonly double[] imaginary;
    private readonly FastFourierTransform transform;

    /// <param name="length">The number of draws in a half-chain.</param>
    public PowerSpectrum(int length)
    {
        this.length = length;

        // Twice the length in zeros keeps the circular products from wrapping round.
        transform = new FastFourierTransform(2 * length);
        power = new double[transform.Length];
        real = new double[transform.Length];
        imaginary = new double[transform.Length];
    }

    /// <summary>Adds the half-chains of a column.</summary>
    /// <param name="centred">The centred draws of eight half-chains.</param>
    /// <param name="lanes">The half-chains that count, 1 to 8.</param>
    public void Add(ReadOnlySpan<Vector512<double>> centred, int lanes)
    {
        for (int lane = 0; lane < lanes; lane += 2)
        {
            Array.Clear(real);
            Array.Clear(imaginary);
            for (int i = 0; i < length; i++)
            {
                real[i] = centred[i][lane];
                imaginary[i] = lane + 1 < lanes ? centred[i][lane + 1] : 0;
            }

            // Two real series in one complex transform Z: their powers add up to (|Z_k|^2 + |Z_-k|^2) / 2.
            transform.Forward(real, imaginary);
            int last = power.Length - 1;
            for (int k = 0; k < power.Length; k++)
            {
                int mirrored = (power.Length - k) & last;
                power[k] += 0.5 * (Square(k) + Square(mirrored));
            }
        }
    }

    /// <summary>The sums of x_i x_(i + lag) for every lag from 0 to the length less one.</summary>
    public double[] LaggedProducts()
    {
        Array.Clear(imaginary);

        // The spectrum is real and even, so that its forward and inverse transforms are the same but for the scale.
        transform.Forward(power, imaginary);
        var products = new double[length];
        for (int lag = 0; lag < length; lag++)
        {
            products[lag] = power[lag] / power.Length;
        }

        return products;
    }

    private double Square(int k) => (real[k] * real[k]) + (imaginary[k] * imaginary[k]);
}
