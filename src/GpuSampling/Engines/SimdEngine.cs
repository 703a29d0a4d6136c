using System.Globalization;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Engines;

/// <summary>
/// The engine that is always there: all cores of the CPU, a pack of chains in each vector register. One pack is one item of
/// work; its state stays in the core's cache for as many transitions as a launch makes.
/// </summary>
public sealed class SimdEngine : Engine
{
    private readonly bool isWidthFree;

    /// <summary>Makes an engine.</summary>
    /// <param name="width">The register width; <see cref="VectorWidth.Widest"/> takes the widest that the machine has, and narrower
    /// ones for runs of so few chains that they are faster in those. Widths that the machine lacks are emulated by the runtime: right,
    /// but slow.</param>
    /// <param name="threadCount">How many threads work at once, 1 to 1024; 0 takes one per core.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public SimdEngine(VectorWidth width = VectorWidth.Widest, int threadCount = 0)
    {
        if (!Enum.IsDefined(width))
        {
            throw new ArgumentOutOfRangeException(nameof(width), width, "Allowed: the members of VectorWidth.");
        }

        ArgumentOutOfRangeException.ThrowIfNegative(threadCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threadCount, 1024);
        isWidthFree = width == VectorWidth.Widest;
        Width = isWidthFree ? VectorWidths.Widest : width;
        ThreadCount = threadCount == 0 ? Environment.ProcessorCount : threadCount;
    }

    /// <summary>The register width in use; with <see cref="VectorWidth.Widest"/> asked for, the most that is used.</summary>
    public VectorWidth Width { get; }

    /// <summary>How many threads work at once.</summary>
    public int ThreadCount { get; }

    internal override int HostThreads => ThreadCount;

    /// <inheritdoc/>
    public override string Name => NameOf(Width);

    /// <inheritdoc/>
    public override string Description => string.Create(
        CultureInfo.InvariantCulture,
        $"CPU, {(Width == VectorWidth.Scalar ? "scalar" : $"{(int)Width}-bit vectors")}, {ThreadCount} {(ThreadCount == 1 ? "thread" : "threads")}");

    /// <inheritdoc/>
    /// <remarks>Three quarters of the memory that the process may use, unless <see cref="MemoryLimit"/> says otherwise.</remarks>
    public override long MemoryBudget => MemoryLimit ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4 * 3;

    /// <summary>The bytes that arenas may take; null: as <see cref="MemoryBudget"/> says.</summary>
    public long? MemoryLimit { get; init; }

    /// <summary>The name of the engine of a width: <c>simd512</c>, <c>simd256</c>, <c>simd128</c> or <c>scalar</c>.</summary>
    /// <param name="width">A width.</param>
    public static string NameOf(VectorWidth width) => width switch
    {
        VectorWidth.Widest => "simd",
        VectorWidth.Scalar => "scalar",
        _ => string.Create(CultureInfo.InvariantCulture, $"simd{(int)width}"),
    };

    /// <inheritdoc/>
    public override ChainArena CreateArena(ChainArenaLayout layout)
    {
        CheckMemory(layout);
        VectorWidth width = isWidthFree ? SuitableWidth.For(Width, layout.Precision, layout.ChainCount, ThreadCount) : Width;
        return (layout.Precision, width) switch
        {
            (Precision.Single, VectorWidth.Bits512) => new SimdArena<Float32x16>(layout, ThreadCount),
            (Precision.Single, VectorWidth.Bits256) => new SimdArena<Float32x8>(layout, ThreadCount),
            (Precision.Single, VectorWidth.Bits128) => new SimdArena<Float32x4>(layout, ThreadCount),
            (Precision.Single, _) => new SimdArena<Float32>(layout, ThreadCount),
            (Precision.Double, VectorWidth.Bits512) => new SimdArena<Float64x8>(layout, ThreadCount),
            (Precision.Double, VectorWidth.Bits256) => new SimdArena<Float64x4>(layout, ThreadCount),
            (Precision.Double, VectorWidth.Bits128) => new SimdArena<Float64x2>(layout, ThreadCount),
            (Precision.Double, _) => new SimdArena<Float64>(layout, ThreadCount),
            _ => throw new ArgumentOutOfRangeException(nameof(layout), layout.Precision, "Allowed: Single and Double."),
        };
    }
}
