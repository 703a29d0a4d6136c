using GpuSampling.Kernels.Functions;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.DualNumbers;

/// <summary>System.Math for dual numbers, and for integers as it is.</summary>
public static class DualMath
{
    public const double PI = Math.PI;
    public const double E = Math.E;

    public static Dual Exp(Dual x) => Dual.Chain(Math.Exp(x.Value), Math.Exp(x.Value), x);

    public static Dual Log(Dual x) => Dual.Chain(Math.Log(x.Value), 1 / x.Value, x);

    public static Dual Log(Dual x, Dual b) => Log(x) / Log(b);

    public static Dual Clamp(Dual x, Dual lower, Dual upper) => x.Value < lower.Value ? lower : x.Value > upper.Value ? upper : x;

    public static int Clamp(int x, int lower, int upper) => Math.Clamp(x, lower, upper);

    public static Dual Log2(Dual x) => Log(x) / Math.Log(2);

    public static Dual Log10(Dual x) => Log(x) / Math.Log(10);

    public static Dual Sqrt(Dual x) => Dual.Chain(Math.Sqrt(x.Value), 0.5 / Math.Sqrt(x.Value), x);

    public static Dual Abs(Dual x) => x.Value < 0 ? -x : x;

    public static int Abs(int x) => Math.Abs(x);

    public static Dual Min(Dual a, Dual b) => double.IsNaN(a.Value) || a.Value < b.Value ? a : b;

    public static int Min(int a, int b) => Math.Min(a, b);

    public static Dual Max(Dual a, Dual b) => double.IsNaN(a.Value) || a.Value > b.Value ? a : b;

    public static int Max(int a, int b) => Math.Max(a, b);

    public static Dual Floor(Dual x) => Math.Floor(x.Value);

    public static Dual Ceiling(Dual x) => Math.Ceiling(x.Value);

    public static Dual Sin(Dual x) => Dual.Chain(Math.Sin(x.Value), Math.Cos(x.Value), x);

    public static Dual Cos(Dual x) => Dual.Chain(Math.Cos(x.Value), -Math.Sin(x.Value), x);

    public static Dual Tan(Dual x) => Sin(x) / Cos(x);

    public static Dual Atan(Dual x) => Dual.Chain(Math.Atan(x.Value), 1 / (1 + (x.Value * x.Value)), x);

    public static Dual Sinh(Dual x) => Dual.Chain(Math.Sinh(x.Value), Math.Cosh(x.Value), x);

    public static Dual Cosh(Dual x) => Dual.Chain(Math.Cosh(x.Value), Math.Sinh(x.Value), x);

    public static Dual Tanh(Dual x) => Dual.Chain(Math.Tanh(x.Value), 1 / (Math.Cosh(x.Value) * Math.Cosh(x.Value)), x);

    public static Dual FusedMultiplyAdd(Dual a, Dual b, Dual c) => (a * b) + c;

    public static Dual Pow(Dual x, Dual p)
    {
        double value = Math.Pow(x.Value, p.Value);
        double derivative = x.Derivative == 0 ? 0 : p.Value * Math.Pow(x.Value, p.Value - 1) * x.Derivative;
        return new Dual(value, derivative + (p.Derivative == 0 ? 0 : value * Math.Log(x.Value) * p.Derivative));
    }
}

/// <summary>GpuSampling.Modeling.Special for dual numbers; values by System.Math where it has them.</summary>
public static partial class DualIntrinsics
{
    public static Dual Log1p(Dual x) => Dual.Chain(Math.Abs(x.Value) < 1e-4 ? LogSeries(x.Value) : Math.Log(1 + x.Value), 1 / (1 + x.Value), x);

    public static Dual Expm1(Dual x) => Dual.Chain(
        Math.Abs(x.Value) < 1e-3 ? x.Value * (1 + (x.Value / 2 * (1 + (x.Value / 3 * (1 + (x.Value / 4 * (1 + (x.Value / 5)))))))) : Math.Exp(x.Value) - 1,
        Math.Exp(x.Value), x);

    /// <summary>Value by the kernels' function, which has tests of its own; the derivative is φ(x) / Φ(x).</summary>
    public static Dual LogNormalCdf(Dual x)
    {
        double value = Elementary.LogNormalCdf(new Float64(x.Value)).Value;
        return Dual.Chain(value, Math.Exp((-0.5 * x.Value * x.Value) - (0.5 * Math.Log(2 * Math.PI)) - value), x);
    }

    public static Dual WithoutGradient(Dual x) => x.Value;

    public static Dual Logistic(Dual x)
    {
        double e = Math.Exp(-Math.Abs(x.Value));
        double value = x.Value >= 0 ? 1 / (1 + e) : e / (1 + e);
        return Dual.Chain(value, e / ((1 + e) * (1 + e)), x);
    }

    public static Dual Softplus(Dual x) => Dual.Chain(
        Math.Max(x.Value, 0) + Log1p(Math.Exp(-Math.Abs(x.Value))).Value, Logistic(x.Value).Value, x);

    private static double LogSeries(double x) => x * (1 - (x * (0.5 - (x * ((1.0 / 3) - (x * (0.25 - (x * (0.2 - (x / 6))))))))));
}
