using System.Globalization;
using System.Numerics;

namespace GpuSampling.Kernels.Tests.Functions;

/// <summary>
/// A real number significand·2^exponent, rounded to 256 bits after every operation: the arithmetic under the reference functions.
/// Built on integers only, so that it shares nothing with the code it judges.
/// </summary>
public readonly struct BinaryReal
{
    /// <summary>The number of bits kept.</summary>
    public const int Precision = 256;

    private readonly BigInteger significand;
    private readonly int exponent;

    private BinaryReal(BigInteger integer, int power)
    {
        int excess = checked((int)integer.GetBitLength()) - Precision;
        if (excess > 0)
        {
            // Half up: a reference needs many correct bits, not the last one.
            integer = ((integer >> (excess - 1)) + BigInteger.One) >> 1;
            power += excess;
        }

        significand = integer;
        exponent = integer.IsZero ? 0 : power;
    }

    public static BinaryReal Zero => new(BigInteger.Zero, 0);

    public static BinaryReal One => new(BigInteger.One, 0);

    public bool IsZero => significand.IsZero;

    public int Sign => significand.Sign;

    /// <summary>⌊log2 |value|⌋; the value must not be 0.</summary>
    public int BinaryExponent => checked((int)BigInteger.Abs(significand).GetBitLength() - 1 + exponent);

    public static BinaryReal FromScaledInteger(BigInteger integer, int power) => new(integer, power);

    public static implicit operator BinaryReal(int value) => new(value, 0);

    /// <summary>The exact value of a finite double.</summary>
    public static implicit operator BinaryReal(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "must be finite");
        }

        long bits = BitConverter.DoubleToInt64Bits(value);
        int field = (int)((bits >> 52) & 0x7FF);
        long fraction = bits & 0xFFFFFFFFFFFFF;
        BigInteger integer = field == 0 ? fraction : fraction | (1L << 52);
        return new(bits < 0 ? -integer : integer, (field == 0 ? 1 : field) - 1075);
    }

    public static BinaryReal operator -(BinaryReal value) => new(-value.significand, value.exponent);

    public static BinaryReal operator +(BinaryReal left, BinaryReal right)
    {
        if (left.IsZero)
        {
            return right;
        }

        if (right.IsZero)
        {
            return left;
        }

        // A term far below the last kept bit only matters for ties, which no test depends on.
        if (left.BinaryExponent - right.BinaryExponent > (2 * Precision) + 8)
        {
            return left;
        }

        if (right.BinaryExponent - left.BinaryExponent > (2 * Precision) + 8)
        {
            return right;
        }

        int lower = Math.Min(left.exponent, right.exponent);
        return new((left.significand << (left.exponent - lower)) + (right.significand << (right.exponent - lower)), lower);
    }

    public static BinaryReal operator -(BinaryReal left, BinaryReal right) => left + (-right);

    public static BinaryReal operator *(BinaryReal left, BinaryReal right) =>
        new(left.significand * right.significand, left.exponent + right.exponent);

    public static BinaryReal operator /(BinaryReal left, BinaryReal right)
    {
        int shift = Precision + 8 + (int)right.significand.GetBitLength() - (int)left.significand.GetBitLength();
        shift = Math.Max(shift, 0);
        return new((left.significand << shift) / right.significand, left.exponent - right.exponent - shift);
    }

    public static bool operator <(BinaryReal left, BinaryReal right) => (left - right).Sign < 0;

    public static bool operator >(BinaryReal left, BinaryReal right) => (left - right).Sign > 0;

    /// <summary>value·2^count.</summary>
    public BinaryReal Scale(int count) => new(significand, exponent + count);

    public BinaryReal Abs() => new(BigInteger.Abs(significand), exponent);

    /// <summary>The square root, by integer Newton iteration.</summary>
    public BinaryReal Sqrt()
    {
        if (IsZero)
        {
            return Zero;
        }

        int shift = (2 * Precision) + 16 - (int)significand.GetBitLength();
        shift = Math.Max(shift, 0);
        shift += (exponent - shift) & 1;
        BigInteger radicand = significand << shift;
        BigInteger root = BigInteger.One << (((int)radicand.GetBitLength() + 1) / 2);
        while (true)
        {
            BigInteger next = (root + (radicand / root)) >> 1;
            if (next >= root)
            {
                return new(root, (exponent - shift) / 2);
            }

            root = next;
        }
    }

    /// <summary>The nearest integer (half up).</summary>
    public BigInteger Round()
    {
        if (exponent >= 0)
        {
            return significand << exponent;
        }

        return ((significand >> (-exponent - 1)) + BigInteger.One) >> 1;
    }

    /// <summary>The nearest double; infinite beyond the range.</summary>
    public double ToDouble()
    {
        if (IsZero)
        {
            return 0;
        }

        int bits = Math.Min(53, BinaryExponent + 1074 + 1);
        if (bits < 0)
        {
            return Sign * 0.0;
        }

        BigInteger magnitude = BigInteger.Abs(significand);
        int drop = (int)magnitude.GetBitLength() - bits;
        int power = exponent;
        if (drop > 0)
        {
            BigInteger kept = magnitude >> drop;
            BigInteger rest = magnitude - (kept << drop);
            BigInteger half = BigInteger.One << (drop - 1);
            magnitude = rest > half || (rest == half && !kept.IsEven) ? kept + BigInteger.One : kept;
            power += drop;
        }

        return Sign * Math.ScaleB((double)magnitude, power);
    }

    public override string ToString() => ToDouble().ToString("R", CultureInfo.InvariantCulture);
}
