namespace GpuSampling.Cli;

/// <summary>Stopped by Ctrl-C: its message says what became of what was made until then.</summary>
internal sealed class StoppedException(string message) : OperationCanceledException(message);
