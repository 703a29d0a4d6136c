namespace GpuSampling.Modeling;

/// <content>Functions made of others.</content>
public static partial class Special
{
    /// <summary>log Σ exp(x_i), without overflow.</summary>
    /// <param name="x">At least one number.</param>
    public static double LogSumExp(double[] x)
    {
        double largest = double.NegativeInfinity;
        for (int i = 0; i < x.Length; i++)
        {
            largest = Math.Max(largest, x[i]);
        }

        // The value does not depend on the shift, so neither does the gradient.
        double shift = WithoutGradient(Math.Max(largest, -1e30));
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += Math.Exp(x[i] - shift);
        }

        return shift + Math.Log(sum);
    }

    /// <summary>log(e^a + e^b), without overflow.</summary>
    /// <param name="a">Any number.</param>
    /// <param name="b">Any number.</param>
    public static double LogAddExp(double a, double b)
    {
        double larger = Math.Max(a, b);
        double smaller = Math.Min(b, a); // of equal numbers the other one, for the gradient, and NaN where either is
        return larger == double.NegativeInfinity ? larger : larger + Softplus(smaller - larger);
    }

    /// <summary>
    /// log Γ(x) by Stirling's series, which is used from 8 on; below, Γ(x) = Γ(x + 8) / (x (x + 1) ⋯ (x + 7)).
    /// </summary>
    /// <param name="x">At least 0, where it is ∞; NaN for negative numbers.</param>
    public static double LogGamma(double x)
    {
        // Nothing of this is used from 8 on, where the product may overflow.
        double small = Math.Min(x, 8);
        double product = small * (small + 1) * (small + 2) * (small + 3) * (small + 4) * (small + 5) * (small + 6) * (small + 7);
        double logProduct = x < 8 ? Math.Log(product) : 0;
        double z = x < 8 ? x + 8 : x;
        double inverse = 1 / z;
        double square = inverse * inverse;

        // B_2k / (2k (2k − 1)) for k = 1 … 8; the next term is below 2e-16.
        double series = inverse * (1.0 / 12 + square * (-1.0 / 360 + square * (1.0 / 1260 + square * (-1.0 / 1680
            + square * (1.0 / 1188 + square * (-691.0 / 360360 + square * (1.0 / 156 + square * (-3617.0 / 122400))))))));
        return x < 0 ? double.NaN : (z - 0.5) * Math.Log(z) - z + 0.91893853320467274 + series - logProduct;
    }

    /// <summary>a log x, which is 0 for a = 0 and x = 0.</summary>
    /// <param name="a">Any number.</param>
    /// <param name="x">At least 0.</param>
    public static double MultiplyLog(double a, double x) => x == 0 && a == 0 ? 0 : a * Math.Log(x);

    /// <summary>a log(1 + x), which is 0 for a = 0 and x = −1.</summary>
    /// <param name="a">Any number.</param>
    /// <param name="x">At least −1.</param>
    public static double MultiplyLog1p(double a, double x) => x == -1 && a == 0 ? 0 : a * Log1p(x);

    /// <summary>log(e^−x I₀(x)) with the modified Bessel function of the first kind: DLMF 10.25.2 below 20, else 10.40.1.</summary>
    /// <param name="x">At least 0.</param>
    public static double LogScaledBesselI0(double x)
    {
        // Each of the two for a number within its range, whichever is used.
        double small = Math.Min(x, 20);
        double quarter = 0.25 * small * small;
        double series = 1;
        for (int k = 40; k >= 1; k--)
        {
            series = 1 + quarter / (k * k) * series;
        }

        double large = Math.Max(x, 20);
        double inverse = 0.125 / large;
        double asymptotic = 1;
        for (int k = 20; k >= 1; k--)
        {
            asymptotic = 1 + inverse * (2 * k - 1) * (2 * k - 1) / k * asymptotic;
        }

        double logarithm = x < 20
            ? Math.Log(series) - small
            : Math.Log(asymptotic) - 0.5 * Math.Log(6.2831853071795865 * large);
        return x < 0 ? double.NaN : logarithm;
    }

    /// <summary>log(1 − e^−x), exact near 0 and far from it.</summary>
    /// <param name="x">Above 0.</param>
    public static double Log1mExpNegative(double x) =>
        x < 0.69314718055994531 ? Math.Log(-Expm1(-x)) : Log1p(-Math.Exp(-x));
}
