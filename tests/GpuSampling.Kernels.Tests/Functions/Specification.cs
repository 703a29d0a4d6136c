namespace GpuSampling.Kernels.Tests.Functions;

/// <summary>What a function promises.</summary>
/// <param name="SingleBound">The largest error of the 32-bit version over every float, in ulp.</param>
/// <param name="DoubleBound">The largest error of the 64-bit version, in ulp.</param>
public sealed record Specification(double SingleBound, double DoubleBound)
{
    /// <summary>
    /// Where accuracy is promised: 32-bit arguments outside are not judged (but must still give equal bits on all lane types).
    /// </summary>
    public (double Low, double High) Domain { get; init; } = (double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>Intervals from which 64-bit arguments are drawn, half uniformly, half with a uniform exponent.</summary>
    public (double Low, double High)[] Intervals { get; init; } = [(-1, 1)];

    /// <summary>Points around which every float and many doubles are tried: thresholds of the code and of the function.</summary>
    public double[] Breakpoints { get; init; } = [];

    /// <summary>Exact values, equal bits (any NaN equals any NaN), for both element sizes.</summary>
    public (double X, double Value)[] SpecialValues { get; init; } = [];
}
