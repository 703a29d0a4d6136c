using System.Numerics;

namespace GpuSampling.Kernels.Tests.Functions;

/// <summary>
/// The elementary functions by textbook series over <see cref="BinaryReal"/>, to at least 150 correct bits for every double in
/// the domain (see <see cref="ReferenceFunctionsTests"/>). Slow and obvious.
/// </summary>
public static partial class ReferenceFunctions
{
    private const int PiBits = 1600;

    /// <summary>⌊π·2^1600⌋ by Machin's formula 16·atan(1/5) − 4·atan(1/239), with guard bits.</summary>
    private static readonly BigInteger PiScaled = ((16 * ArcTangentOfInverse(5)) - (4 * ArcTangentOfInverse(239))) >> 64;

    public static readonly BinaryReal Pi = BinaryReal.FromScaledInteger(PiScaled, -PiBits);

    /// <summary>18·artanh(1/26) − 2·artanh(1/4801) + 8·artanh(1/8749).</summary>
    public static readonly BinaryReal Ln2 =
        (18 * InverseHyperbolicTangentOfInverse(26)) - (2 * InverseHyperbolicTangentOfInverse(4801)) + (8 * InverseHyperbolicTangentOfInverse(8749));

    public static BinaryReal Exp(BinaryReal x)
    {
        if (x.IsZero)
        {
            return 1;
        }

        int k = (int)(x / Ln2).Round();
        BinaryReal r = (x - (k * Ln2)).Scale(-10);
        BinaryReal sum = 1, term = 1;
        for (int n = 1; n < 60 && !term.IsZero; n++)
        {
            term = term * r / n;
            sum += term;
        }

        for (int i = 0; i < 10; i++)
        {
            sum *= sum;
        }

        return sum.Scale(k);
    }

    public static BinaryReal Expm1(BinaryReal x)
    {
        if (x.IsZero || x.BinaryExponent > -60)
        {
            return Exp(x) - 1;
        }

        BinaryReal sum = 0, term = 1;
        for (int n = 1; n < 10; n++)
        {
            term = term * x / n;
            sum += term;
        }

        return sum;
    }

    /// <summary>log x for x &gt; 0: a double-precision start and the series of log(1 + d) for what is left.</summary>
    public static BinaryReal Log(BinaryReal x)
    {
        int k = x.BinaryExponent;
        BinaryReal mantissa = x.Scale(-k);
        double start = Math.Log(mantissa.ToDouble());
        BinaryReal d = (mantissa * Exp(-start)) - 1;
        return (k * Ln2) + start + LogSeries(d);
    }

    public static BinaryReal Log1p(BinaryReal x) => x.IsZero ? 0 : x.BinaryExponent < -45 ? LogSeries(x) : Log(1 + x);

    public static BinaryReal Logistic(BinaryReal x) => 1 / (1 + Exp(-x));

    public static BinaryReal Softplus(BinaryReal x) => x.Sign > 0 ? x + Log1p(Exp(-x)) : Log1p(Exp(x));

    public static BinaryReal Sinh(BinaryReal x)
    {
        if (x.Sign < 0)
        {
            return -Sinh(-x);
        }

        BinaryReal e = Expm1(x);
        return (e + (e / (1 + e))).Scale(-1);
    }

    public static BinaryReal Cosh(BinaryReal x) => (Exp(x) + Exp(-x)).Scale(-1);

    public static BinaryReal Tanh(BinaryReal x)
    {
        if (x.Sign < 0)
        {
            return -Tanh(-x);
        }

        BinaryReal e = Expm1(-x.Scale(1));
        return -e / (2 + e);
    }

    public static BinaryReal Sin(double x) => Quadrant(x, 0);

    public static BinaryReal Cos(double x) => Quadrant(x, 1);

    public static BinaryReal SinPi(double x) => QuadrantOfPi(x, 0);

    public static BinaryReal CosPi(double x) => QuadrantOfPi(x, 1);

    public static BinaryReal Atan(BinaryReal x)
    {
        if (x.IsZero)
        {
            return 0;
        }

        double start = Math.Atan(x.ToDouble());
        BinaryReal s = SinSeries(start, 0), c = SinSeries(start, 1);
        BinaryReal d = ((x * c) - s) / (c + (x * s));
        BinaryReal square = d * d, sum = 0, power = d;
        for (int n = 1; n < 25 && !power.IsZero; n += 2)
        {
            sum += (n % 4 == 1 ? 1 : -1) * power / n;
            power *= square;
        }

        return start + sum;
    }

    /// <summary>erf x = 2/√π·e^(−x²)·Σ 2ⁿ·x^(2n+1)/(2n+1)!! (DLMF 7.6.2): no cancellation.</summary>
    public static BinaryReal Erf(BinaryReal x)
    {
        if (x.Sign < 0)
        {
            return -Erf(-x);
        }

        if (x > 15)
        {
            return 1 - Erfc(x);
        }

        BinaryReal square = x * x, sum = x, term = x;
        for (int n = 1; n < 3000 && !term.IsZero; n++)
        {
            term = term * square.Scale(1) / ((2 * n) + 1);
            sum += term;
            if (term.IsZero || term.BinaryExponent < sum.BinaryExponent - BinaryReal.Precision)
            {
                break;
            }
        }

        return Exp(-square) * sum * 2 / Pi.Sqrt();
    }

