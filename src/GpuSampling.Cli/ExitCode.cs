namespace GpuSampling.Cli;

/// <summary>What the command returns to the shell.</summary>
internal static class ExitCode
{
    /// <summary>All that was asked for was done.</summary>
    public const int Success = 0;

    /// <summary>A run failed.</summary>
    public const int Failed = 1;

    /// <summary>Arguments, data or folders that cannot be used.</summary>
    public const int BadInput = 2;

    /// <summary>Stopped by Ctrl-C: 128 + SIGINT, as shells have it. What was drawn until then was kept.</summary>
    public const int Stopped = 130;
}
