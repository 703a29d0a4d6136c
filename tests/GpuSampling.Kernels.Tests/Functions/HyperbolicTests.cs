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
