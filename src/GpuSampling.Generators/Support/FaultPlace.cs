using GpuSampling.Generators.Program;

namespace GpuSampling.Generators.Support;

/// <summary>Where in the author's source a fault of the generator arose, noted in the fault on its way.</summary>
internal static class FaultPlace
{
    private const string Key = "GpuSampling.Generators.Place";

    /// <summary>Notes a place unless one nearer to the fault is noted; as an exception filter it catches nothing.</summary>
    /// <returns>False.</returns>
    public static bool Note(Exception fault, SourceSpan? place)
    {
        if (fault is not (UnsupportedProgramException or OperationCanceledException) && place is { Length: > 0 } known && !fault.Data.Contains(Key))
        {
            fault.Data[Key] = known;
        }

        return false;
    }

    /// <summary>The place, or null if none was noted.</summary>
    public static SourceSpan? Of(Exception fault) => fault.Data[Key] as SourceSpan?;

    /// <summary>The diagnostic of a fault.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="model">The name of the model.</param>
    /// <param name="otherwise">Where it stands if no place was noted.</param>
    public static DiagnosticInfo Report(Exception fault, string model, SourceSpan otherwise) =>
        DiagnosticInfo.Of(Rules.Failure, Of(fault) ?? otherwise, model, $"{fault.GetType().Name}: {fault.Message}");
}
