using GpuSampling.Generators.Support;

namespace GpuSampling.Generators.Program;

/// <summary>A statement of a model's program.</summary>
/// <param name="Span">Where it stands in the source.</param>
/// <param name="Text">Its first line, for the comments of the generated code.</param>
internal abstract record Statement(SourceSpan Span, string Text);

/// <summary>Statements in order.</summary>
internal sealed record Block(EquatableArray<Statement> Statements, SourceSpan Span) : Statement(Span, "");

/// <summary>Declares a local variable.</summary>
internal sealed record Declaration(int Variable, string Name, ProgramType Type, Expression? Initializer, SourceSpan Span, string Text)
    : Statement(Span, Text);

/// <summary>Assigns to a variable, an element or a field; with an operator, a compound assignment.</summary>
internal sealed record Assignment(Expression Target, BinaryOperator? Operator, Expression Value, SourceSpan Span, string Text)
    : Statement(Span, Text);

/// <summary>Takes a tuple apart. A null target discards.</summary>
internal sealed record Deconstruction(EquatableArray<DeconstructionTarget> Targets, Expression Value, SourceSpan Span, string Text)
    : Statement(Span, Text);

/// <summary>One variable, existing or new, that receives an item of a tuple.</summary>
internal sealed record DeconstructionTarget(Expression? Target, bool Declares, string Name);

/// <summary>Evaluates a call for its effect on arrays.</summary>
internal sealed record Evaluation(Expression Value, SourceSpan Span, string Text) : Statement(Span, Text);

/// <summary><c>if (condition) whenTrue else whenFalse</c>.</summary>
internal sealed record Branch(Expression Condition, Block WhenTrue, Block WhenFalse, SourceSpan Span, string Text)
    : Statement(Span, Text);

/// <summary>
/// A counted loop: <c>for (int variable = start; variable &lt; limit; variable += step)</c>, or with &gt; and a negative step.
/// </summary>
internal sealed record CountedLoop(
    int Variable, string Name, Expression Start, Expression Limit, bool IncludesLimit, int Step, Block Body, SourceSpan Span, string Text)
    : Statement(Span, Text)
{
    /// <summary>The variables that local functions assign when the body calls them, where it does.</summary>
    public EquatableArray<VariableReference> AssignedByCalls { get; init; }
}

/// <summary>Ends the function.</summary>
internal sealed record Return(Expression? Value, SourceSpan Span, string Text) : Statement(Span, Text);

/// <summary>Ends the iteration.</summary>
internal sealed record Continue(SourceSpan Span, string Text) : Statement(Span, Text);
