namespace GpuSampling.Engines;

/// <summary>The sizes of the memory in which an engine runs a set of chains.</summary>
public sealed record ChainArenaLayout
{
    /// <summary>The chains of the widest pack of any engine.</summary>
    internal const int WidestPack = 16;

    /// <summary>The type of all reals.</summary>
    public required Precision Precision { get; init; }

    /// <summary>The global index of the first chain, which is its random stream; at most 2³² − chain count.</summary>
    public required long FirstChain { get; init; }

    /// <summary>The number of chains, at least 1.</summary>
    public required int ChainCount { get; init; }

    /// <summary>Reals per chain that persist from launch to launch.</summary>
    public required int StateLength { get; init; }

    /// <summary>Reals per chain that a launch may write for the host.</summary>
    public required int OutputLength { get; init; }

    /// <summary>The model's real data, rounded to <see cref="Precision"/> on upload.</summary>
    public required ReadOnlyMemory<double> DataReals { get; init; }

    /// <summary>The model's integer data.</summary>
    public required ReadOnlyMemory<int> DataIntegers { get; init; }

    /// <summary>The number of real settings that a launch may use.</summary>
    public required int SettingRealCount { get; init; }

    /// <summary>The number of integer settings that a launch may use.</summary>
    public required int SettingIntegerCount { get; init; }

    /// <summary>Reals per chain that <see cref="ChainArena.Publish"/> shows to all chains; 0 by default.</summary>
    public int PublishedLength { get; init; }

    /// <summary>
    /// The bytes that the chains need: state, outputs and what they publish, rounded up to whole packs of 16 chains; <see cref="long.MaxValue"/> where
    /// a long does not hold them.
    /// </summary>
    public long ChainBytes => ChainBytesInBlocks(WidestPack);

    /// <summary>The bytes that all chains share: data and settings.</summary>
    public long SharedBytes =>
        (((long)DataReals.Length + SettingRealCount) * BytesPerReal) + (((long)DataIntegers.Length + SettingIntegerCount) * sizeof(int));

    /// <summary>The bytes of both; <see cref="long.MaxValue"/> where a long does not hold them.</summary>
    public long TotalBytes => TotalBytesInBlocks(WidestPack);

    /// <summary>As <see cref="ChainBytes"/> where memory is taken for whole blocks of chains.</summary>
    /// <param name="block">The chains of a block, a multiple of 16.</param>
    internal long ChainBytesInBlocks(int block) =>
        Saturate((Int128)RoundedUp(block) * ((long)StateLength + OutputLength + PublishedLength) * BytesPerReal);

    /// <summary>As <see cref="TotalBytes"/> where memory is taken for whole blocks of chains.</summary>
    /// <param name="block">The chains of a block, a multiple of 16.</param>
    internal long TotalBytesInBlocks(int block) => Saturate((Int128)ChainBytesInBlocks(block) + SharedBytes);

    /// <summary>The chain count rounded up to a multiple of 16, the widest pack, on every engine.</summary>
    public long PaddedChainCount => RoundedUp(WidestPack);

    private int BytesPerReal => (int)Precision / 8;

    private long RoundedUp(int block) => ((long)ChainCount + block - 1) / block * block;

    private static long Saturate(Int128 bytes) => (long)Int128.Min(bytes, long.MaxValue);

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative, or the chains do not fit 2³² streams.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(FirstChain);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ChainCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(FirstChain, (1L << 32) - ChainCount);
        ArgumentOutOfRangeException.ThrowIfNegative(StateLength);
        ArgumentOutOfRangeException.ThrowIfNegative(OutputLength);
        ArgumentOutOfRangeException.ThrowIfNegative(SettingRealCount);
        ArgumentOutOfRangeException.ThrowIfNegative(SettingIntegerCount);
        ArgumentOutOfRangeException.ThrowIfNegative(PublishedLength);
        long tableLength = SettingRealCount + (PublishedLength * PaddedChainCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tableLength, int.MaxValue, nameof(PublishedLength));
    }
}
