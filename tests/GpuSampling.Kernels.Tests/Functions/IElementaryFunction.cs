using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Tests.Functions;

/// <summary>A function of one variable under test, and what it should be.</summary>
public interface IElementaryFunction
{
    /// <summary>The code under test.</summary>
    static abstract T Apply<T>(T x)
        where T : struct, IReal<T>;

    /// <summary>The true value at a finite point that is not special, to at least 100 bits.</summary>
    static abstract BinaryReal Reference(double x);

    /// <summary>
    /// The value for every float, to at least 45 bits, special values included, fast enough for all 2³² of them: System.Math
    /// where that has the function, else the 64-bit version of the code under test, which <see cref="Reference"/> has judged.
    /// </summary>
    static abstract void FastReference(ReadOnlySpan<double> x, Span<double> values);
}
