using GpuSampling.Generators.Program;
using Microsoft.CodeAnalysis;

namespace GpuSampling.Generators.Support;

/// <summary>A diagnostic to report, as a value.</summary>
/// <param name="Id">Which one.</param>
/// <param name="Span">Where.</param>
/// <param name="Arguments">What fills the message.</param>
internal sealed record DiagnosticInfo(string Id, SourceSpan Span, EquatableArray<string> Arguments)
{
    public static DiagnosticInfo Of(DiagnosticDescriptor descriptor, SourceSpan span, params string[] arguments) =>
        new(descriptor.Id, span, arguments.ToEquatableArray());

    public Diagnostic ToDiagnostic() =>
        Diagnostic.Create(Rules.ById(Id), Span.ToLocation(), Arguments.Cast<object>().ToArray());
}

/// <summary>Thrown where a program leaves the supported subset, and caught where the model is generated.</summary>
internal sealed class UnsupportedProgramException(DiagnosticInfo diagnostic) : Exception
{
    public UnsupportedProgramException(DiagnosticDescriptor descriptor, SourceSpan span, params string[] arguments)
        : this(DiagnosticInfo.Of(descriptor, span, arguments))
    {
    }

    public DiagnosticInfo Diagnostic { get; } = diagnostic;
}
