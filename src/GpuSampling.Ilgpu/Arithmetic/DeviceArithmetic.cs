using GpuSampling.Kernels.Lanes;
using ILGPU.IR.Intrinsics;

namespace GpuSampling.Ilgpu.Arithmetic;

/// <summary>
/// What stands for <see cref="ScalarArithmetic"/> inside device code: the same methods, marked so that ILGPU asks
/// <see cref="PtxArithmetic"/> and <see cref="OpenClArithmetic"/> for the instructions of each call and leaves the calls alone
/// otherwise. It would re-associate and fold plain operators. The bodies say what the instructions compute; they never run.
/// </summary>
internal static class DeviceArithmetic
{
    [IntrinsicImplementation]
    public static float Add(float left, float right) => ScalarArithmetic.Add(left, right);

    [IntrinsicImplementation]
    public static float Subtract(float left, float right) => ScalarArithmetic.Subtract(left, right);

    [IntrinsicImplementation]
    public static float Multiply(float left, float right) => ScalarArithmetic.Multiply(left, right);

    [IntrinsicImplementation]
    public static float Divide(float left, float right) => ScalarArithmetic.Divide(left, right);

    [IntrinsicImplementation]
    public static float Negate(float value) => ScalarArithmetic.Negate(value);

    [IntrinsicImplementation]
    public static float FusedMultiplyAdd(float left, float right, float addend) => ScalarArithmetic.FusedMultiplyAdd(left, right, addend);

    [IntrinsicImplementation]
    public static float Sqrt(float value) => ScalarArithmetic.Sqrt(value);

    [IntrinsicImplementation]
    public static float Abs(float value) => ScalarArithmetic.Abs(value);

    [IntrinsicImplementation]
    public static float Floor(float value) => ScalarArithmetic.Floor(value);

    [IntrinsicImplementation]
    public static float RoundToEven(float value) => ScalarArithmetic.RoundToEven(value);

    [IntrinsicImplementation]
    public static float LessThan(float left, float right) => ScalarArithmetic.LessThan(left, right);

    [IntrinsicImplementation]
    public static float LessThanOrEqual(float left, float right) => ScalarArithmetic.LessThanOrEqual(left, right);

    [IntrinsicImplementation]
    public static float AreEqual(float left, float right) => ScalarArithmetic.AreEqual(left, right);

    [IntrinsicImplementation]
    public static float Select(float mask, float whenTrue, float whenFalse) => ScalarArithmetic.Select(mask, whenTrue, whenFalse);

    [IntrinsicImplementation]
    public static float And(float left, float right) => ScalarArithmetic.And(left, right);

    [IntrinsicImplementation]
    public static float Or(float left, float right) => ScalarArithmetic.Or(left, right);

    [IntrinsicImplementation]
    public static float Not(float mask) => ScalarArithmetic.Not(mask);

    [IntrinsicImplementation]
    public static bool IsTrue(float mask) => ScalarArithmetic.IsTrue(mask);

    [IntrinsicImplementation]
    public static uint ToBits(float value) => ScalarArithmetic.ToBits(value);

    [IntrinsicImplementation]
    public static float FromBits(uint bits) => ScalarArithmetic.FromBits(bits);

    [IntrinsicImplementation]
    public static float LessThan(uint left, uint right) => ScalarArithmetic.LessThan(left, right);

    [IntrinsicImplementation]
    public static float AreEqual(uint left, uint right) => ScalarArithmetic.AreEqual(left, right);

    [IntrinsicImplementation]
    public static ulong MultiplyWide(uint left, uint right) => ScalarArithmetic.MultiplyWide(left, right);

    [IntrinsicImplementation]
    public static double Add(double left, double right) => ScalarArithmetic.Add(left, right);

    [IntrinsicImplementation]
    public static double Subtract(double left, double right) => ScalarArithmetic.Subtract(left, right);

    [IntrinsicImplementation]
    public static double Multiply(double left, double right) => ScalarArithmetic.Multiply(left, right);

    [IntrinsicImplementation]
    public static double Divide(double left, double right) => ScalarArithmetic.Divide(left, right);

    [IntrinsicImplementation]
    public static double Negate(double value) => ScalarArithmetic.Negate(value);

    [IntrinsicImplementation]
    public static double FusedMultiplyAdd(double left, double right, double addend) => ScalarArithmetic.FusedMultiplyAdd(left, right, addend);

    [IntrinsicImplementation]
    public static double Sqrt(double value) => ScalarArithmetic.Sqrt(value);

    [IntrinsicImplementation]
    public static double Abs(double value) => ScalarArithmetic.Abs(value);

    [IntrinsicImplementation]
    public static double Floor(double value) => ScalarArithmetic.Floor(value);

    [IntrinsicImplementation]
    public static double RoundToEven(double value) => ScalarArithmetic.RoundToEven(value);

    [IntrinsicImplementation]
    public static double LessThan(double left, double right) => ScalarArithmetic.LessThan(left, right);

    [IntrinsicImplementation]
    public static double LessThanOrEqual(double left, double right) => ScalarArithmetic.LessThanOrEqual(left, right);

    [IntrinsicImplementation]
    public static double AreEqual(double left, double right) => ScalarArithmetic.AreEqual(left, right);

    [IntrinsicImplementation]
    public static double Select(double mask, double whenTrue, double whenFalse) => ScalarArithmetic.Select(mask, whenTrue, whenFalse);

    [IntrinsicImplementation]
    public static double And(double left, double right) => ScalarArithmetic.And(left, right);

    [IntrinsicImplementation]
    public static double Or(double left, double right) => ScalarArithmetic.Or(left, right);

    [IntrinsicImplementation]
    public static double Not(double mask) => ScalarArithmetic.Not(mask);

    [IntrinsicImplementation]
    public static bool IsTrue(double mask) => ScalarArithmetic.IsTrue(mask);

    [IntrinsicImplementation]
    public static ulong ToBits(double value) => ScalarArithmetic.ToBits(value);

    [IntrinsicImplementation]
    public static double FromBits(ulong bits) => ScalarArithmetic.FromBits(bits);

    [IntrinsicImplementation]
    public static double LessThan(ulong left, ulong right) => ScalarArithmetic.LessThan(left, right);

    [IntrinsicImplementation]
    public static double AreEqual(ulong left, ulong right) => ScalarArithmetic.AreEqual(left, right);
}
