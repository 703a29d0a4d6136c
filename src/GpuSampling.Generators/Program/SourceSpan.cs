using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace GpuSampling.Generators.Program;

/// <summary>A place in a source file, as a value that holds on to no syntax tree.</summary>
/// <param name="Path">The file.</param>
/// <param name="Start">The first character, from 0.</param>
/// <param name="Length">The number of characters.</param>
/// <param name="StartLine">The line of the first character, from 0.</param>
/// <param name="StartColumn">Its column, from 0.</param>
/// <param name="EndLine">The line of the end, from 0.</param>
/// <param name="EndColumn">The column of the end, from 0.</param>
internal readonly record struct SourceSpan(
    string Path, int Start, int Length, int StartLine, int StartColumn, int EndLine, int EndColumn)
{
    public static SourceSpan Of(Location location)
    {
        FileLinePositionSpan lines = location.GetLineSpan();
        return new(
            lines.Path ?? "",
            location.SourceSpan.Start,
            location.SourceSpan.Length,
            lines.StartLinePosition.Line,
            lines.StartLinePosition.Character,
            lines.EndLinePosition.Line,
            lines.EndLinePosition.Character);
    }

    public Location ToLocation() => Location.Create(
        Path,
        new TextSpan(Start, Length),
        new LinePositionSpan(new LinePosition(StartLine, StartColumn), new LinePosition(EndLine, EndColumn)));
}
