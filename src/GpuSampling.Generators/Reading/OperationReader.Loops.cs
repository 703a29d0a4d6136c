using GpuSampling.Generators.Program;
using GpuSampling.Generators.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GpuSampling.Generators.Reading;

/// <content>Loops.</content>
internal sealed partial class OperationReader
{
    private Statement[] ReadFor(IForLoopOperation loop)
    {
        if (loop.Before.Length != 1
            || loop.Before[0] is not IVariableDeclarationGroupOperation { Declarations.Length: 1 } group
            || group.Declarations[0].Declarators.Length != 1
            || group.Declarations[0].Declarators[0] is not { } declarator
            || declarator.Symbol.Type.SpecialType != SpecialType.System_Int32
            || declarator.GetVariableInitializer()?.Value is not { } first)
        {
            throw Unsupported(Rules.LoopForm, loop, "The loop must declare one 'int' counter");
        }

        Expression start = ReadExpression(first);
        ILocalSymbol counter = declarator.Symbol;
        int variable = Declare(counter);
        int step = loop.AtLoopBottom.Length == 1 ? StepOf(loop.AtLoopBottom[0], counter) : 0;
        if (step == 0)
        {
            throw Unsupported(Rules.LoopForm, loop.AtLoopBottom.FirstOrDefault() ?? loop, "The counter must change by a constant");
        }

        var statements = new List<Statement>();
        (Expression end, bool includesLimit) = ReadLimit(loop, counter, step > 0, () =>
        {
            if (start is not (IntegerLiteral or VariableReference))
            {
                int held = variableCount++;
                statements.Add(new Declaration(held, "start", start.Type, start, start.Span, HeadOf(loop)));
                start = new VariableReference(held, "start", start.Type, start.Span);
            }

            return start;
        });
        foreach (IOperation inner in loop.Body.Descendants().Prepend(loop.Body))
        {
            IOperation? target = inner switch
            {
                IAssignmentOperation assignment => assignment.Target,
                IIncrementOrDecrementOperation change => change.Target,
                _ => null,
            };
            if (target is not null && Assigned(target).Any(one => one is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, counter)))
            {
                throw Unsupported(Rules.LoopForm, inner, $"The body changes the counter '{counter.Name}'");
            }
        }

