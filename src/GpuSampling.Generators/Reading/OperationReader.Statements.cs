using GpuSampling.Generators.Program;
using GpuSampling.Generators.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GpuSampling.Generators.Reading;

/// <content>Statements.</content>
internal sealed partial class OperationReader
{
    private Block ReadBlock(IBlockOperation block, bool isLoopBody = false) =>
        new(ReadStatements(block.Operations, isLoopBody).ToEquatableArray(), SpanOf(block));

    private List<Statement> ReadStatements(IReadOnlyList<IOperation> operations, bool isLoopBody)
    {
        var statements = new List<Statement>();
        for (int i = 0; i < operations.Count; i++)
        {
            IOperation operation = operations[i];

            // In the body of a loop itself, "if (c) continue; rest" is "if (c) { } else { rest }".
            if (isLoopBody && operation is IConditionalOperation { WhenFalse: null } skip && IsContinue(skip.WhenTrue))
            {
                List<Statement> rest = ReadStatements(operations.Skip(i + 1).ToArray(), isLoopBody);
                SourceSpan span = SpanOf(skip);
                statements.Add(new Branch(
                    ReadExpression(skip.Condition), new Block(default, span), new Block(rest.ToEquatableArray(), span), span, HeadOf(skip)));
                return statements;
            }

            statements.AddRange(ReadStatement(operation));
        }

        return statements;
    }

    private static bool IsContinue(IOperation operation) => operation switch
    {
        IBranchOperation { BranchKind: BranchKind.Continue } => true,
        IBlockOperation { Operations.Length: 1 } block => IsContinue(block.Operations[0]),
        _ => false,
    };

    private Statement[] ReadStatement(IOperation operation)
    {
        try
        {
            return [.. Read(operation, SpanOf(operation))];
        }
        catch (Exception fault) when (FaultPlace.Note(fault, isLibrary ? null : SpanOf(operation)))
        {
            throw;
        }
    }

    private IEnumerable<Statement> Read(IOperation operation, SourceSpan span)
    {
        string text = TextOf(operation.Syntax);
        switch (operation)
        {
            case IEmptyOperation:
                return [];
            case IBlockOperation block:
                return [ReadBlock(block)];
            case IVariableDeclarationGroupOperation group:
                return group.Declarations.SelectMany(declaration => declaration.Declarators).Select(ReadDeclaration).ToArray();
            case IExpressionStatementOperation expression:
                return ReadEffect(expression.Operation, span, text);
            case IReturnOperation { IsImplicit: false } ending when assignedByCalls.Count > 0:
                return ReadReturnFromLoop(ending, span, text);
            case IReturnOperation ending:
                return ReadReturn(ending, span, text);
            case IConditionalOperation conditional:
                return
                [
                    new Branch(
                        ReadExpression(conditional.Condition), AsBlock(conditional.WhenTrue), AsBlock(conditional.WhenFalse), span, HeadOf(operation)),
                ];
            case IForLoopOperation loop:
                return ReadFor(loop);
            case IForEachLoopOperation loop:
                return ReadForEach(loop);
            case IWhileLoopOperation:
                throw Unsupported(Rules.LoopForm, operation, "The number of iterations of a 'while' loop is not known beforehand");
            case IBranchOperation { BranchKind: BranchKind.Continue }:
                return [new Continue(span, text)];
            case IBranchOperation { BranchKind: BranchKind.Break } ending:
                return ReadBreak(ending, span, text);
            case IBranchOperation:
                throw Unsupported(Rules.LoopExit, operation, "goto");
            case IThrowOperation or ITryOperation:
                throw Unsupported(Rules.Exception, operation);
            case ILocalFunctionOperation:
                return []; // read where it is called
            case ISwitchOperation choice:
                return ReadSwitch(choice, span);
            case IUsingOperation or IUsingDeclarationOperation or ILockOperation:
                throw Unsupported(Rules.UnsupportedStatement, operation, "This statement", "move it to 'void Prepare()', which runs on the host");
            default:
                throw Unsupported(Rules.UnsupportedStatement, operation, $"This statement ({operation.Kind})", "use declarations, assignments, 'if', 'for' and 'return'");
        }
    }

    /// <summary>The body of a loop.</summary>
    private (Block Body, EquatableArray<VariableReference> AssignedByCalls) BodyOf(ILoopOperation loop)
    {
        assignedByCalls.Push([]);
        Block body = loop.Body is IBlockOperation block ? ReadBlock(block, isLoopBody: true) : AsBlock(loop.Body);
        body = Guarded(body, loop);
        List<VariableReference> assigned = assignedByCalls.Pop();
        if (assignedByCalls.Count > 0)
        {
            assignedByCalls.Peek().AddRange(assigned);
        }

        return (body, assigned.ToEquatableArray());
    }

    private Block AsBlock(IOperation? operation)
    {
        switch (operation)
        {
            case null:
                return new Block(default, default);
            case IBlockOperation block:
                return ReadBlock(block);
            default:
                return new Block(ReadStatement(operation).ToEquatableArray(), SpanOf(operation));
        }
    }

