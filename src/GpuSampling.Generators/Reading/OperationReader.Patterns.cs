using GpuSampling.Generators.Program;
using GpuSampling.Generators.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GpuSampling.Generators.Reading;

/// <content>Patterns of numbers, as conditions.</content>
internal sealed partial class OperationReader
{
    /// <summary>A switch expression, as nested conditional expressions on a value that is computed once.</summary>
    private Expression ReadSwitch(ISwitchExpressionOperation choice, SourceSpan span) => OnceOnly(choice.Value, span, value =>
    {
        Expression? result = null;
        foreach (ISwitchExpressionArmOperation arm in choice.Arms.Reverse())
        {
            Expression outcome = ReadExpression(arm.Value);
            Expression? condition = ConditionOf(arm.Pattern, value);
            if (arm.Guard is not null)
            {
                Expression guard = ReadExpression(arm.Guard);
                condition = condition is null ? guard : Both(BinaryOperator.ConditionalAnd, condition, guard, span);
            }

            result = condition is null || result is null ? outcome : new ConditionalExpression(condition, outcome, result, outcome.Type, span);
        }

        return result ?? throw Unsupported(Rules.UnsupportedExpression, choice, "An empty switch", "write a conditional expression");
    });

    /// <summary>What is computed from a value that is computed once itself.</summary>
    private Expression OnceOnly(IOperation operation, SourceSpan span, Func<Expression, Expression> use)
    {
        Expression value = ReadExpression(operation);
        if (value is IntegerLiteral or RealLiteral or BooleanLiteral)
        {
            return use(value);
        }

        int variable = variableCount++;
        return new LetExpression(variable, value, use(new VariableReference(variable, "switched", value.Type, value.Span)), span);
    }

    /// <summary>Whether a value is as a pattern says; null if every value is.</summary>
    private Expression? ConditionOf(IPatternOperation pattern, Expression value)
    {
        SourceSpan span = SpanOf(pattern);
        switch (pattern)
        {
            case IDiscardPatternOperation:
                return null;
            case IConstantPatternOperation constant:
                return Is(value, constant.Value, span);
            case IRelationalPatternOperation relation:
                return Both(ReadBinaryOperator(relation.OperatorKind, pattern), value, ReadExpression(relation.Value), span);
            case INegatedPatternOperation { Pattern: not IDiscardPatternOperation } negated:
                return new UnaryExpression(UnaryOperator.Not, ConditionOf(negated.Pattern, value)!, ProgramType.Boolean, span);
            case IBinaryPatternOperation { LeftPattern: not IDiscardPatternOperation, RightPattern: not IDiscardPatternOperation } pair:
                return Both(
                    pair.OperatorKind == BinaryOperatorKind.Or ? BinaryOperator.Or : BinaryOperator.And,
                    ConditionOf(pair.LeftPattern, value)!, ConditionOf(pair.RightPattern, value)!, span);
            default:
                throw Unsupported(Rules.UnsupportedExpression, pattern, "This pattern", "compare with constants by < <= > >=, 'and', 'or' and 'not', and end with '_'");
        }
    }

    /// <summary>Whether a value is a constant: NaN is NaN there.</summary>
    private Expression Is(Expression value, IOperation constant, SourceSpan span) => constant.ConstantValue.Value is double.NaN
        ? new IntrinsicCall("IsNaN", new[] { value }.ToEquatableArray(), ProgramType.Boolean, span)
        : Both(BinaryOperator.Equal, value, ReadExpression(constant), span);

    private static BinaryExpression Both(BinaryOperator binary, Expression left, Expression right, SourceSpan span) =>
        new(binary, left, right, ProgramType.Boolean, span);
}