        statements.AddRange(DeclareExits(loop));
        (Block body, EquatableArray<VariableReference> assigned) = BodyOf(loop);
        statements.Add(new CountedLoop(
            variable, counter.Name, start, end, includesLimit, step, body, SpanOf(loop), HeadOf(loop)) { AssignedByCalls = assigned });
        return [.. statements, .. Leave(loop)];
    }

    /// <summary>What an assignment to a target assigns: the target, or the items of a tuple.</summary>
    private static IEnumerable<IOperation> Assigned(IOperation target) =>
        target is ITupleOperation tuple ? tuple.Elements.SelectMany(Assigned) : [target];

    private static int StepOf(IOperation operation, ILocalSymbol counter)
    {
        if (operation is IExpressionStatementOperation statement)
        {
            operation = statement.Operation;
        }

        bool IsCounter(IOperation target) =>
            target is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, counter);
        return operation switch
        {
            IIncrementOrDecrementOperation change when IsCounter(change.Target) => change.Kind == OperationKind.Increment ? 1 : -1,
            ICompoundAssignmentOperation { Value.ConstantValue: { HasValue: true, Value: int value } } change when IsCounter(change.Target) =>
                change.OperatorKind switch
                {
                    BinaryOperatorKind.Add => value,
                    BinaryOperatorKind.Subtract => -value,
                    _ => 0,
                },
            _ => 0,
        };
    }

    /// <summary>
    /// The limit of the counter; of several, joined by &amp;&amp;, the one that is reached first. One that may have no value is
    /// evaluated only where the loop begins by those before it.
    /// </summary>
    private (Expression Limit, bool Includes) ReadLimit(IForLoopOperation loop, ILocalSymbol counter, bool ascends, Func<Expression> start)
    {
        (Expression Limit, bool Includes)? nearest = null;
        foreach (IOperation condition in Conjuncts(loop.Condition ?? loop))
        {
            (IOperation limit, bool includes, int offset) = LimitOf(condition, counter, ascends);
            assignedByCalls.Push([]);
            Expression end = ReadExpression(limit);
            if (offset != 0)
            {
                end = new BinaryExpression(BinaryOperator.Subtract, end, new IntegerLiteral(offset, end.Span), ProgramType.Integer, end.Span);
            }

            if (assignedByCalls.Pop().Count > 0)
            {
                throw Unsupported(Rules.LoopForm, limit, "The limit changes variables whenever it is computed");
            }

            if (nearest is { } other)
            {
                SourceSpan span = SpanOf(condition);
                if (limit.DescendantsAndSelf().Any(MayHaveNoValue))
                {
                    BinaryOperator comparison = (ascends, other.Includes) switch
                    {
                        (true, false) => BinaryOperator.Less,
                        (true, true) => BinaryOperator.LessOrEqual,
                        (false, false) => BinaryOperator.Greater,
                        (false, true) => BinaryOperator.GreaterOrEqual,
                    };
                    end = new ConditionalExpression(Both(comparison, start(), other.Limit, span), end, other.Limit, ProgramType.Integer, span);
                }

                if (other.Includes != includes)
                {
                    (other.Limit, end) = (other.Includes ? Exclusive(other.Limit, ascends) : other.Limit, includes ? Exclusive(end, ascends) : end);
                    includes = false;
                }

                end = Nearest(ascends, other.Limit, end, span);
            }

            nearest = (end, includes);
        }

        return nearest!.Value;
    }

    private static IEnumerable<IOperation> Conjuncts(IOperation condition) =>
        condition is IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both
            ? Conjuncts(both.LeftOperand).Concat(Conjuncts(both.RightOperand))
            : [condition];

    private static bool MayHaveNoValue(IOperation operation) =>
        operation is IArrayElementReferenceOperation or IInvocationOperation or IBinaryOperation { OperatorKind: BinaryOperatorKind.Divide or BinaryOperatorKind.Remainder }
        || (operation is IPropertyReferenceOperation property && property.Instance?.Type is not IArrayTypeSymbol);

    private static IntrinsicCall Nearest(bool ascends, Expression one, Expression other, SourceSpan span) =>
        new(ascends ? "Min" : "Max", new[] { one, other }.ToEquatableArray(), ProgramType.Integer, span);

    /// <summary>
    /// An included limit as one that is not, beside another such: the next number, or the outermost one, which is no nearer than
    /// the other.
    /// </summary>
    private static BinaryExpression Exclusive(Expression limit, bool ascends) => new(
        ascends ? BinaryOperator.Add : BinaryOperator.Subtract,
        Nearest(ascends, limit, new IntegerLiteral(ascends ? int.MaxValue - 1 : int.MinValue + 1, limit.Span), limit.Span),
        new IntegerLiteral(1, limit.Span), ProgramType.Integer, limit.Span);

    /// <summary>The limit that a condition sets for the counter, or for the counter and a constant.</summary>
    private static (IOperation Limit, bool Includes, int Offset) LimitOf(IOperation condition, ILocalSymbol counter, bool ascends)
    {
        bool IsCounter(IOperation operation) =>
            operation is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, counter);
        int? OffsetOf(IOperation operation) => operation switch
        {
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, RightOperand.ConstantValue.Value: int offset } sum when IsCounter(sum.LeftOperand) => offset,
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, LeftOperand.ConstantValue.Value: int offset } sum when IsCounter(sum.RightOperand) => offset,
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Subtract, RightOperand.ConstantValue.Value: int offset } difference when IsCounter(difference.LeftOperand) => -offset,
            _ => IsCounter(operation) ? 0 : null,
        };
        if (condition is IBinaryOperation comparison && (OffsetOf(comparison.LeftOperand) ?? OffsetOf(comparison.RightOperand)) is { } offset)
        {
            bool isFirst = OffsetOf(comparison.LeftOperand) is not null, isBelow = ascends == isFirst;
            IOperation limit = isFirst ? comparison.RightOperand : comparison.LeftOperand;
            if (limit.DescendantsAndSelf().Any(IsCounter))
            {
                throw Unsupported(Rules.LoopForm, condition, $"The limit depends on the counter '{counter.Name}'");
            }

            switch (comparison.OperatorKind)
            {
                case BinaryOperatorKind.LessThan when isBelow:
                case BinaryOperatorKind.GreaterThan when !isBelow:
                    return (limit, false, offset);
                case BinaryOperatorKind.LessThanOrEqual when isBelow:
                case BinaryOperatorKind.GreaterThanOrEqual when !isBelow:
                    return (limit, true, offset);
            }
        }

        throw Unsupported(
            Rules.LoopForm, condition, $"The condition must compare the counter '{counter.Name}' with its limit by {(ascends ? "< or <=" : "> or >=")}");
    }

    private Statement[] ReadForEach(IForEachLoopOperation loop)
    {
        SourceSpan span = SpanOf(loop);
        IOperation collection = loop.Collection is IConversionOperation conversion ? conversion.Operand : loop.Collection;
        Expression array = ReadExpression(collection);
        if (array.Type.Rank != 1 || loop.LoopControlVariable is not IVariableDeclaratorOperation declarator)
        {
            throw Unsupported(Rules.LoopForm, loop, "'foreach' runs over arrays of one dimension only");
        }

        var statements = new List<Statement>();
        Declaration? released = null;
        if (array is not VariableReference && !(array is FieldReference field && collector.RoleOf(field.Name) != FieldRole.Generated))
        {
            int collected = variableCount++;
            statements.Add(new Declaration(collected, "collection", array.Type, array, span, HeadOf(loop)));
            array = new VariableReference(collected, "collection", array.Type, span);
            released = new Declaration(collected, "collection", array.Type, null, span, "");
        }

        int index = variableCount++;
        int element = Declare(declarator.Symbol);
        var elementType = new ProgramType(array.Type.Element);
        var counter = new VariableReference(index, "i", ProgramType.Integer, span);
        ProgramType type = TypeOf(declarator.Symbol.Type, span);
        Expression value = Converted(new ElementAccess(array, new Expression[] { counter }.ToEquatableArray(), elementType, span), type, loop);
        var declaration = new Declaration(element, declarator.Symbol.Name, type, value, span, "");
        statements.AddRange(DeclareExits(loop));
        (Block body, EquatableArray<VariableReference> assigned) = BodyOf(loop);
        statements.Add(new CountedLoop(
            index, "i", new IntegerLiteral(0, span), new ArrayLength(array, 0, span), false, 1,
            new Block(new Statement[] { declaration, body }.ToEquatableArray(), body.Span), span, HeadOf(loop)) { AssignedByCalls = assigned });
        return released is null ? [.. statements, .. Leave(loop)] : [.. statements, released, .. Leave(loop)];
    }
}