    /// <summary>erfc x: 1 − erf x below 6, the continued fraction DLMF 7.9.1 above.</summary>
    public static BinaryReal Erfc(BinaryReal x)
    {
        if (x < 6)
        {
            return 1 - Erf(x);
        }

        return Exp(-(x * x)) * ScaledErfcOfLarge(x);
    }

    /// <summary>e^(x²)·erfc x.</summary>
    public static BinaryReal ScaledErfc(BinaryReal x) => x < 6 ? Exp(x * x) * Erfc(x) : ScaledErfcOfLarge(x);

    public static BinaryReal NormalCdf(BinaryReal x) => Erfc(-x / ((BinaryReal)2).Sqrt()).Scale(-1);

    public static BinaryReal LogNormalCdf(BinaryReal x)
    {
        BinaryReal z = -x / ((BinaryReal)2).Sqrt();
        if (z > 6)
        {
            return Log(ScaledErfcOfLarge(z).Scale(-1)) - (z * z);
        }

        return z < -1 ? Log1p(-Erfc(-z).Scale(-1)) : Log(Erfc(z).Scale(-1));
    }

    /// <summary>
    /// Φ⁻¹(p), by two steps of Newton's method on log Φ from any start near enough: the number under test serves. (Its error e
    /// shrinks to about e⁴·x⁶, far below what is judged; a start that is not near gives a value far from the start.)
    /// </summary>
    public static BinaryReal InverseNormalCdf(double p, double start)
    {
        if (p > 0.5)
        {
            // 1 − p is exact.
            return -InverseNormalCdf(1 - p, -start);
        }

        BinaryReal x = start, logarithm = Log(p), root2 = ((BinaryReal)2).Sqrt();
        for (int i = 0; i < 2; i++)
        {
            // Φ/φ = √(π/2)·e^(½x²)·erfc(−x/√2)
            x -= (LogNormalCdf(x) - logarithm) * ScaledErfc(-x / root2) * Pi.Scale(-1).Sqrt();
        }

        return x;
    }

    public static BinaryReal Pow(double x, double y) => Exp(y * Log(x));

    private static BinaryReal LogSeries(BinaryReal d)
    {
        BinaryReal sum = 0, power = d;
        for (int n = 1; n < 12 && !power.IsZero; n++)
        {
            sum += (n % 2 == 1 ? power : -power) / n;
            power *= d;
        }

        return sum;
    }

    /// <summary>√π·x·e^(x²)·erfc x = 1/(1 + (1/2x²)/(1 + (2/2x²)/(1 + …))).</summary>
    private static BinaryReal ScaledErfcOfLarge(BinaryReal x)
    {
        BinaryReal z = 1 / (x * x).Scale(1), value = 1;
        for (int n = 200; n >= 1; n--)
        {
            value = 1 + (n * z / value);
        }

        return 1 / (x * Pi.Sqrt() * value);
    }

    /// <summary>sin(x + quarters·π/2), reduced exactly enough for the largest double.</summary>
    private static BinaryReal Quadrant(double x, int quarters)
    {
        // x = n·π/2 + r in integers scaled by 2^1600: the error of π times n is below 2^(1024 − 1600).
        long bits = BitConverter.DoubleToInt64Bits(Math.Abs(x));
        int field = (int)(bits >> 52);
        BigInteger significand = field == 0 ? bits : (bits & 0xFFFFFFFFFFFFF) | (1L << 52);
        int exponent = (field == 0 ? 1 : field) - 1075;
        if (exponent + PiBits < 0)
        {
            return quarters == 0 ? x : SinSeries(x, 1);
        }

        BigInteger scaled = significand << (exponent + PiBits);
        BigInteger halfPi = PiScaled >> 1;
        BigInteger n = ((2 * scaled) + halfPi) / (2 * halfPi);
        BinaryReal remainder = BinaryReal.FromScaledInteger(scaled - (n * halfPi), -PiBits);
        if (x < 0)
        {
            remainder = -remainder;
            n = -n;
        }

        return SinSeries(remainder, (int)(((n + quarters) % 4) + 4) % 4);
    }

    private static BinaryReal QuadrantOfPi(double x, int quarters)
    {
        double rest = Math.IEEERemainder(x, 2);
        int n = (int)Math.Round(2 * rest);
        return SinSeries((rest - (0.5 * n)) * Pi, (n + quarters + 4) % 4);
    }

    private static BinaryReal SinSeries(BinaryReal r, int quarters)
    {
        BinaryReal square = r * r, term = quarters % 2 == 0 ? r : 1, sum = term;
        for (int n = quarters % 2 == 0 ? 2 : 1; n < 140 && !term.IsZero; n += 2)
        {
            term = -term * square / (n * (n + 1));
            sum += term;
        }

        return quarters >= 2 ? -sum : sum;
    }

    private static BigInteger ArcTangentOfInverse(int n)
    {
        BigInteger power = (BigInteger.One << (PiBits + 64)) / n, sum = power;
        for (int k = 3; !power.IsZero; k += 2)
        {
            power /= -n * n;
            sum += power / k;
        }

        return sum;
    }

    private static BinaryReal InverseHyperbolicTangentOfInverse(int n)
    {
        BinaryReal power = (BinaryReal)1 / n, sum = power;
        for (int k = 3; k < 120; k += 2)
        {
            power = power / n / n;
            sum += power / k;
        }

        return sum;
    }
}
