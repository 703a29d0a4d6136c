using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Functions;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Tests.Functions;

public readonly struct SineOfPi : IElementaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Apply<T>(T x)
        where T : struct, IReal<T> => Elementary.SinCosPi(x).Sine;

    public static BinaryReal Reference(double x) => ReferenceFunctions.SinPi(x);

    public static void FastReference(ReadOnlySpan<double> x, Span<double> values)
    {
        for (int i = 0; i < x.Length; i++)
        {
            values[i] = HostReference.SinPi(x[i]);
        }
    }
}

public sealed class SineOfPiTests() : ElementaryFunctionTests<SineOfPi>(new(SingleBound: 1.5, DoubleBound: 1.5)
{
    Intervals = [(-1, 1), (-100, 100), (-1e10, 1e10), (0, 1e300)],
    Breakpoints = [0.25, -0.25, 0.5, 0.75, 1, 1.25, -1, 1.75, 2, 2.25, 4194304, 8388608, 16777216, 2251799813685248],
    SpecialValues =
    [
        (0, 0), (0.5, 1), (-0.5, -1), (1.5, -1), (2.5, 1), (double.PositiveInfinity, double.NaN), (double.NegativeInfinity, double.NaN), (double.NaN, double.NaN),
    ],
});

public readonly struct CosineOfPi : IElementaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Apply<T>(T x)
        where T : struct, IReal<T> => Elementary.SinCosPi(x).Cosine;

    public static BinaryReal Reference(double x) => ReferenceFunctions.CosPi(x);

    public static void FastReference(ReadOnlySpan<double> x, Span<double> values)
    {
        for (int i = 0; i < x.Length; i++)
        {
            values[i] = HostReference.CosPi(x[i]);
        }
    }
}

public sealed class CosineOfPiTests() : ElementaryFunctionTests<CosineOfPi>(new(SingleBound: 1.5, DoubleBound: 1.5)
{
    Intervals = [(-1, 1), (-100, 100), (-1e10, 1e10), (0, 1e300)],
    Breakpoints = [0.25, -0.25, 0.5, 0.75, 1, 1.25, -1, 1.75, 2, 2.25, 4194304, 8388608, 16777216, 2251799813685248],
    SpecialValues =
    [
        (0, 1), (-0.0, 1), (double.Epsilon, 1), (1, -1), (-1, -1), (2, 1), (3, -1), (1e20, 1), (double.PositiveInfinity, double.NaN), (double.NegativeInfinity, double.NaN), (double.NaN, double.NaN),
    ],
});

public readonly struct Sine : IElementaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Apply<T>(T x)
        where T : struct, IReal<T> => Elementary.Sin(x);

    public static BinaryReal Reference(double x) => ReferenceFunctions.Sin(x);

    public static void FastReference(ReadOnlySpan<double> x, Span<double> values)
    {
        for (int i = 0; i < x.Length; i++)
        {
            values[i] = Math.Sin(x[i]);
        }
    }
}

public sealed class SineTests() : ElementaryFunctionTests<Sine>(new(SingleBound: 2, DoubleBound: 2)
{
    Intervals = [(-1, 1), (-100, 100), (-131072, 131072), (-2e9, 2e9), (0, double.MaxValue), (-double.MaxValue, -1e10)],
    Breakpoints = [0.7853981633974483, 1.5707963267948966, 3.1415926535897931, 4.71238898038469, 131072, 2147483648, 1e10, 1e22, 6381956970095103, 16367173e9],
    SpecialValues =
    [
        (0, 0), (double.PositiveInfinity, double.NaN), (double.NegativeInfinity, double.NaN), (double.NaN, double.NaN),
    ],
});

public readonly struct Cosine : IElementaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Apply<T>(T x)
        where T : struct, IReal<T> => Elementary.Cos(x);

    public static BinaryReal Reference(double x) => ReferenceFunctions.Cos(x);

    public static void FastReference(ReadOnlySpan<double> x, Span<double> values)
    {
        for (int i = 0; i < x.Length; i++)
        {
            values[i] = Math.Cos(x[i]);
        }
    }
}

public sealed class CosineTests() : ElementaryFunctionTests<Cosine>(new(SingleBound: 2, DoubleBound: 2)
{
    Intervals = [(-1, 1), (-100, 100), (-131072, 131072), (-2e9, 2e9), (0, double.MaxValue), (-double.MaxValue, -1e10)],
    Breakpoints = [0.7853981633974483, 1.5707963267948966, 3.1415926535897931, 4.71238898038469, 131072, 2147483648, 1e10, 1e22, 6381956970095103, 16367173e9],
    SpecialValues =
    [
        (0, 1), (-0.0, 1), (double.Epsilon, 1), (double.PositiveInfinity, double.NaN), (double.NegativeInfinity, double.NaN), (double.NaN, double.NaN),
    ],
});

public readonly struct InverseTangent : IElementaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Apply<T>(T x)
        where T : struct, IReal<T> => Elementary.Atan(x);

    public static BinaryReal Reference(double x) => ReferenceFunctions.Atan(x);

    public static void FastReference(ReadOnlySpan<double> x, Span<double> values)
    {
        for (int i = 0; i < x.Length; i++)
        {
            values[i] = Math.Atan(x[i]);
        }
    }
}

public sealed class InverseTangentTests() : ElementaryFunctionTests<InverseTangent>(new(SingleBound: 2, DoubleBound: 2)
{
    Intervals = [(-1, 1), (-10, 10), (0, double.MaxValue), (-1e-5, 1e-5)],
    Breakpoints = [1, -1, 1e16, 0.5],
    SpecialValues =
    [
        (0, 0), (-0.0, -0.0), (double.Epsilon, double.Epsilon), (-double.Epsilon, -double.Epsilon), (double.NaN, double.NaN), (1e-30, 1e-30),
    ],
});
