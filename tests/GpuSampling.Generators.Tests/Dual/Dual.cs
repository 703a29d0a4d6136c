using System.Diagnostics.CodeAnalysis;

namespace GpuSampling.DualNumbers;

/// <summary>
/// A number with its derivative along one direction: forward-mode differentiation, the slow and obvious oracle. Models are
/// compiled a second time with this type in place of double.
/// </summary>
[SuppressMessage("Usage", "CA2231:Overload operator equals", Justification = "Numbers are compared by value as doubles are.")]
public readonly struct Dual(double value, double derivative = 0)
{
    public double Value { get; } = value;

    public double Derivative { get; } = derivative;

    public static readonly double NegativeInfinity = double.NegativeInfinity;

    public static readonly double PositiveInfinity = double.PositiveInfinity;

    public static readonly double NaN = double.NaN;

    public static implicit operator Dual(double value) => new(value);

    public static implicit operator Dual(int value) => new(value);

    public static Dual operator +(Dual a, Dual b) => new(a.Value + b.Value, a.Derivative + b.Derivative);

    public static Dual operator -(Dual a, Dual b) => new(a.Value - b.Value, a.Derivative - b.Derivative);

    public static Dual operator -(Dual a) => new(-a.Value, -a.Derivative);

    public static Dual operator +(Dual a) => a;

    public static Dual operator ++(Dual a) => a + 1;

    public static Dual operator --(Dual a) => a - 1;

    public static Dual operator *(Dual a, Dual b) => new(a.Value * b.Value, Times(a.Derivative, b.Value) + Times(a.Value, b.Derivative));

    public static Dual operator /(Dual a, Dual b)
    {
        double quotient = a.Value / b.Value;
        return new(quotient, (a.Derivative - Times(quotient, b.Derivative)) / b.Value);
    }

    public static Dual operator %(Dual a, Dual b) => new(a.Value % b.Value, a.Derivative - (Math.Truncate(a.Value / b.Value) * b.Derivative));

    public static bool operator <(Dual a, Dual b) => a.Value < b.Value;

    public static bool operator >(Dual a, Dual b) => a.Value > b.Value;

    public static bool operator <=(Dual a, Dual b) => a.Value <= b.Value;

    public static bool operator >=(Dual a, Dual b) => a.Value >= b.Value;

    public static bool operator ==(Dual a, Dual b) => a.Value == b.Value;

    public static bool operator !=(Dual a, Dual b) => a.Value != b.Value;

    public override bool Equals(object? obj) => obj is Dual other && Value.Equals(other.Value) && Derivative.Equals(other.Derivative);

    public override int GetHashCode() => HashCode.Combine(Value, Derivative);

    public override string ToString() => $"{Value} + {Derivative} ε";

    public static bool IsNaN(Dual x) => double.IsNaN(x.Value);

    /// <summary>f(x) and its derivative; a derivative of 0 stays 0 where f' is infinite.</summary>
    public static Dual Chain(double value, double slope, Dual x) => new(value, Times(slope, x.Derivative));

    // What does not depend on the direction contributes nothing, whatever its factor.
    private static double Times(double a, double b) => a == 0 || b == 0 ? 0 : a * b;
}
