using GpuSampling.Generators.Support;

namespace GpuSampling.Generators.Program;

/// <summary>What a field of a model is for.</summary>
internal enum FieldRole
{
    Data,
    Parameter,
    Generated,
}

/// <summary>The constraint of a parameter.</summary>
internal enum ConstraintKind
{
    None,
    Lower,
    Upper,
    Interval,
    Ordered,
    PositiveOrdered,
    Simplex,
    UnitVector,
    CorrelationCholesky,
    CovarianceCholesky,
}

/// <summary>A field of a model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Role">Data, parameter or generated quantity.</param>
/// <param name="IsTransformed">Whether data that Prepare computes, and no one gives.</param>
/// <param name="Type">The type of its value.</param>
/// <param name="Sizes">The lengths of its dimensions; empty where data bring their own.</param>
/// <param name="SizeTexts">The same as the author wrote them.</param>
/// <param name="Constraint">For a parameter.</param>
/// <param name="Lower">Its lower bound.</param>
/// <param name="Upper">Its upper bound.</param>
/// <param name="LowerText">The lower bound as C#.</param>
/// <param name="UpperText">The upper bound as C#.</param>
/// <param name="Span">Where it is declared.</param>
internal sealed record ModelField(
    string Name,
    FieldRole Role,
    bool IsTransformed,
    ProgramType Type,
    EquatableArray<Expression> Sizes,
    EquatableArray<string> SizeTexts,
    ConstraintKind Constraint,
    Expression? Lower,
    Expression? Upper,
    string? LowerText,
    string? UpperText,
    SourceSpan Span);

/// <summary>A whole model: its fields, its methods and all functions that they reach. Equal by value.</summary>
/// <param name="Namespace">The namespace of the type; empty for the global one.</param>
/// <param name="ContainingTypes">Declarations of the types around it, outermost first, such as <c>partial class Outer</c>.</param>
/// <param name="TypeName">The name of the type.</param>
/// <param name="TypeKeyword"><c>class</c> or <c>record</c> and the like.</param>
/// <param name="Title">What the model is called for users.</param>
/// <param name="Fields">Its fields in order of declaration.</param>
/// <param name="Functions">Its methods and what they call.</param>
/// <param name="LogDensity">The key of the method of that name, if any.</param>
/// <param name="LogPrior">The key of the method of that name, if any.</param>
/// <param name="LogLikelihood">The key of the method of that name, if any.</param>
/// <param name="Generate">The key of the method that computes generated quantities, if any.</param>
/// <param name="HasPrepare">Whether a method Prepare checks or transforms the data.</param>
/// <param name="HasPriorDraw">Whether a method DrawPrior draws the parameters from their prior.</param>
/// <param name="HiddenTypes">Types of generated code that need their full names in the model, by their short ones.</param>
/// <param name="KernelName">What the struct of the kernel is called, a name that the model does not have.</param>
/// <param name="Span">Where the type is declared.</param>
internal sealed record ModelProgram(
    string Namespace,
    EquatableArray<string> ContainingTypes,
    string TypeName,
    string TypeKeyword,
    string Title,
    EquatableArray<ModelField> Fields,
    EquatableArray<Function> Functions,
    string? LogDensity,
    string? LogPrior,
    string? LogLikelihood,
    string? Generate,
    bool HasPrepare,
    bool HasPriorDraw,
    EquatableArray<string> HiddenTypes,
    string KernelName,
    SourceSpan Span);
