using GpuSampling.Engines;

namespace GpuSampling.Ilgpu.Tests.Support;

/// <summary>An engine for a test that disposes what it opens: disposing this leaves the engine open for other tests.</summary>
/// <param name="engine">The engine.</param>
/// <param name="memoryLimit">The bytes that arenas may take; null: as the engine says.</param>
internal sealed class BorrowedEngine(IlgpuEngine engine, long? memoryLimit) : Engine
{
    public override string Name => engine.Name;

    public override string Description => engine.Description;

    public override long MemoryBudget => memoryLimit ?? engine.MemoryBudget;

    public override int ChainBlock => engine.ChainBlock;

    public override ChainArena CreateArena(ChainArenaLayout layout)
    {
        CheckMemory(layout);
        return engine.CreateArena(layout);
    }
}
