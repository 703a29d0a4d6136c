using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Functions;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Tests.Functions;

public readonly struct Logistic : IElementaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Apply<T>(T x)
        where T : struct, IReal<T> => Elementary.Logistic(x);

    public static BinaryReal Reference(double x) => ReferenceFunctions.Logistic(x);

    public static void FastReference(ReadOnlySpan<double> x, Span<double> values)
    {
        for (int i = 0; i < x.Length; i++)
        {
            values[i] = 1 / (1 + Math.Exp(-x[i]));
        }
    }
}

public sealed class LogisticTests() : ElementaryFunctionTests<Logistic>(new(SingleBound: 2, DoubleBound: 2)
{
    Intervals = [(-1, 1), (-40, 40), (-745, 40)],
    Breakpoints = [0.34657359027997264, -0.34657359027997264, 1.0397207708399179, -16.63553233343869, 16.63553233343869, -22, 22, -36.7368, -87.33654, -103.97208, 17, 40, 60, -708.3964185322641],
    SpecialValues =
    [
        (0, 0.5), (-0.0, 0.5), (double.Epsilon, 0.5), (double.PositiveInfinity, 1), (double.NegativeInfinity, 0), (double.NaN, double.NaN), (800, 1), (-800, 0),
    ],
});

public readonly struct Softplus : IElementaryFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Apply<T>(T x)
        where T : struct, IReal<T> => Elementary.Softplus(x);

    public static BinaryReal Reference(double x) => ReferenceFunctions.Softplus(x);

    public static void FastReference(ReadOnlySpan<double> x, Span<double> values)
    {
        for (int i = 0; i < x.Length; i++)
        {
            values[i] = Math.Max(x[i], 0) + HostReference.Log1p(Math.Exp(-Math.Abs(x[i])));
        }
    }
}

public sealed class SoftplusTests() : ElementaryFunctionTests<Softplus>(new(SingleBound: 2, DoubleBound: 2)
{
    Intervals = [(-1, 1), (-40, 40), (-745, 800)],
    Breakpoints = [0.34657359027997264, -0.34657359027997264, 1.0397207708399179, -87.33654, -103.97208, 17, -17, -708.3964185322641, 0.01],
    SpecialValues =
    [
        (double.PositiveInfinity, double.PositiveInfinity), (double.NegativeInfinity, 0), (double.NaN, double.NaN), (800, 800), (-800, 0),
    ],
});
