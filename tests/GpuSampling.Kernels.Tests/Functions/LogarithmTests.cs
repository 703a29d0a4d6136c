using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Functions;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Tests.Functions;

public readonly struct Logarithm : IElementaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Apply<T>(T x)
        where T : struct, IReal<T> => Elementary.Log(x);

    public static BinaryReal Reference(double x) => ReferenceFunctions.Log(x);

    public static void FastReference(ReadOnlySpan<double> x, Span<double> values)
    {
        for (int i = 0; i < x.Length; i++)
        {
            values[i] = Math.Log(x[i]);
        }
    }
}

public sealed class LogarithmTests() : ElementaryFunctionTests<Logarithm>(new(SingleBound: 1, DoubleBound: 1)
{
    Intervals = [(0.5, 2), (0, 100), (0, double.MaxValue), (0.99, 1.01)],
    Breakpoints = [0.7071067811865476, 1.4142135623730951, 1, 2.8284271247461903, 0.35355339059327379, 1.1754943508222875e-38, 2.2250738585072014e-308],
    SpecialValues =
    [
        (0, double.NegativeInfinity), (-0.0, double.NegativeInfinity), (1, 0), (double.PositiveInfinity, double.PositiveInfinity), (double.NegativeInfinity, double.NaN), (double.NaN, double.NaN), (-1, double.NaN), (-double.Epsilon, double.NaN), (-double.MaxValue, double.NaN),
    ],
});

public readonly struct LogarithmOfNormal : IElementaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Apply<T>(T x)
        where T : struct, IReal<T> => Elementary.LogOfPositiveNormal(x);

    public static BinaryReal Reference(double x) => ReferenceFunctions.Log(x);

    public static void FastReference(ReadOnlySpan<double> x, Span<double> values)
    {
        for (int i = 0; i < x.Length; i++)
        {
            values[i] = Math.Log(x[i]);
        }
    }
}

public sealed class LogarithmOfNormalTests() : ElementaryFunctionTests<LogarithmOfNormal>(new(SingleBound: 1, DoubleBound: 1)
{
    Domain = (1.1754943508222875e-38, double.MaxValue),
    Intervals = [(0.5, 2), (0.0001, 100), (2.2250738585072014e-308, double.MaxValue), (0.99, 1.01)],
    Breakpoints = [0.7071067811865476, 1.4142135623730951, 1, 2.8284271247461903, 0.35355339059327379],
    SpecialValues =
    [
        (1, 0),
    ],
});

public readonly struct LogarithmOfOnePlus : IElementaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Apply<T>(T x)
        where T : struct, IReal<T> => Elementary.Log1p(x);

    public static BinaryReal Reference(double x) => ReferenceFunctions.Log1p(x);

    public static void FastReference(ReadOnlySpan<double> x, Span<double> values)
    {
        for (int i = 0; i < x.Length; i++)
        {
            values[i] = HostReference.Log1p(x[i]);
        }
    }
}

public sealed class LogarithmOfOnePlusTests() : ElementaryFunctionTests<LogarithmOfOnePlus>(new(SingleBound: 1.6, DoubleBound: 1.5)
{
    Intervals = [(-1, 1), (-0.9999999, 100), (0, double.MaxValue), (-0.3, 0.5), (-1e-6, 1e-6)],
    Breakpoints = [-0.29289321881345243, 0.41421356237309515, -0.6464466094067263, -0.9999999, 1.8284271247461903, 2.9802322387695312e-08, 5.551115123125783e-17, 16777216, 9007199254740992, 1e38],
    SpecialValues =
    [
        (0, 0), (-0.0, -0.0), (double.Epsilon, double.Epsilon), (-double.Epsilon, -double.Epsilon), (double.PositiveInfinity, double.PositiveInfinity), (double.NegativeInfinity, double.NaN), (double.NaN, double.NaN), (-1, double.NegativeInfinity), (-2, double.NaN), (1e-30, 1e-30), (-1e-30, -1e-30),
    ],
});

public readonly struct LogarithmOfOnePlusUnit : IElementaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Apply<T>(T x)
        where T : struct, IReal<T> => Elementary.Log1pOfUnit(x);

    public static BinaryReal Reference(double x) => ReferenceFunctions.Log1p(x);

    public static void FastReference(ReadOnlySpan<double> x, Span<double> values)
    {
        for (int i = 0; i < x.Length; i++)
        {
            values[i] = HostReference.Log1p(x[i]);
        }
    }
}

public sealed class LogarithmOfOnePlusUnitTests() : ElementaryFunctionTests<LogarithmOfOnePlusUnit>(new(SingleBound: 1.5, DoubleBound: 1.5)
{
    Domain = (0, 1),
    Intervals = [(0, 1), (0, 1e-5), (0.9, 1)],
    Breakpoints = [0.5],
    SpecialValues =
    [
        (0, 0), (double.Epsilon, double.Epsilon), (double.NaN, double.NaN), (1e-30, 1e-30),
    ],
});

public readonly struct BinaryLogarithm : IElementaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Apply<T>(T x)
        where T : struct, IReal<T> => Elementary.Log2(x);

    public static BinaryReal Reference(double x) => ReferenceFunctions.Log(x) / ReferenceFunctions.Ln2;

    public static void FastReference(ReadOnlySpan<double> x, Span<double> values)
    {
        for (int i = 0; i < x.Length; i++)
        {
            values[i] = Math.Log2(x[i]);
        }
    }
}

public sealed class BinaryLogarithmTests() : ElementaryFunctionTests<BinaryLogarithm>(new(SingleBound: 2, DoubleBound: 2)
{
    Intervals = [(0.5, 2), (0, 100), (0, double.MaxValue), (0.99, 1.01)],
    Breakpoints = [0.7071067811865476, 1.4142135623730951, 1, 2.8284271247461903, 0.35355339059327379, 1.1754943508222875e-38, 2.2250738585072014e-308],
    SpecialValues =
    [
        (0, double.NegativeInfinity), (-0.0, double.NegativeInfinity), (1, 0), (2, 1), (1024, 10), (0.125, -3), (double.PositiveInfinity, double.PositiveInfinity), (double.NegativeInfinity, double.NaN), (double.NaN, double.NaN), (-1, double.NaN), (-double.Epsilon, double.NaN), (-double.MaxValue, double.NaN),
    ],
});

public readonly struct DecimalLogarithm : IElementaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Apply<T>(T x)
        where T : struct, IReal<T> => Elementary.Log10(x);

    public static BinaryReal Reference(double x) => ReferenceFunctions.Log(x) / ReferenceFunctions.Log(10);

    public static void FastReference(ReadOnlySpan<double> x, Span<double> values)
    {
        for (int i = 0; i < x.Length; i++)
        {
            values[i] = Math.Log10(x[i]);
        }
    }
}

public sealed class DecimalLogarithmTests() : ElementaryFunctionTests<DecimalLogarithm>(new(SingleBound: 2, DoubleBound: 2)
{
    Intervals = [(0.5, 2), (0, 100), (0, double.MaxValue), (0.99, 1.01)],
    Breakpoints = [0.7071067811865476, 1.4142135623730951, 1, 2.8284271247461903, 0.35355339059327379, 1.1754943508222875e-38, 2.2250738585072014e-308],
    SpecialValues =
    [
        (0, double.NegativeInfinity), (-0.0, double.NegativeInfinity), (1, 0), (double.PositiveInfinity, double.PositiveInfinity), (double.NegativeInfinity, double.NaN), (double.NaN, double.NaN), (-1, double.NaN), (-double.Epsilon, double.NaN), (-double.MaxValue, double.NaN),
    ],
});