    /// <summary>The first line of a statement that has a body.</summary>
    private static string HeadOf(IOperation operation)
    {
        string text = TextOf(operation.Syntax);
        int brace = text.IndexOf('{');
        return (brace < 0 ? text : text.Substring(0, brace)).TrimEnd();
    }

    private Declaration ReadDeclaration(IVariableDeclaratorOperation declarator)
    {
        SourceSpan span = SpanOf(declarator);
        ILocalSymbol local = declarator.Symbol;
        IOperation? initializer = declarator.GetVariableInitializer()?.Value;
        Expression? value = initializer is null ? null : ReadExpression(initializer); // what is wrong with it says more than its type
        ProgramType type = TypeOf(local.Type, initializer is null ? span : SpanOf(initializer));
        return new Declaration(Declare(local), local.Name, type, value, span, TextOf(declarator.Syntax.Parent?.Parent));
    }

    private IEnumerable<Statement> ReadReturn(IReturnOperation ending, SourceSpan span, string text)
    {
        if (ending.ReturnedValue is null)
        {
            return ending.IsImplicit ? [] : [new Return(null, span, text)];
        }

        return [new Return(ReadExpression(ending.ReturnedValue), span, text)];
    }

    /// <summary>An expression that stands as a statement.</summary>
    private IEnumerable<Statement> ReadEffect(IOperation operation, SourceSpan span, string text)
    {
        switch (operation)
        {
            case ISimpleAssignmentOperation { Target: IDiscardOperation } discard:
                return [new Evaluation(ReadExpression(discard.Value), span, text)];
            case ISimpleAssignmentOperation assignment:
                return [new Assignment(ReadTarget(assignment.Target), null, ReadExpression(assignment.Value), span, text)];
            case ICompoundAssignmentOperation compound:
                return [new Assignment(ReadTarget(compound.Target), ReadBinaryOperator(compound.OperatorKind, compound), ReadExpression(compound.Value), span, text)];
            case IIncrementOrDecrementOperation step:
                Expression target = ReadTarget(step.Target);
                Expression one = target.Type.Element == ElementType.Integer ? new IntegerLiteral(1, span) : new RealLiteral(1, span);
                return [new Assignment(target, step.Kind == OperationKind.Increment ? BinaryOperator.Add : BinaryOperator.Subtract, one, span, text)];
            case IDeconstructionAssignmentOperation deconstruction:
                return [ReadDeconstruction(deconstruction, span, text)];
            case IInvocationOperation:
                return [new Evaluation(ReadExpression(operation), span, text)];
            case IThrowOperation:
                throw Unsupported(Rules.Exception, operation);
            default:
                return [new Evaluation(ReadExpression(operation), span, text)];
        }
    }

    private Deconstruction ReadDeconstruction(IDeconstructionAssignmentOperation deconstruction, SourceSpan span, string text)
    {
        Expression value = ReadExpression(deconstruction.Value);
        IOperation target = deconstruction.Target is IDeclarationExpressionOperation declaration ? declaration.Expression : deconstruction.Target;
        if (target is not ITupleOperation tuple || value.Type.Element != ElementType.Tuple)
        {
            throw Unsupported(Rules.UnsupportedExpression, deconstruction, "This deconstruction", "take a tuple apart into variables");
        }

        var targets = tuple.Elements.Select(element =>
        {
            IOperation item = element is IDeclarationExpressionOperation inner ? inner.Expression : element;
            return item switch
            {
                IDiscardOperation => new DeconstructionTarget(null, false, "_"),
                ILocalReferenceOperation { IsDeclaration: true } local => new DeconstructionTarget(
                    new VariableReference(Declare(local.Local), local.Local.Name, TypeOf(local), SpanOf(local)), true, local.Local.Name),
                ILocalReferenceOperation local => new DeconstructionTarget(ReadTarget(local), false, local.Local.Name),
                _ => new DeconstructionTarget(ReadTarget(item), false, "item"),
            };
        });
        return new Deconstruction(targets.ToEquatableArray(), value, span, text);
    }

    private Expression ReadTarget(IOperation target)
    {
        switch (target)
        {
            case IArrayElementReferenceOperation:
                return ReadExpression(target);
            case ILocalReferenceOperation or IParameterReferenceOperation:
                Expression variable = ReadExpression(target);
                NoteAssigned(target is ILocalReferenceOperation local ? local.Local : ((IParameterReferenceOperation)target).Parameter);
                return variable;
            case IFieldReferenceOperation { Instance: { } tuple, Field.ContainingType.IsTupleType: true }:
                ReadTarget(tuple);
                return ReadExpression(target);
            case IFieldReferenceOperation field:
                Expression reference = ReadExpression(field);
                return reference is FieldReference known && collector.RoleOf(known.Name) == FieldRole.Generated
                    ? reference
                    : throw Unsupported(Rules.ReadOnlyTarget, target, field.Field.Name, "not a generated quantity");
            default:
                throw Unsupported(Rules.UnsupportedExpression, target, "An assignment to this", "assign to local variables and elements of arrays");
        }
    }
}
