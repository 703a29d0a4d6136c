using GpuSampling.Generators.Support;

namespace GpuSampling.Generators.Program;

/// <summary>An expression of a model's program: typed, resolved, and equal by value.</summary>
/// <param name="Type">The type of its value.</param>
/// <param name="Span">Where it stands in the source.</param>
internal abstract record Expression(ProgramType Type, SourceSpan Span);

/// <summary>A real constant.</summary>
internal sealed record RealLiteral(double Value, SourceSpan Span) : Expression(ProgramType.Real, Span);

/// <summary>An integer constant.</summary>
internal sealed record IntegerLiteral(int Value, SourceSpan Span) : Expression(ProgramType.Integer, Span);

/// <summary>A truth constant.</summary>
internal sealed record BooleanLiteral(bool Value, SourceSpan Span) : Expression(ProgramType.Boolean, Span);

/// <summary>A local variable or a parameter of the enclosing function.</summary>
internal sealed record VariableReference(int Variable, string Name, ProgramType Type, SourceSpan Span) : Expression(Type, Span);

/// <summary>A field of the model: data, parameter or generated quantity.</summary>
internal sealed record FieldReference(string Name, ProgramType Type, SourceSpan Span) : Expression(Type, Span);

/// <summary>An element of an array.</summary>
internal sealed record ElementAccess(Expression Array, EquatableArray<Expression> Indices, ProgramType Type, SourceSpan Span)
    : Expression(Type, Span);

/// <summary>The length of an array along a dimension; −1 asks for the number of all elements.</summary>
internal sealed record ArrayLength(Expression Array, int Dimension, SourceSpan Span) : Expression(ProgramType.Integer, Span);

/// <summary>The operators of one operand.</summary>
internal enum UnaryOperator
{
    Negate,
    Not,
}

/// <summary>An operator on one operand.</summary>
internal sealed record UnaryExpression(UnaryOperator Operator, Expression Operand, ProgramType Type, SourceSpan Span)
    : Expression(Type, Span);

/// <summary>The operators of two operands.</summary>
internal enum BinaryOperator
{
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    NotEqual,
    And,
    Or,
    ConditionalAnd,
    ConditionalOr,
}

/// <summary>An operator on two operands of one type.</summary>
internal sealed record BinaryExpression(
    BinaryOperator Operator, Expression Left, Expression Right, ProgramType Type, SourceSpan Span)
    : Expression(Type, Span);

/// <summary><c>condition ? whenTrue : whenFalse</c>.</summary>
internal sealed record ConditionalExpression(
    Expression Condition, Expression WhenTrue, Expression WhenFalse, ProgramType Type, SourceSpan Span)
    : Expression(Type, Span);

/// <summary>A value that is computed once for all its uses in an expression.</summary>
internal sealed record LetExpression(int Variable, Expression Value, Expression Body, SourceSpan Span) : Expression(Body.Type, Span);

/// <summary>An integer as a real number.</summary>
internal sealed record IntegerToReal(Expression Operand, SourceSpan Span) : Expression(ProgramType.Real, Span);

/// <summary>A call of an elementary function that the kernels have.</summary>
internal sealed record IntrinsicCall(string Function, EquatableArray<Expression> Arguments, ProgramType Type, SourceSpan Span)
    : Expression(Type, Span);

/// <summary>
/// A call of a function whose body is a part of the program. What a local function captures are its last arguments, each a variable.
/// </summary>
internal sealed record FunctionCall(string Function, EquatableArray<Expression> Arguments, ProgramType Type, SourceSpan Span)
    : Expression(Type, Span);

/// <summary>A new array, of zeros or of given elements.</summary>
internal sealed record NewArray(
    EquatableArray<Expression> Sizes, EquatableArray<Expression> Elements, ProgramType Type, SourceSpan Span)
    : Expression(Type, Span);

/// <summary>Several values.</summary>
internal sealed record TupleExpression(EquatableArray<Expression> Items, SourceSpan Span) : Expression(ProgramType.Tuple, Span);

/// <summary>One of several values.</summary>
internal sealed record TupleItem(Expression Tuple, int Index, ProgramType Type, SourceSpan Span) : Expression(Type, Span);
