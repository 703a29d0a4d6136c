using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Functions;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Tests.Functions;

public readonly struct LogGammaFunction : IElementaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Apply<T>(T x)
        where T : struct, IReal<T> => Elementary.LogGamma(x);

    public static BinaryReal Reference(double x) => ReferenceFunctions.LogGamma(x);

    public static void FastReference(ReadOnlySpan<double> x, Span<double> values) =>
        Evaluation.Doubles<LogGammaFunction>(x, values);
}

public sealed class LogGammaFunctionTests() : ElementaryFunctionTests<LogGammaFunction>(new(SingleBound: 2, DoubleBound: 3)
{
    Domain = (1.5e-323, double.MaxValue),
    Intervals = [(0, 10), (0, 1e300), (0.5, 2.5), (0.99, 1.01), (1.99, 2.01)],
    Breakpoints = [0.5, 1, 1.3125, 1.40625, 1.5, 2, 2.5, 3, 4, 1e30, 8388608],
    SpecialValues =
    [
        (0, double.PositiveInfinity), (-0.0, double.PositiveInfinity), (1, 0), (2, 0), (-1, double.PositiveInfinity), (-2, double.PositiveInfinity), (-1000, double.PositiveInfinity), (double.PositiveInfinity, double.PositiveInfinity), (double.NegativeInfinity, double.PositiveInfinity), (double.NaN, double.NaN),
    ],
});

public readonly struct DigammaFunction : IElementaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Apply<T>(T x)
        where T : struct, IReal<T> => Elementary.Digamma(x);

    public static BinaryReal Reference(double x) => ReferenceFunctions.Digamma(x);

    public static void FastReference(ReadOnlySpan<double> x, Span<double> values) =>
        Evaluation.Doubles<DigammaFunction>(x, values);
}

public sealed class DigammaFunctionTests() : ElementaryFunctionTests<DigammaFunction>(new(SingleBound: 1.5, DoubleBound: 1.5)
{
    Domain = (1e-300, double.MaxValue),
    Intervals = [(0, 10), (0, 1e300), (0.5, 2.5), (1.4, 1.5), (1e-10, 1)],
    Breakpoints = [0.5, 1, 1.4616321449683623, 2.5, 8388608],
    SpecialValues =
    [
        (0, double.NaN), (-0.0, double.NaN), (-1, double.NaN), (-2, double.NaN), (-1000, double.NaN), (double.PositiveInfinity, double.PositiveInfinity), (double.NegativeInfinity, double.NaN), (double.NaN, double.NaN),
    ],
});
