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
        double smaller = Math.Min(a, b);
        return larger == double.NegativeInfinity ? larger : larger + Softplus(smaller - larger);
    }

    /// <summary>
    /// log Γ(x) by Stirling's series, which is used from 8 on; below, Γ(x) = Γ(x + 8) / (x (x + 1) ⋯ (x + 7)).
    /// </summary>
    /// <param name="x">Above 0.</param>
    public static double LogGamma(double x)
    {
        double product = x * (x + 1) * (x + 2) * (x + 3) * (x + 4) * (x + 5) * (x + 6) * (x + 7);
        double logProduct = x < 8 ? Math.Log(product) : 0;
        double z = x < 8 ? x + 8 : x;
        double inverse = 1 / z;
        double square = inverse * inverse;

        // B_2k / (2k (2k − 1)) for k = 1 … 8; the next term is below 2e-16.
        double series = inverse * (1.0 / 12 + square * (-1.0 / 360 + square * (1.0 / 1260 + square * (-1.0 / 1680
            + square * (1.0 / 1188 + square * (-691.0 / 360360 + square * (1.0 / 156 + square * (-3617.0 / 122400))))))));
        return (z - 0.5) * Math.Log(z) - z + 0.91893853320467274 + series - logProduct;
    }

    /// <summary>log(1 − e^−x), exact near 0 and far from it.</summary>
    /// <param name="x">Above 0.</param>
    public static double Log1mExpNegative(double x) =>
        x < 0.69314718055994531 ? Math.Log(-Expm1(-x)) : Log1p(-Math.Exp(-x));
}
