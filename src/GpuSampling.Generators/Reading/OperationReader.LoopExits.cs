using GpuSampling.Generators.Program;
using GpuSampling.Generators.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GpuSampling.Generators.Reading;

/// <content>
/// Loops that some paths leave, by <c>break</c> or <c>return</c>. Lanes run a loop together, and some may leave it before others: a
/// variable says that a path has left, being 1 then and 0 before, and the iterations that follow do nothing.
/// </content>
internal sealed partial class OperationReader
{
    private readonly Dictionary<ILabelSymbol, VariableReference> broken = new(SymbolEqualityComparer.Default);

    /// <summary>Whether the function has returned, and with what value, for the outermost loop that is being read.</summary>
    private VariableReference? returned, result;

    /// <summary>Declares the variables that say whether paths have left a loop.</summary>
    private List<Statement> DeclareExits(ILoopOperation loop)
    {
        var declarations = new List<Statement>();
        VariableReference Declared(string name)
        {
            SourceSpan span = SpanOf(loop);
            var variable = new VariableReference(variableCount++, name, ProgramType.Real, span);
            declarations.Add(new Declaration(variable.Variable, name, variable.Type, new RealLiteral(0, span), span, HeadOf(loop)));
            return variable;
        }

        if (Breaks(loop))
        {
            broken[loop.ExitLabel] = Declared("hasEnded");
        }

        if (Returns(loop) && assignedByCalls.Count == 0)
        {
            (returned, result) = (Declared("hasReturned"), Declared("returned"));
        }

        return declarations;
    }

    /// <summary>The body of a loop, which runs on paths that have not left.</summary>
    private Block Guarded(Block body, ILoopOperation loop)
    {
        foreach (VariableReference flag in new[] { Breaks(loop) ? broken[loop.ExitLabel] : null, Returns(loop) ? returned : null }.OfType<VariableReference>())
        {
            var branch = new Branch(Has(flag, BinaryOperator.Less), body, new Block(default, body.Span), body.Span, "");
            body = new Block(new Statement[] { branch }.ToEquatableArray(), body.Span);
        }

        return body;
    }

    /// <summary>What follows a loop from which functions return: the return itself, or the end of the iteration around it.</summary>
    private Statement[] Leave(ILoopOperation loop)
    {
        if (!Returns(loop))
        {
            return [];
        }

        SourceSpan span = SpanOf(loop);
        bool hasValue = Within(loop.Body).Any(inner => inner is IReturnOperation { ReturnedValue: not null });
        Statement leaving = assignedByCalls.Count > 0 ? new Continue(span, "") : new Return(hasValue ? result : null, span, "");
        return [new Branch(Has(returned!, BinaryOperator.Greater), new Block(new[] { leaving }.ToEquatableArray(), span), new Block(default, span), span, "")];
    }

    private Statement[] ReadBreak(IBranchOperation ending, SourceSpan span, string text) =>
        broken.TryGetValue(ending.Target, out VariableReference? flag)
            ? [new Assignment(flag, null, new RealLiteral(1, span), span, text), new Continue(span, text)]
            : throw Unsupported(Rules.UnsupportedStatement, ending, "A 'break' before the end of a section", "write 'else' for what follows it");

    private IEnumerable<Statement> ReadReturnFromLoop(IReturnOperation ending, SourceSpan span, string text)
    {
        if (ending.ReturnedValue is { } returnedValue)
        {
            Expression value = ReadExpression(returnedValue);
            if (value.Type != ProgramType.Real)
            {
                throw Unsupported(Rules.LoopExit, ending, "return");
            }

            yield return new Assignment(result!, null, value, span, text);
        }

        yield return new Assignment(returned!, null, new RealLiteral(1, span), span, text);
        yield return new Continue(span, text);
    }

    private static BinaryExpression Has(VariableReference flag, BinaryOperator comparison) =>
        Both(comparison, flag, new RealLiteral(0.5, flag.Span), flag.Span);

    private static bool Breaks(ILoopOperation loop) => Within(loop.Body).Any(inner =>
        inner is IBranchOperation branch && SymbolEqualityComparer.Default.Equals(branch.Target, loop.ExitLabel));

    private static bool Returns(ILoopOperation loop) => Within(loop.Body).Any(inner => inner is IReturnOperation { IsImplicit: false });

    /// <summary>Operations, without those of local functions.</summary>
    private static IEnumerable<IOperation> Within(IOperation operation) =>
        operation is ILocalFunctionOperation ? [] : operation.ChildOperations.SelectMany(Within).Prepend(operation);
}
