using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Functions;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Tests.Functions;

public readonly struct Exponential : IElementaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Apply<T>(T x)
        where T : struct, IReal<T> => Elementary.Exp(x);

    public static BinaryReal Reference(double x) => ReferenceFunctions.Exp(x);

    public static void FastReference(ReadOnlySpan<double> x, Span<double> values)
    {
        for (int i = 0; i < x.Length; i++)
        {
            values[i] = Math.Exp(x[i]);
        }
    }
}

public sealed class ExponentialTests() : ElementaryFunctionTests<Exponential>(new(SingleBound: 1, DoubleBound: 1)
{
    Intervals = [(-1, 1), (-87, 88), (-745.5, 709.7)],
    Breakpoints = [0.34657359027997264, -0.34657359027997264, 1.0397207708399179, 88.72283, -87.33654, -103.97208, 709.782712893384, -708.3964185322641, -745.1332191019411],
    SpecialValues =
    [
        (0, 1), (-0.0, 1), (double.Epsilon, 1), (-double.Epsilon, 1), (double.PositiveInfinity, double.PositiveInfinity), (double.NegativeInfinity, 0), (double.NaN, double.NaN),
        (800, double.PositiveInfinity), (-800, 0), (double.MaxValue, double.PositiveInfinity), (-double.MaxValue, 0),
    ],
});

public readonly struct ExponentialOfNonPositive : IElementaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Apply<T>(T x)
        where T : struct, IReal<T> => Elementary.ExpNonPositive(x);

    public static BinaryReal Reference(double x) => ReferenceFunctions.Exp(x);

    public static void FastReference(ReadOnlySpan<double> x, Span<double> values)
    {
        for (int i = 0; i < x.Length; i++)
        {
            values[i] = Math.Exp(x[i]);
        }
    }
}

public sealed class ExponentialOfNonPositiveTests() : ElementaryFunctionTests<ExponentialOfNonPositive>(new(SingleBound: 1, DoubleBound: 1)
{
    Domain = (double.NegativeInfinity, 0),
    Intervals = [(-1, 0), (-87, 0), (-745.5, 0)],
    Breakpoints = [-1.0397207708399179, -87.33654, -103.97208, -708.3964185322641, -745.1332191019411],
    SpecialValues =
    [
        (0, 1), (-0.0, 1), (-double.Epsilon, 1), (double.NegativeInfinity, 0), (double.NaN, double.NaN), (-800, 0), (-double.MaxValue, 0),
    ],
});

public readonly struct ExponentialMinusOne : IElementaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Apply<T>(T x)
        where T : struct, IReal<T> => Elementary.Expm1(x);

    public static BinaryReal Reference(double x) => ReferenceFunctions.Expm1(x);

    public static void FastReference(ReadOnlySpan<double> x, Span<double> values)
    {
        for (int i = 0; i < x.Length; i++)
        {
            values[i] = HostReference.Expm1(x[i]);
        }
    }
}

public sealed class ExponentialMinusOneTests() : ElementaryFunctionTests<ExponentialMinusOne>(new(SingleBound: 1.6, DoubleBound: 1.5)
{
    Intervals = [(-1, 1), (-40, 40), (-745.5, 709.7), (-1e-5, 1e-5)],
    Breakpoints = [0.34657359027997264, -0.34657359027997264, 1.0397207708399179, 88.72283, -17.328679, 5.9604645e-08, 1.1102230246251565e-16, 709.782712893384, -37.42994775023705],
    SpecialValues =
    [
        (0, 0), (-0.0, -0.0), (double.Epsilon, double.Epsilon), (-double.Epsilon, -double.Epsilon), (double.PositiveInfinity, double.PositiveInfinity), (double.NegativeInfinity, -1), (double.NaN, double.NaN),
        (800, double.PositiveInfinity), (-800, -1), (1e-30, 1e-30), (-1e-30, -1e-30),
    ],
});

public readonly struct BinaryExponential : IElementaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Apply<T>(T x)
        where T : struct, IReal<T> => Elementary.Exp2(x);

    public static BinaryReal Reference(double x) => ReferenceFunctions.Exp(x * ReferenceFunctions.Ln2);

    public static void FastReference(ReadOnlySpan<double> x, Span<double> values)
    {
        for (int i = 0; i < x.Length; i++)
        {
            values[i] = Math.Pow(2, x[i]);
        }
    }
}

public sealed class BinaryExponentialTests() : ElementaryFunctionTests<BinaryExponential>(new(SingleBound: 1, DoubleBound: 1)
{
    Intervals = [(-1, 1), (-126, 128), (-1075, 1024)],
    Breakpoints = [0.5, -0.5, 1.5, 128, -126, -149.5, 1024, -1022, -1074.5],
    SpecialValues =
    [
        (0, 1), (-0.0, 1), (double.Epsilon, 1), (1, 2), (10, 1024), (-3, 0.125), (double.PositiveInfinity, double.PositiveInfinity), (double.NegativeInfinity, 0), (double.NaN, double.NaN), (2000, double.PositiveInfinity), (-2000, 0), (double.MaxValue, double.PositiveInfinity),
    ],
});
