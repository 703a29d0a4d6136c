using GpuSampling.Generators.Program;
using GpuSampling.Generators.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GpuSampling.Generators.Reading;

/// <content>Switch statements, as branches on a value that is computed once.</content>
internal sealed partial class OperationReader
{
    private IEnumerable<Statement> ReadSwitch(ISwitchOperation choice, SourceSpan span)
    {
        CheckLocals(choice);
        Expression value = ReadExpression(choice.Value);
        if (value is not (IntegerLiteral or RealLiteral or BooleanLiteral))
        {
            int held = variableCount++;
            yield return new Declaration(held, "switched", value.Type, value, span, HeadOf(choice));
            value = new VariableReference(held, "switched", value.Type, value.Span);
        }

        var sections = new List<(Expression Condition, Block Body, ISwitchCaseOperation Section)>();
        Block remaining = new(default, span);
        foreach (ISwitchCaseOperation section in choice.Cases)
        {
            Expression[] conditions = [.. section.Clauses.Select(clause => ConditionOf(clause, value)).OfType<Expression>()];
            Block body = new(ReadSection(section.Body, choice).ToEquatableArray(), SpanOf(section));
            if (conditions.Length == section.Clauses.Length)
            {
                sections.Add((conditions.Aggregate((a, b) => Both(BinaryOperator.ConditionalOr, a, b, SpanOf(section))), body, section));
            }
            else if (section.Clauses.Any(clause => clause is IPatternCaseClauseOperation { Guard: not null }))
            {
                throw Unsupported(Rules.UnsupportedStatement, section, "A case with a condition beside 'default'", "give 'default' a section of its own");
            }
            else
            {
                remaining = body;
            }
        }

        for (int i = sections.Count - 1; i >= 0; i--)
        {
            (Expression condition, Block body, ISwitchCaseOperation section) = sections[i];
            Statement branch = new Branch(condition, body, remaining, SpanOf(section), HeadOf(section));
            remaining = new Block(new[] { branch }.ToEquatableArray(), branch.Span);
        }

        yield return remaining;
    }

    /// <summary>Whether a value is as a clause says; null if every other value is.</summary>
    private Expression? ConditionOf(ICaseClauseOperation clause, Expression value)
    {
        SourceSpan span = SpanOf(clause);
        switch (clause)
        {
            case IDefaultCaseClauseOperation:
                return null;
            case ISingleValueCaseClauseOperation single:
                return Is(value, single.Value, span);
            case IPatternCaseClauseOperation { Guard: null } pattern:
                return ConditionOf(pattern.Pattern, value);
            case IPatternCaseClauseOperation { Guard: { } guard } pattern:
                Expression condition = ReadExpression(guard);
                return ConditionOf(pattern.Pattern, value) is { } matches ? Both(BinaryOperator.ConditionalAnd, matches, condition, span) : condition;
            default:
                throw Unsupported(Rules.UnsupportedStatement, clause, "This case", "compare with constants");
        }
    }

    /// <summary>The statements of a section without the <c>break</c> at its end.</summary>
    private List<Statement> ReadSection(IReadOnlyList<IOperation> operations, ISwitchOperation choice)
    {
        IOperation? last = operations.Count == 0 ? null : operations[operations.Count - 1];
        if (last is IBlockOperation block)
        {
            List<Statement> statements = ReadStatements(operations.Take(operations.Count - 1).ToArray(), isLoopBody: false);
            statements.Add(new Block(ReadSection(block.Operations, choice).ToEquatableArray(), SpanOf(block)));
            return statements;
        }

        bool endsHere = last is IBranchOperation { BranchKind: BranchKind.Break } branch && SymbolEqualityComparer.Default.Equals(branch.Target, choice.ExitLabel);
        return ReadStatements(endsHere ? operations.Take(operations.Count - 1).ToArray() : operations, isLoopBody: false);
    }

    /// <summary>A variable of a switch is one of all its sections for the compiler, but only one of them runs.</summary>
    private static void CheckLocals(ISwitchOperation choice)
    {
        foreach (ILocalSymbol local in choice.Locals)
        {
            bool Uses(IOperation operation) => operation.DescendantsAndSelf().Any(inner =>
                inner is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, local));
            bool Declares(IOperation operation) => operation.DescendantsAndSelf().Any(inner =>
                inner is IVariableDeclaratorOperation declarator && SymbolEqualityComparer.Default.Equals(declarator.Symbol, local));
            if (choice.Cases.FirstOrDefault(section => section.Body.Any(Uses) && !section.Body.Any(Declares)) is { } other)
            {
                throw Unsupported(Rules.UnsupportedStatement, other, $"A section with the variable '{local.Name}' of another", "declare it before the 'switch'");
            }
        }
    }
}
