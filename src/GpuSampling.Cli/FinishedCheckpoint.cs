using GpuSampling.Sampling;

namespace GpuSampling.Cli;

/// <summary>The checkpoint of a run whose results are all written.</summary>
internal static class FinishedCheckpoint
{
    /// <summary>Removes it. Where the disk does not let it, the run is done all the same, and says that the checkpoint is still there.</summary>
    /// <param name="checkpoint">Where it is; null where there is none.</param>
    /// <param name="output">Receives the warning.</param>
    public static void Remove(CheckpointOptions? checkpoint, TextWriter output)
    {
        try
        {
            checkpoint?.Delete();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            output.WriteLine($"warning: The checkpoint of this finished run could not be removed ({fault.Message}): remove {checkpoint!.Folder} yourself.");
        }
    }
}
