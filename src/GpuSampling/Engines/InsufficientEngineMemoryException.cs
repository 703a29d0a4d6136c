namespace GpuSampling.Engines;

/// <summary>Thrown when chains need more memory than an engine may take, even one pack at a time.</summary>
public sealed class InsufficientEngineMemoryException : Exception
{
    /// <summary>Says what was needed and what there is.</summary>
    /// <param name="engine">The engine's name.</param>
    /// <param name="neededBytes">The bytes needed.</param>
    /// <param name="availableBytes">The bytes that may be taken.</param>
    public InsufficientEngineMemoryException(string engine, long neededBytes, long availableBytes)
        : base(FormattableString.Invariant(
            $"Engine {engine} needs {neededBytes:N0} bytes for this run and may take {availableBytes:N0}: use fewer chains, a smaller model or another engine."))
    {
        NeededBytes = neededBytes;
        AvailableBytes = availableBytes;
    }

    /// <summary>The bytes needed.</summary>
    public long NeededBytes { get; }

    /// <summary>The bytes that may be taken.</summary>
    public long AvailableBytes { get; }
}
