using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Functions;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Tests.Functions;

public readonly struct HyperbolicTangent : IElementaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Apply<T>(T x)
        where T : struct, IReal<T> => Elementary.Tanh(x);

    public static BinaryReal Reference(double x) => ReferenceFunctions.Tanh(x);

    public static void FastReference(ReadOnlySpan<double> x, Span<double> values)
    {
        for (int i = 0; i < x.Length; i++)
        {
            values[i] = Math.Tanh(x[i]);
        }
    }
}

public sealed class HyperbolicTangentTests() : ElementaryFunctionTests<HyperbolicTangent>(new(SingleBound: 2, DoubleBound: 2)
{
    Intervals = [(-1, 1), (-10, 10), (-25, 25), (-1e-5, 1e-5)],
    Breakpoints = [0.17328679513998632, 0.5198603854199590, 9.010913, 10, 19.061547465398498, 20],
    SpecialValues =
    [
        (0, 0), (-0.0, -0.0), (double.Epsilon, double.Epsilon), (-double.Epsilon, -double.Epsilon), (double.PositiveInfinity, 1), (double.NegativeInfinity, -1), (double.NaN, double.NaN), (100, 1), (-100, -1), (1e-30, 1e-30),
    ],
});

public readonly struct HyperbolicSine : IElementaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Apply<T>(T x)
        where T : struct, IReal<T> => Elementary.Sinh(x);

    public static BinaryReal Reference(double x) => ReferenceFunctions.Sinh(x);

    public static void FastReference(ReadOnlySpan<double> x, Span<double> values)
    {
        for (int i = 0; i < x.Length; i++)
        {
            values[i] = Math.Sinh(x[i]);
        }
    }
}

public sealed class HyperbolicSineTests() : ElementaryFunctionTests<HyperbolicSine>(new(SingleBound: 2, DoubleBound: 2)
{
    Intervals = [(-1, 1), (-10, 10), (-710, 710), (-1e-5, 1e-5)],
    Breakpoints = [0.34657359, 1.0397208, 88.72283, 89.41599, 709.782712893384, 710.4758600739439, 0.000244140625, 1.4901161193847656e-08],
    SpecialValues =
    [
        (0, 0), (-0.0, -0.0), (double.Epsilon, double.Epsilon), (-double.Epsilon, -double.Epsilon), (double.PositiveInfinity, double.PositiveInfinity), (double.NegativeInfinity, double.NegativeInfinity), (double.NaN, double.NaN), (1000, double.PositiveInfinity), (-1000, double.NegativeInfinity), (1e-30, 1e-30),
    ],
});

public readonly struct HyperbolicCosine : IElementaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Apply<T>(T x)
        where T : struct, IReal<T> => Elementary.Cosh(x);

    public static BinaryReal Reference(double x) => ReferenceFunctions.Cosh(x);

    public static void FastReference(ReadOnlySpan<double> x, Span<double> values)
    {
        for (int i = 0; i < x.Length; i++)
        {
            values[i] = Math.Cosh(x[i]);
        }
    }
}

public sealed class HyperbolicCosineTests() : ElementaryFunctionTests<HyperbolicCosine>(new(SingleBound: 2, DoubleBound: 2)
{
    Intervals = [(-1, 1), (-10, 10), (-710, 710), (-1e-5, 1e-5)],
    Breakpoints = [0.34657359, 1.0397208, 88.72283, 89.41599, 709.782712893384, 710.4758600739439],
    SpecialValues =
    [
        (0, 1), (-0.0, 1), (double.Epsilon, 1), (double.PositiveInfinity, double.PositiveInfinity), (double.NegativeInfinity, double.PositiveInfinity), (double.NaN, double.NaN), (1000, double.PositiveInfinity), (-1000, double.PositiveInfinity),
    ],
});
