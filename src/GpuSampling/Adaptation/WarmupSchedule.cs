using System.Collections.Immutable;

namespace GpuSampling.Adaptation;

/// <summary>A stretch of the warm-up.</summary>
/// <param name="Length">The number of transitions.</param>
/// <param name="AdaptsMetric">Whether the scales are estimated from its draws and replaced at its end.</param>
public readonly record struct WarmupWindow(int Length, bool AdaptsMetric);

/// <summary>
/// How a warm-up is divided: a stretch to reach the typical set, windows of doubling length that each end with new scales, and a
/// last stretch for the step size alone. Stan Reference Manual, HMC algorithm parameters, with shares in place of fixed counts.
/// </summary>
/// <remarks>
/// Scales are pooled over chains, so that short windows are enough when chains are many; with few chains the later windows,
/// which are the longest, decide.
/// </remarks>
public static class WarmupSchedule
{
    /// <summary>The windows of a warm-up.</summary>
    /// <param name="transitionCount">The length of the warm-up, 0 or more. Below 20 only the step size is adapted.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public static ImmutableArray<WarmupWindow> Windows(int transitionCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(transitionCount);
        if (transitionCount == 0)
        {
            return [];
        }

        if (transitionCount < 20)
        {
            return [new WarmupWindow(transitionCount, AdaptsMetric: false)];
        }

        int first = (int)(transitionCount * 15L / 100);
        int last = first;
        int rest = transitionCount - first - last;
        ImmutableArray<WarmupWindow>.Builder windows = ImmutableArray.CreateBuilder<WarmupWindow>();
        windows.Add(new WarmupWindow(first, AdaptsMetric: false));
        int length = Math.Min(rest, Math.Max(8, transitionCount / 20));
        while (rest > 0)
        {
            // A window that would leave less than its double for the next takes the rest.
            int taken = rest - length < 2L * length ? rest : length;
            windows.Add(new WarmupWindow(taken, AdaptsMetric: true));
            rest -= taken;
            length *= 2;
        }

        windows.Add(new WarmupWindow(last, AdaptsMetric: false));
        return windows.ToImmutable();
    }
}
