using System.Diagnostics;

namespace GpuSampling.Sampling;

/// <summary>
/// How many transitions a launch makes: doubled as long as launches take less than a tenth of a second, halved when one takes far
/// more. It is the grain of progress and of stopping, and no draw depends on it.
/// </summary>
internal sealed class LaunchLength
{
    /// <summary>The most transitions of a launch.</summary>
    public const int Most = 1024;

    private static readonly TimeSpan Wanted = TimeSpan.FromMilliseconds(100);

    private long began;

    /// <summary>The transitions that the next launch may make.</summary>
    public int Count { get; private set; } = 1;

    /// <summary>Told before a launch.</summary>
    public void Begin() => began = Stopwatch.GetTimestamp();

    /// <summary>Told when its results were read.</summary>
    public void End()
    {
        TimeSpan taken = Stopwatch.GetElapsedTime(began);
        if (taken < Wanted)
        {
            Count = Math.Min(Count * 2, Most);
        }
        else if (taken > 4 * Wanted)
        {
            Count = Math.Max(Count / 2, 1);
        }
    }
}
