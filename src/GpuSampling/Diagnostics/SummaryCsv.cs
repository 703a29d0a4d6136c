using System.Globalization;
using System.Text;

namespace GpuSampling.Diagnostics;

/// <summary>Writes a summary's parameters as comma-separated values (RFC 4180), every digit kept.</summary>
public static class SummaryCsv
{
    /// <summary>A header line and a line a parameter, in the invariant culture; what is not defined is <c>NaN</c>.</summary>
    /// <param name="summary">The summary.</param>
    public static string Format(DiagnosticsSummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        var text = new StringBuilder("parameter");
        foreach ((string name, _) in SummaryFields.All)
        {
            text.Append(',').Append(name);
        }

        foreach (ParameterSummary one in summary.Parameters)
        {
            text.Append('\n').Append(Quoted(one.Name));
            foreach ((_, Func<ParameterSummary, double> value) in SummaryFields.All)
            {
                text.Append(',').Append(value(one).ToString("R", CultureInfo.InvariantCulture));
            }
        }

        return text.Append('\n').ToString();
    }

    /// <summary>Writes what <see cref="Format"/> gives.</summary>
    /// <param name="summary">The summary.</param>
    /// <param name="writer">Receives it.</param>
    public static void Write(DiagnosticsSummary summary, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(Format(summary));
    }

    // Names such as theta[1,2] contain the separator.
    private static string Quoted(string name) => name.AsSpan().ContainsAny(",\"\r\n")
        ? "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\""
        : name;
}
