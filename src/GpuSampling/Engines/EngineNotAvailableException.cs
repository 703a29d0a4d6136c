namespace GpuSampling.Engines;

/// <summary>Thrown when an engine is asked for by a name that this machine has no engine for.</summary>
public sealed class EngineNotAvailableException : Exception
{
    /// <summary>Says which engine and why.</summary>
    /// <param name="engine">The name that was asked for.</param>
    /// <param name="reason">One sentence: what was looked for, what was found, what to install or to choose instead.</param>
    public EngineNotAvailableException(string engine, string reason)
        : base($"Engine {engine} is not available: {reason}")
    {
        Engine = engine;
        Reason = reason;
    }

    /// <summary>The name that was asked for.</summary>
    public string Engine { get; }

    /// <summary>The sentence without the name.</summary>
    public string Reason { get; }
}
