using System.Text;

namespace GpuSampling.Generators.Emission;

/// <summary>Writes indented C#.</summary>
internal sealed class SourceWriter(int indentation = 0)
{
    private readonly StringBuilder text = new();
    private int indentation = indentation;

    public void Line(string line = "")
    {
        if (line.Length > 0)
        {
            text.Append(' ', 4 * indentation).Append(line);
        }

        text.Append('\n');
    }

    public void Raw(string lines) => text.Append(lines);

    public void Open(string? header = null)
    {
        if (header is not null)
        {
            Line(header);
        }

        Line("{");
        indentation++;
    }

    public void Close(string end = "}")
    {
        indentation--;
        Line(end);
    }

    public override string ToString() => text.ToString();
}
