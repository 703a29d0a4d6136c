namespace GpuSampling.Numerics;

/// <summary>
/// The regularised incomplete beta function I_x(a, b), the cumulative distribution function of Beta(a, b), on the host in float64.
/// </summary>
/// <remarks>
/// The continued fraction DLMF 8.17.22, evaluated by the modified Lentz algorithm, on the side of the mean where it converges
/// in O(sqrt(max(a, b))) terms. Its prefactor is written as a deviance (Loader, "Fast and accurate computation of binomial
/// probabilities", 2000), so that nothing large cancels when a and b are in the millions, as effective sample sizes can be.
/// </remarks>
internal static class RegularizedIncompleteBeta
{
    private const double HalfLogTwoPi = 0.91893853320467274178;

    // Keeps Lentz's ratios away from a division by zero; far below any value that matters.
    private const double Tiny = 1e-300;

    /// <summary>The probability that a Beta(a, b) variate is at most <paramref name="x"/>.</summary>
    /// <param name="x">A point; values at or below 0 give 0, at or above 1 give 1.</param>
    /// <param name="a">First shape, positive and finite.</param>
    /// <param name="b">Second shape, positive and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">A shape is not positive and finite.</exception>
    public static double Evaluate(double x, double a, double b)
    {
        RequireShape(a, nameof(a));
        RequireShape(b, nameof(b));
        if (double.IsNaN(x))
        {
            return double.NaN;
        }

        if (x <= 0)
        {
            return 0;
        }

        if (x >= 1)
        {
            return 1;
        }

        double weight = Math.Exp(LogPower(x, a, b));
        return x <= (a + 1) / (a + b + 2)
            ? weight / (a * ContinuedFraction(x, a, b))
            : 1 - (weight / (b * ContinuedFraction(1 - x, b, a)));
    }

    /// <summary>The density of Beta(a, b) at <paramref name="x"/> in (0, 1).</summary>
    /// <param name="x">A point strictly between 0 and 1.</param>
    /// <param name="a">First shape, positive and finite.</param>
    /// <param name="b">Second shape, positive and finite.</param>
    public static double Density(double x, double a, double b) => Math.Exp(LogPower(x, a, b)) / (x * (1 - x));

    internal static void RequireShape(double shape, string name)
    {
        if (!(shape > 0) || double.IsInfinity(shape))
        {
            throw new ArgumentOutOfRangeException(name, shape, "A shape of the beta distribution must be positive and finite.");
        }
    }

    // log( x^a (1-x)^b / B(a, b) ). With gamma(z) = sqrt(2 pi / z) (z / e)^z e^remainder(z) the large powers collect into
    // a log(x (a+b) / a) + b log((1-x) (a+b) / b), and the linear parts of the two logarithms cancel exactly.
    private static double LogPower(double x, double a, double b)
    {
        double total = a + b;
        double excess = Math.FusedMultiplyAdd(x, total, -a);
        double deviance = (a * LogMinusDeviation(x * total / a, excess / a)) + (b * LogMinusDeviation((1 - x) * total / b, -excess / b));
        double remainders = StirlingRemainder(total) - StirlingRemainder(a) - StirlingRemainder(b);
        return deviance + remainders + (0.5 * Math.Log(a / total * b)) - HalfLogTwoPi;
    }

    // log(ratio) - u, where ratio = 1 + u; both are given because either alone loses digits, near 0 or near 1.
    private static double LogMinusDeviation(double ratio, double u)
    {
        if (Math.Abs(u) > 0.25)
        {
            return Math.Log(ratio) - u;
        }

        // With s = u / (2 + u), log(1 + u) = 2 artanh(s) and u = 2 s / (1 - s), whose difference is
        // -s u + 2 (s^3 / 3 + s^5 / 5 + ...).
        double s = u / (2 + u);
        double square = s * s;
        double power = s * square;
        double sum = 0;
        for (int odd = 3; odd < 60; odd += 2)
        {
            double term = power / odd;
            sum += term;
            if (Math.Abs(term) <= 1e-17 * Math.Abs(sum))
            {
                break;
            }

            power *= square;
        }

        return (2 * sum) - (s * u);
    }

    // log gamma(z) - ((z - 1/2) log z - z + log(2 pi) / 2): Stirling's series (DLMF 5.11.1), reached by recurrence for small z.
    private static double StirlingRemainder(double z)
    {
        double correction = 0;
        while (z < 12)
        {
            correction += ((z + 0.5) * (LogMinusDeviation((z + 1) / z, 1 / z) + (1 / z))) - 1;
            z++;
        }

        double inverseSquare = 1 / (z * z);
        double series = 1.0 / 156;
        series = (-691.0 / 360360) + (inverseSquare * series);
        series = (1.0 / 1188) + (inverseSquare * series);
        series = (-1.0 / 1680) + (inverseSquare * series);
        series = (1.0 / 1260) + (inverseSquare * series);
        series = (-1.0 / 360) + (inverseSquare * series);
        series = (1.0 / 12) + (inverseSquare * series);
        return (series / z) + correction;
    }

    // 1 + d_1 / (1 + d_2 / (1 + ...)), by the modified Lentz algorithm.
    private static double ContinuedFraction(double x, double a, double b)
    {
        double fraction = 1;
        double numeratorRatio = 1;
        double denominatorRatio = 0;
        for (double m = 0; m < 1e8; m++)
        {
            if (m > 0)
            {
                double even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
                denominatorRatio = 1 / AwayFromZero(1 + (even * denominatorRatio));
                numeratorRatio = AwayFromZero(1 + (even / numeratorRatio));
                fraction *= denominatorRatio * numeratorRatio;
            }

            double odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            denominatorRatio = 1 / AwayFromZero(1 + (odd * denominatorRatio));
            numeratorRatio = AwayFromZero(1 + (odd / numeratorRatio));
            double change = denominatorRatio * numeratorRatio;
            fraction *= change;
            if (Math.Abs(change - 1) < 4e-16)
            {
                break;
            }
        }

        return fraction;
    }

    private static double AwayFromZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;
}
