using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Functions;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Tests.Functions;

public readonly struct ErrorFunction : IElementaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Apply<T>(T x)
        where T : struct, IReal<T> => Elementary.Erf(x);

    public static BinaryReal Reference(double x) => ReferenceFunctions.Erf(x);

    public static void FastReference(ReadOnlySpan<double> x, Span<double> values) =>
        Evaluation.Doubles<ErrorFunction>(x, values);
}

public sealed class ErrorFunctionTests() : ElementaryFunctionTests<ErrorFunction>(new(SingleBound: 2, DoubleBound: 2)
{
    Intervals = [(-1, 1), (-6.5, 6.5), (-1e-5, 1e-5)],
    Breakpoints = [1, -1, 3.919206, 5.921587195794507, 0.46875],
    SpecialValues =
    [
        (0, 0), (-0.0, -0.0), (double.PositiveInfinity, 1), (double.NegativeInfinity, -1), (double.NaN, double.NaN), (40, 1), (-40, -1),
    ],
});

public readonly struct ComplementaryErrorFunction : IElementaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Apply<T>(T x)
        where T : struct, IReal<T> => Elementary.Erfc(x);

    public static BinaryReal Reference(double x) => ReferenceFunctions.Erfc(x);

    public static void FastReference(ReadOnlySpan<double> x, Span<double> values) =>
        Evaluation.Doubles<ComplementaryErrorFunction>(x, values);
}

public sealed class ComplementaryErrorFunctionTests() : ElementaryFunctionTests<ComplementaryErrorFunction>(new(SingleBound: 2, DoubleBound: 2)
{
    Intervals = [(-1, 1), (-6.5, 27.3), (-1e-5, 1e-5), (0.3, 10)],
    Breakpoints = [0.46875, -0.46875, 3.919206, 9.194549, 10.054216, 26.543258454250725, 27.226017111108363],
    SpecialValues =
    [
        (0, 1), (-0.0, 1), (double.PositiveInfinity, 0), (double.NegativeInfinity, 2), (double.NaN, double.NaN), (40, 0), (-40, 2),
    ],
});

public readonly struct NormalDistribution : IElementaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Apply<T>(T x)
        where T : struct, IReal<T> => Elementary.NormalCdf(x);

    public static BinaryReal Reference(double x) => ReferenceFunctions.NormalCdf(x);

    public static void FastReference(ReadOnlySpan<double> x, Span<double> values) =>
        Evaluation.Doubles<NormalDistribution>(x, values);
}

public sealed class NormalDistributionTests() : ElementaryFunctionTests<NormalDistribution>(new(SingleBound: 2.1, DoubleBound: 2)
{
    Intervals = [(-1, 1), (-38.5, 8), (-1e-5, 1e-5), (-14, 5)],
    Breakpoints = [0.5, -0.5, -13.001, -14.17, -37.5193793471445, -38.4856],
    SpecialValues =
    [
        (0, 0.5), (-0.0, 0.5), (double.PositiveInfinity, 1), (double.NegativeInfinity, 0), (double.NaN, double.NaN), (40, 1), (-40, 0),
    ],
});

public readonly struct LogNormalDistribution : IElementaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Apply<T>(T x)
        where T : struct, IReal<T> => Elementary.LogNormalCdf(x);

    public static BinaryReal Reference(double x) => ReferenceFunctions.LogNormalCdf(x);

    public static void FastReference(ReadOnlySpan<double> x, Span<double> values) =>
        Evaluation.Doubles<LogNormalDistribution>(x, values);
}

public sealed class LogNormalDistributionTests() : ElementaryFunctionTests<LogNormalDistribution>(new(SingleBound: 2.5, DoubleBound: 3)
{
    Intervals = [(-1, 1), (-60, 8), (-1e-5, 1e-5), (-14, 5), (-1e15, -30)],
    Breakpoints = [0.5, -0.5, -14.5, -38.7],
    SpecialValues =
    [
        (double.PositiveInfinity, -0.0), (double.NegativeInfinity, double.NegativeInfinity), (double.NaN, double.NaN), (40, -0.0),
    ],
});

public readonly struct InverseNormalDistribution : IElementaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Apply<T>(T x)
        where T : struct, IReal<T> => Elementary.InverseNormalCdf(x);

    public static BinaryReal Reference(double x) => 
        ReferenceFunctions.InverseNormalCdf(x, Elementary.InverseNormalCdf(new Float64(x)).Value);

    public static void FastReference(ReadOnlySpan<double> x, Span<double> values) =>
        Evaluation.Doubles<InverseNormalDistribution>(x, values);
}

public sealed class InverseNormalDistributionTests() : ElementaryFunctionTests<InverseNormalDistribution>(new(SingleBound: 2, DoubleBound: 2)
{
    Domain = (0, 1),
    Intervals = [(0, 1), (0, 0.1), (0.3, 0.7), (0.9, 1)],
    Breakpoints = [0.125, 0.875, 0.5, 0.25],
    SpecialValues =
    [
        (0, double.NegativeInfinity), (-0.0, double.NegativeInfinity), (0.5, 0), (1, double.PositiveInfinity), (-0.1, double.NaN), (1.5, double.NaN), (double.NaN, double.NaN), (double.PositiveInfinity, double.NaN), (double.NegativeInfinity, double.NaN),
    ],
});
