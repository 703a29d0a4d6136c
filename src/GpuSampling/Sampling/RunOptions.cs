using GpuSampling.Numerics;

namespace GpuSampling.Sampling;

/// <summary>The size and seed of a run. Immutable; every value is checked when set.</summary>
public sealed record RunOptions : IRunOptions
{
    private readonly int chainCount = 1024;
    private readonly int warmupCount = 300;
    private readonly int drawCount = 200;
    private readonly int thinning = 1;
    private readonly long firstChain;

    /// <summary>The number of chains, 1 to 2³¹ − 1. Default 1024.</summary>
    public int ChainCount
    {
        get => chainCount;
        init => chainCount = Allowed.Between(1, int.MaxValue, value);
    }

    /// <summary>Transitions per chain that adapt the sampler and are not kept, 0 or more. Default 300.</summary>
    public int WarmupCount
    {
        get => warmupCount;
        init => warmupCount = Allowed.Between(0, int.MaxValue, value);
    }

    /// <summary>Draws per chain that are kept, at least 1. Default 200.</summary>
    public int DrawCount
    {
        get => drawCount;
        init => drawCount = Allowed.Between(1, int.MaxValue, value);
    }

    /// <summary>Transitions per draw kept, at least 1. Default 1.</summary>
    public int Thinning
    {
        get => thinning;
        init => thinning = Allowed.Between(1, int.MaxValue, value);
    }

    /// <summary>The seed: with the model and the options it fixes every draw. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>The index of the first chain, 0 to 2³² − <see cref="ChainCount"/>: its random stream. Default 0.</summary>
    public long FirstChain
    {
        get => firstChain;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(FirstChain));
            firstChain = value;
        }
    }

    /// <summary>
    /// Where the chains start. Null, the default: as suits the sampler: uniformly within its initial radius where it follows trajectories,
    /// at draws of Pathfinder (<see cref="PathfinderStarts"/>) where it moves in small steps and must begin close by.
    /// </summary>
    [LeavesNoMark] // by itself: what it comes to does
    public ChainStarts? Starts { get; init; }

    /// <summary>Where the run writes its state so that it can go on after a crash; null, the default: nowhere.</summary>
    [LeavesNoMark]
    public CheckpointOptions? Checkpoint { get; init; }

    /// <summary>Checks what depends on several values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The chains do not fit 2³² streams, or the transitions 2³¹ − 1 steps.</exception>
    internal void Validate()
    {
        if (FirstChain > (1L << 32) - ChainCount)
        {
            throw new ArgumentOutOfRangeException(
                nameof(FirstChain), FirstChain, $"Allowed with {ChainCount} chains: 0 to {(1L << 32) - ChainCount}.");
        }

        long transitions = WarmupCount + ((long)DrawCount * Thinning);
        if (transitions > int.MaxValue)
        {
            throw new ArgumentOutOfRangeException(
                nameof(DrawCount),
                DrawCount,
                $"{nameof(WarmupCount)} {WarmupCount} and {Thinning} transitions for each draw make {transitions} transitions per chain; allowed are at most {int.MaxValue}.");
        }
    }
}
