using System.Numerics;

namespace GpuSampling.Kernels.Tests.Functions;

/// <summary>Log gamma and digamma by their asymptotic series with Bernoulli numbers, after shifting the argument.</summary>
public static partial class ReferenceFunctions
{
    private static readonly BinaryReal[] Bernoulli = BernoulliNumbers(60);

    /// <summary>log |Γ(x)|: Stirling's series (DLMF 5.11.1) after raising the argument above 60, reflection below ½.</summary>
    public static BinaryReal LogGamma(double value)
    {
        if (value is 1 or 2)
        {
            return 0;
        }

        BinaryReal x = value;
        if (value < 0.5)
        {
            // Γ(x)·Γ(1 − x) = π / sin(π·x)
            return Log(Pi / SinPi(value).Abs()) - LogGammaOfPositive(1 - x);
        }

        return LogGammaOfPositive(x);
    }

    /// <summary>ψ(x): the asymptotic series (DLMF 5.11.2) after raising the argument above 60, reflection below ½.</summary>
    public static BinaryReal Digamma(double value)
    {
        BinaryReal x = value;
        if (value < 0.5)
        {
            return DigammaOfPositive(1 - x) - (Pi * CosPi(value) / SinPi(value));
        }

        return DigammaOfPositive(x);
    }

    private static BinaryReal LogGammaOfPositive(BinaryReal x)
    {
        BinaryReal product = 1;
        while (x < 60)
        {
            product *= x;
            x += 1;
        }

        BinaryReal sum = ((x - ((BinaryReal)1).Scale(-1)) * Log(x)) - x + Log(Pi.Scale(1)).Scale(-1);
        BinaryReal power = 1 / x, inverseSquare = power * power;
        for (int n = 1; n < Bernoulli.Length; n++)
        {
            sum += Bernoulli[n] * power / (2 * n * ((2 * n) - 1));
            power *= inverseSquare;
        }

        return sum - Log(product);
    }

    private static BinaryReal DigammaOfPositive(BinaryReal x)
    {
        BinaryReal below = 0;
        while (x < 60)
        {
            below += 1 / x;
            x += 1;
        }

        BinaryReal inverse = 1 / x, inverseSquare = inverse * inverse, power = inverseSquare;
        BinaryReal sum = Log(x) - inverse.Scale(-1);
        for (int n = 1; n < Bernoulli.Length; n++)
        {
            sum -= Bernoulli[n] * power / (2 * n);
            power *= inverseSquare;
        }

        return sum - below;
    }

    /// <summary>B₀, B₂, B₄, … by the recurrence Σ C(m + 1, k)·B_k = 0, in exact fractions.</summary>
    private static BinaryReal[] BernoulliNumbers(int count)
    {
        int last = 2 * count;
        var numerators = new BigInteger[last + 1];
        var denominators = new BigInteger[last + 1];
        var even = new BinaryReal[count];
        for (int m = 0; m <= last; m++)
        {
            BigInteger numerator = m == 0 ? 1 : 0, denominator = 1, binomial = 1;
            for (int k = 0; k < m; k++)
            {
                numerator = (numerator * denominators[k]) - (binomial * numerators[k] * denominator);
                denominator *= denominators[k];
                binomial = binomial * (m + 1 - k) / (k + 1);
                BigInteger divisor = BigInteger.GreatestCommonDivisor(numerator, denominator);
                numerator /= divisor;
                denominator /= divisor;
            }

            denominator *= m == 0 ? 1 : m + 1;
            numerators[m] = numerator;
            denominators[m] = denominator;
            if (m % 2 == 0 && m / 2 < count)
            {
                even[m / 2] = BinaryReal.FromScaledInteger(numerator, 0) / BinaryReal.FromScaledInteger(denominator, 0);
            }
        }

        return even;
    }
}
