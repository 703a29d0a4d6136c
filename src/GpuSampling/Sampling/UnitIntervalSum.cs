using System.Runtime.InteropServices;

namespace GpuSampling.Sampling;

/// <summary>
/// Sums of numbers from 0 to 1, each cut to a whole number of units of 2⁻³⁰: exact from there on, so that no order of terms and no
/// split into launches and batches changes the sum.
/// </summary>
internal struct UnitIntervalSum(Int128 units)
{
    private const double UnitsOfOne = 1 << 30;

    private Int128 units = units;

    /// <summary>The sum in units.</summary>
    public readonly Int128 Units => units;

    /// <summary>The sum.</summary>
    public readonly double Value => (double)units / UnitsOfOne;

    /// <summary>Adds terms.</summary>
    /// <typeparam name="TElement">float or double.</typeparam>
    /// <param name="values">Numbers from 0 to 1, fewer than 2³³.</param>
    public void Add<TElement>(ReadOnlySpan<TElement> values)
        where TElement : unmanaged
    {
        long sum = 0;
        if (typeof(TElement) == typeof(float))
        {
            foreach (float value in MemoryMarshal.Cast<TElement, float>(values))
            {
                sum += (long)(value * UnitsOfOne);
            }
        }
        else
        {
            foreach (double value in MemoryMarshal.Cast<TElement, double>(values))
            {
                sum += (long)(value * UnitsOfOne);
            }
        }

        units += sum;
    }
}
