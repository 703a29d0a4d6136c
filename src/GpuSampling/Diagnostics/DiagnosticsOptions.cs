namespace GpuSampling.Diagnostics;

/// <summary>How a summary is computed and when it warns.</summary>
public sealed record DiagnosticsOptions
{
    /// <summary>
    /// R-hat above this is warned of. At least 1; null, the default, for what the number of chains makes of the usual 1.01
    /// (<see cref="RankNormalizedSplitRHat.Threshold"/>).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to less than 1 or NaN.</exception>
    public double? LargestRHat
    {
        get;
        init => field = value is null or >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(LargestRHat), value, "R-hat is at least 1.");
    }

    /// <summary>A bulk or tail effective sample size of all chains below this is warned of. 400 by default, 100 for each of four chains.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to a negative value or NaN.</exception>
    public double SmallestEffectiveSize
    {
        get;
        init => field = value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(SmallestEffectiveSize), value, "An effective sample size is not negative.");
    } = 400;

    /// <summary>
    /// The squared bias, relative to the variance, up to which nested R-hat is accepted; 0.01 by default. See <see cref="NestedRHat.Threshold"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to a negative value or NaN.</exception>
    public double NestedRHatTolerance
    {
        get;
        init => field = value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(NestedRHatTolerance), value, "The tolerance must not be negative.");
    } = 0.01;

    /// <summary>
    /// The superchain of each chain, for nested R-hat: ids from 0, all equally frequent. Empty, the default, for chains that have no
    /// common starts. See <see cref="NestedRHat.ConsecutiveSuperchains"/>.
    /// </summary>
    public ReadOnlyMemory<int> Superchains { get; init; }

    /// <summary>
    /// Whether the chains influence each other, as ensemble moves make them do: their means then say nothing about the error of the
    /// pooled mean, and the cross-chain form is left out. False by default.
    /// </summary>
    public bool ChainsAreCoupled { get; init; }

    /// <summary>The most parameters worked on at once; 0, the default, for one on each core. No result depends on it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to a negative value.</exception>
    public int Threads
    {
        get;
        init => field = value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Threads), value, "The number of threads must be at least 1, or 0 for all cores.");
    }
}
