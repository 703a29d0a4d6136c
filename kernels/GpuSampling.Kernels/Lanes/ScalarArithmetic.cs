using System.Runtime.CompilerServices;

namespace GpuSampling.Kernels.Lanes;

/// <summary>
/// The operations on single numbers under the scalar lane types. On .NET they are the plain IEEE operations, which the runtime
/// never contracts or re-associates; a GPU engine replaces each by instructions of stated rounding (<c>add.rn</c>,
/// <c>fma.rn</c>, …), because device compilers may otherwise fuse them, re-order them, or treat NaN differently.
/// </summary>
/// <remarks>
/// A mask is the number 1 (true) or 0 (false). Comparisons and selections live here too, and not as C# conditionals, so that no
/// device compiler sees a branch or inverts a comparison of NaN.
/// </remarks>
#pragma warning disable RS0030 // the one place where kernels reach the runtime's own arithmetic
public static class ScalarArithmetic
{
    /// <summary>left + right.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Add(float left, float right) => left + right;

    /// <summary>left − right.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Subtract(float left, float right) => left - right;

    /// <summary>left · right.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Multiply(float left, float right) => left * right;

    /// <summary>left / right.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Divide(float left, float right) => left / right;

    /// <summary>−value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Negate(float value) => -value;

    /// <summary>left · right + addend, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float FusedMultiplyAdd(float left, float right, float addend) => MathF.FusedMultiplyAdd(left, right, addend);

    /// <summary>The square root.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sqrt(float value) => MathF.Sqrt(value);

    /// <summary>The absolute value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Abs(float value) => MathF.Abs(value);

    /// <summary>The largest integer not above the value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Floor(float value) => MathF.Floor(value);

    /// <summary>The nearest integer, ties to even.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float RoundToEven(float value) => MathF.Round(value);

    /// <summary>left &lt; right.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float LessThan(float left, float right) => left < right ? 1 : 0;

    /// <summary>left ≤ right.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float LessThanOrEqual(float left, float right) => left <= right ? 1 : 0;

    /// <summary>left = right.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float AreEqual(float left, float right) => left == right ? 1 : 0;

    /// <summary>mask ? whenTrue : whenFalse.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Select(float mask, float whenTrue, float whenFalse) => mask != 0 ? whenTrue : whenFalse;

    /// <summary>left and right, both masks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float And(float left, float right) => left != 0 ? right : left;

    /// <summary>left or right, both masks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Or(float left, float right) => left != 0 ? left : right;

    /// <summary>not mask.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Not(float mask) => mask != 0 ? 0 : 1;

    /// <summary>The truth value of a mask.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsTrue(float mask) => mask != 0;

    /// <summary>The bits of a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint ToBits(float value) => unchecked((uint)BitConverter.SingleToInt32Bits(value));

    /// <summary>The number with these bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float FromBits(uint bits) => BitConverter.Int32BitsToSingle(unchecked((int)bits));

    /// <summary>left &lt; right, unsigned, as a mask.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float LessThan(uint left, uint right) => left < right ? 1 : 0;

    /// <summary>left = right, as a mask.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float AreEqual(uint left, uint right) => left == right ? 1 : 0;

    /// <summary>left · right, all 64 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong MultiplyWide(uint left, uint right) => (ulong)left * right;

    /// <summary>left + right.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Add(double left, double right) => left + right;

    /// <summary>left − right.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Subtract(double left, double right) => left - right;

    /// <summary>left · right.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Multiply(double left, double right) => left * right;

    /// <summary>left / right.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Divide(double left, double right) => left / right;

    /// <summary>−value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Negate(double value) => -value;

    /// <summary>left · right + addend, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double FusedMultiplyAdd(double left, double right, double addend) => Math.FusedMultiplyAdd(left, right, addend);

    /// <summary>The square root.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sqrt(double value) => Math.Sqrt(value);

    /// <summary>The absolute value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Abs(double value) => Math.Abs(value);

    /// <summary>The largest integer not above the value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Floor(double value) => Math.Floor(value);

    /// <summary>The nearest integer, ties to even.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double RoundToEven(double value) => Math.Round(value);

    /// <summary>left &lt; right.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double LessThan(double left, double right) => left < right ? 1 : 0;

    /// <summary>left ≤ right.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double LessThanOrEqual(double left, double right) => left <= right ? 1 : 0;

    /// <summary>left = right.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double AreEqual(double left, double right) => left == right ? 1 : 0;

    /// <summary>mask ? whenTrue : whenFalse.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Select(double mask, double whenTrue, double whenFalse) => mask != 0 ? whenTrue : whenFalse;

    /// <summary>left and right, both masks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double And(double left, double right) => left != 0 ? right : left;

    /// <summary>left or right, both masks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Or(double left, double right) => left != 0 ? left : right;

    /// <summary>not mask.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Not(double mask) => mask != 0 ? 0 : 1;

    /// <summary>The truth value of a mask.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsTrue(double mask) => mask != 0;

    /// <summary>The bits of a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong ToBits(double value) => unchecked((ulong)BitConverter.DoubleToInt64Bits(value));

    /// <summary>The number with these bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double FromBits(ulong bits) => BitConverter.Int64BitsToDouble(unchecked((long)bits));

    /// <summary>left &lt; right, unsigned, as a mask.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double LessThan(ulong left, ulong right) => left < right ? 1 : 0;

    /// <summary>left = right, as a mask.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double AreEqual(ulong left, ulong right) => left == right ? 1 : 0;
}
