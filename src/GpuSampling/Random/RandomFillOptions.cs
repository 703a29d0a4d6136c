using GpuSampling.Engines;
using GpuSampling.Numerics;

namespace GpuSampling.Random;

/// <summary>How a fill uses the machine. No choice changes a single bit of what is filled in.</summary>
public sealed record RandomFillOptions
{
    /// <summary>One thread, the widest registers.</summary>
    public static RandomFillOptions Default { get; } = new();

    /// <summary>The register width; <see cref="VectorWidth.Widest"/> by default, which also stands in for widths that the machine lacks.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is no member of <see cref="VectorWidth"/>.</exception>
    public VectorWidth Width
    {
        get;
        init => field = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Width), value, "Allowed: the members of VectorWidth.");
    }

    /// <summary>How many threads share a large fill, 1 to 1024; 0 takes one per core. 1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or above 1024.</exception>
    public int ThreadCount
    {
        get;
        init => field = Allowed.Between(0, 1024, value);
    } = 1;
}
