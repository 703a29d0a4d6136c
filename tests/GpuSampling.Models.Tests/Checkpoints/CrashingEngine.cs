using GpuSampling.Engines;

namespace GpuSampling.Models.Tests.Checkpoints;

/// <summary>An engine that fails at a launch, as if its process had been killed there.</summary>
internal sealed class CrashingEngine(VectorWidth width, int launches) : Engine
{
    private readonly SimdEngine inner = new(width, 1);
    private int left = launches;

    public override string Name => inner.Name;

    public override string Description => inner.Description;

    public override long MemoryBudget => inner.MemoryBudget;

    public override ChainArena CreateArena(ChainArenaLayout layout) => new Arena(this, inner.CreateArena(layout));

    protected override void Dispose(bool disposing)
    {
        inner.Dispose();
        base.Dispose(disposing);
    }

    private sealed class Arena(CrashingEngine engine, ChainArena inner) : ChainArena(inner.Layout)
    {
        public override void Launch<TKernel>(in TKernel kernel, CancellationToken cancellationToken = default)
        {
            if (engine.left-- == 0)
            {
                throw new InvalidOperationException("The lights went out.");
            }

            inner.FirstChain = FirstChain;
            inner.Launch(kernel, cancellationToken);
        }

        public override void WriteSettings(ReadOnlySpan<double> reals, ReadOnlySpan<int> integers) => inner.WriteSettings(reals, integers);

        public override void Publish(int firstRow, int rowCount, int publishedRow) => inner.Publish(firstRow, rowCount, publishedRow);

        public override void ReadState(int firstRow, int rowCount, Span<double> destination) => inner.ReadState(firstRow, rowCount, destination);

        public override void WriteState(int firstRow, int rowCount, ReadOnlySpan<double> source) => inner.WriteState(firstRow, rowCount, source);

        public override void ReadOutputRow<TElement>(int row, Span<TElement> destination) => inner.ReadOutputRow(row, destination);

        public override void Synchronize() => inner.Synchronize();

        protected override void Dispose(bool disposing) => inner.Dispose();
    }
}
