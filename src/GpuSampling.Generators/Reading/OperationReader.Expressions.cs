using GpuSampling.Generators.Lowering;
using GpuSampling.Generators.Program;
using GpuSampling.Generators.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace GpuSampling.Generators.Reading;

/// <content>Expressions.</content>
internal sealed partial class OperationReader
{
    private Expression ReadExpression(IOperation operation)
    {
        try
        {
            return Read(operation);
        }
        catch (Exception fault) when (FaultPlace.Note(fault, isLibrary ? null : SpanOf(operation)))
        {
            throw;
        }
    }

    private Expression Read(IOperation operation)
    {
        SourceSpan span = SpanOf(operation);
        if (operation.ConstantValue is { HasValue: true, Value: { } constant } && ReadConstant(constant, span) is { } literal)
        {
            return literal;
        }

        switch (operation)
        {
            case IParenthesizedOperation parenthesized:
                return ReadExpression(parenthesized.Operand);
            case ILocalReferenceOperation local:
                return new VariableReference(VariableOf(local.Local, local), local.Local.Name, TypeOf(local), span);
            case IParameterReferenceOperation parameter:
                return new VariableReference(VariableOf(parameter.Parameter, parameter), parameter.Parameter.Name, TypeOf(parameter), span);
            case IFieldReferenceOperation field:
                return ReadField(field, span);
            case IPropertyReferenceOperation property:
                return ReadProperty(property, span);
            case IArrayElementReferenceOperation element:
                Expression array = ReadExpression(element.ArrayReference);
                return new ElementAccess(
                    array, element.Indices.Select(index => ReadIndex(index, array)).ToEquatableArray(), new ProgramType(array.Type.Element), span);
            case IUnaryOperation unary:
                return ReadUnary(unary, span);
            case IBinaryOperation binary:
                return ReadBinary(binary, span);
            case IConditionalOperation conditional:
                return new ConditionalExpression(
                    ReadExpression(conditional.Condition), ReadExpression(conditional.WhenTrue), ReadExpression(conditional.WhenFalse!), TypeOf(conditional), span);
            case IConversionOperation conversion:
                return ReadConversion(conversion, span);
            case IInvocationOperation invocation:
                return ReadCall(invocation, span);
            case ITupleOperation tuple:
                return new TupleExpression(tuple.Elements.Select(ReadExpression).ToEquatableArray(), span);
            case IArrayCreationOperation creation:
                return ReadArray(creation, span);
            case ICollectionExpressionOperation collection:
                return ReadCollection(collection, span);
            case IDefaultValueOperation when TypeReader.TryRead(operation.Type) is { Rank: 0, Element: ElementType.Real }:
                return new RealLiteral(0, span);
            case ISwitchExpressionOperation choice:
                return ReadSwitch(choice, span);
            case IIsPatternOperation test:
                return OnceOnly(test.Value, span, value => ConditionOf(test.Pattern, value) ?? new BooleanLiteral(true, span));
            case IAnonymousFunctionOperation or IDelegateCreationOperation or IMethodReferenceOperation:
                throw Unsupported(Rules.Delegate, operation);
            case IInterpolatedStringOperation:
                throw Unsupported(Rules.Text, operation);
            case IObjectCreationOperation or IAnonymousObjectCreationOperation:
                throw Unsupported(Rules.Allocation, operation, operation.Type?.ToDisplayString() ?? "object");
            case ISimpleAssignmentOperation or ICompoundAssignmentOperation or IIncrementOrDecrementOperation:
                throw Unsupported(Rules.UnsupportedExpression, operation, "An assignment inside an expression", "write it as a statement of its own");
            case IThrowOperation:
                throw Unsupported(Rules.Exception, operation);
            case IInvalidOperation:
                throw Unsupported(Rules.UnsupportedExpression, operation, "What is no C#", "the compiler's own error says why");
            case ILiteralOperation { Type: not null }:
                throw Unsupported(Rules.UnsupportedType, operation, operation.Type.ToDisplayString());
            default:
                throw Unsupported(Rules.UnsupportedExpression, operation, $"This expression ({operation.Kind})", "use arithmetic, comparisons, arrays, tuples and calls");
        }
    }

    private static Expression? ReadConstant(object constant, SourceSpan span) => constant switch
    {
        double value => new RealLiteral(value, span),
        int value => new IntegerLiteral(value, span),
        bool value => new BooleanLiteral(value, span),
        string => throw new UnsupportedProgramException(Rules.Text, span),
        _ => null,
    };

    private Expression ReadIndex(IOperation index, Expression array)
    {
        if (index is IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat } fromEnd && array is VariableReference or FieldReference)
        {
            return new BinaryExpression(
                BinaryOperator.Subtract, new ArrayLength(array, 0, SpanOf(index)), ReadExpression(fromEnd.Operand), ProgramType.Integer, SpanOf(index));
        }

        Expression expression = ReadExpression(index);
        return expression.Type == ProgramType.Integer
            ? expression
            : throw Unsupported(Rules.UnsupportedExpression, index, "An index of this type", "use 'int' indices");
    }

    private Expression ReadField(IFieldReferenceOperation field, SourceSpan span)
    {
        if (field.Field.ContainingType.IsTupleType && field.Instance is not null)
        {
            IFieldSymbol item = field.Field.CorrespondingTupleField ?? field.Field;
            var tuple = (INamedTypeSymbol)field.Instance.Type!;
            int index = tuple.TupleElements.IndexOf(tuple.TupleElements.First(one => SymbolEqualityComparer.Default.Equals(one.CorrespondingTupleField ?? one, item)));
            return new TupleItem(ReadExpression(field.Instance), index, TypeOf(field), span);
        }

        return collector.RoleOf(field.Field.Name) is not null && collector.IsModel(field.Field.ContainingType) && field.Instance is IInstanceReferenceOperation
            ? new FieldReference(field.Field.Name, TypeOf(field), span)
            : collector.InitializerOf(field.Field) is { } initializer ? Converted(initializer, TypeOf(field), field)
            : throw Unsupported(Rules.Mutable, field, field.Field.Name);
    }

    private Expression ReadProperty(IPropertyReferenceOperation property, SourceSpan span)
    {
        if (property.Instance?.Type is IArrayTypeSymbol && property.Property.Name == "Length")
        {
            return new ArrayLength(ReadExpression(property.Instance), -1, span);
        }

        if (property.Property.GetMethod is { } getter && property.Arguments.IsEmpty)
        {
            CheckCallable(getter, property);
            return CallOf(getter, [], TypeOf(property), property, span);
        }

        throw Unsupported(Rules.UnknownCall, property, property.Property.ToDisplayString());
    }

    private Expression ReadUnary(IUnaryOperation unary, SourceSpan span)
    {
        Expression operand = ReadExpression(unary.Operand);
        return unary.OperatorKind switch
        {
            UnaryOperatorKind.Plus => operand,
            UnaryOperatorKind.Minus => new UnaryExpression(UnaryOperator.Negate, operand, TypeOf(unary), span),
            UnaryOperatorKind.Not => new UnaryExpression(UnaryOperator.Not, operand, TypeOf(unary), span),
            _ => throw Unsupported(Rules.UnsupportedExpression, unary, "This operator", "use -, + and !"),
        };
    }

    private BinaryExpression ReadBinary(IBinaryOperation binary, SourceSpan span)
    {
        Expression left = ReadExpression(binary.LeftOperand);
        Expression right = ReadExpression(binary.RightOperand);
        if (left.Type.IsArray || right.Type.IsArray || left.Type.Element == ElementType.Tuple)
        {
            throw Unsupported(Rules.UnsupportedExpression, binary, "An operator on arrays or tuples", "write it for their elements");
        }

        return new BinaryExpression(ReadBinaryOperator(binary.OperatorKind, binary), left, right, TypeOf(binary), span);
    }

    private static BinaryOperator ReadBinaryOperator(BinaryOperatorKind kind, IOperation place) => kind switch
    {
        BinaryOperatorKind.Add => BinaryOperator.Add,
        BinaryOperatorKind.Subtract => BinaryOperator.Subtract,
        BinaryOperatorKind.Multiply => BinaryOperator.Multiply,
        BinaryOperatorKind.Divide => BinaryOperator.Divide,
        BinaryOperatorKind.Remainder => BinaryOperator.Remainder,
        BinaryOperatorKind.LessThan => BinaryOperator.Less,
        BinaryOperatorKind.LessThanOrEqual => BinaryOperator.LessOrEqual,
        BinaryOperatorKind.GreaterThan => BinaryOperator.Greater,
        BinaryOperatorKind.GreaterThanOrEqual => BinaryOperator.GreaterOrEqual,
        BinaryOperatorKind.Equals => BinaryOperator.Equal,
        BinaryOperatorKind.NotEquals => BinaryOperator.NotEqual,
        BinaryOperatorKind.ConditionalAnd when place.Type?.SpecialType == SpecialType.System_Boolean => BinaryOperator.ConditionalAnd,
        BinaryOperatorKind.ConditionalOr when place.Type?.SpecialType == SpecialType.System_Boolean => BinaryOperator.ConditionalOr,
        BinaryOperatorKind.And when place.Type?.SpecialType == SpecialType.System_Boolean => BinaryOperator.And,
        BinaryOperatorKind.Or when place.Type?.SpecialType == SpecialType.System_Boolean => BinaryOperator.Or,
        BinaryOperatorKind.ExclusiveOr when place.Type?.SpecialType == SpecialType.System_Boolean => BinaryOperator.NotEqual,
        _ => throw Unsupported(Rules.UnsupportedExpression, place, $"The operator {kind}", "use + - * / %, comparisons, && and ||"),
    };

    private Expression ReadConversion(IConversionOperation conversion, SourceSpan span)
    {
        Expression operand = ReadExpression(conversion.Operand);
        return conversion.Type is INamedTypeSymbol { IsTupleType: true } to && conversion.Operand.Type is INamedTypeSymbol { IsTupleType: true } from
            ? ConvertedTuple(operand, from, to, conversion)
            : Converted(operand, TypeOf(conversion), conversion, span);
    }

    private static Expression Converted(Expression operand, ProgramType target, IOperation place, SourceSpan? span = null)
    {
        if (operand.Type == target)
        {
            return operand;
        }

        if (operand.Type == ProgramType.Integer && target == ProgramType.Real)
        {
            return new IntegerToReal(operand, span ?? operand.Span);
        }

        throw operand.Type == ProgramType.Real && target == ProgramType.Integer
            ? Unsupported(Rules.IntegerFromReal, place)
            : Unsupported(Rules.UnsupportedExpression, place, "This conversion", "use double and int");
    }

    /// <summary>A tuple of which each item is converted.</summary>
    private Expression ConvertedTuple(Expression operand, INamedTypeSymbol from, INamedTypeSymbol to, IOperation place)
    {
        if (from.TupleElements.Length != to.TupleElements.Length
            || from.TupleElements.Zip(to.TupleElements, (a, b) => SymbolEqualityComparer.Default.Equals(a.Type, b.Type)).All(isSame => isSame))
        {
            return operand;
        }

        int tuple = variableCount++;
        var reference = new VariableReference(tuple, "tuple", operand.Type, operand.Span);
        var items = from.TupleElements.Select((item, i) =>
        {
            var one = new TupleItem(reference, i, TypeOf(item.Type, operand.Span), operand.Span);
            return item.Type is INamedTypeSymbol { IsTupleType: true } inner
                ? ConvertedTuple(one, inner, (INamedTypeSymbol)to.TupleElements[i].Type, place)
                : Converted(one, TypeOf(to.TupleElements[i].Type, operand.Span), place);
        });
        return new LetExpression(tuple, operand, new TupleExpression(items.ToEquatableArray(), operand.Span), operand.Span);
    }

    private Expression ReadCall(IInvocationOperation invocation, SourceSpan span)
    {
        IMethodSymbol target = invocation.TargetMethod;
        if (invocation.Instance?.Type is IArrayTypeSymbol && target.Name == "GetLength" && invocation.Arguments[0].Value.ConstantValue is { HasValue: true, Value: int dimension })
        {
            return new ArrayLength(ReadExpression(invocation.Instance), dimension, span);
        }

        if (target.MethodKind == MethodKind.DelegateInvoke)
        {
            throw Unsupported(Rules.Delegate, invocation);
        }

        (Expression[] arguments, List<(int Variable, Expression Value)> before) = ReadArguments(invocation);
        Expression call;
        if (collector.IntrinsicOf(target) is { } intrinsic)
        {
            call = new IntrinsicCall(intrinsic, arguments.ToEquatableArray(), TypeOf(invocation), span);
        }
        else
        {
            CheckCallable(target, invocation);
            call = CallOf(target, arguments, target.ReturnsVoid ? ProgramType.Void : TypeOf(invocation), invocation, span);
        }

        for (int i = before.Count - 1; i >= 0; i--)
        {
            call = new LetExpression(before[i].Variable, before[i].Value, call, span);
        }

        return call;
    }

    /// <summary>
    /// The arguments in the order of the parameters. C# evaluates them as they are written: where that is another order, or where one
    /// is a generated array that another may change, variables hold them.
    /// </summary>
    private (Expression[] Arguments, List<(int Variable, Expression Value)> Before) ReadArguments(IInvocationOperation invocation)
    {
        var arguments = new Expression[invocation.Arguments.Length];
        var before = new List<(int, Expression)>();
        IArgumentOperation[] written = [.. invocation.Arguments];
        bool isOrdered = written.Zip(written.Skip(1), (a, b) => a.Parameter!.Ordinal < b.Parameter!.Ordinal).All(ascends => ascends);
        bool isHeld = written.Any(HasEffects);
        foreach (IArgumentOperation argument in written)
        {
            Expression value = ReadExpression(argument.Value);
            if (isHeld && (!isOrdered || value is FieldReference { Type.IsArray: true }))
            {
                before.Add((variableCount, value));
                value = new VariableReference(variableCount++, argument.Parameter!.Name, value.Type, value.Span);
            }

            arguments[argument.Parameter!.Ordinal] = value;
        }

        return (arguments, before);
    }

    /// <summary>Whether an expression may change something, or draw a random number: whether it calls what is not elementary.</summary>
    private bool HasEffects(IOperation operation) => operation.Descendants().Any(inner => inner switch
    {
        IInvocationOperation call => collector.IntrinsicOf(call.TargetMethod)?.StartsWith("Random.", StringComparison.Ordinal) ?? !IsLibrary(call.TargetMethod),
        IPropertyReferenceOperation property => property.Instance?.Type is not IArrayTypeSymbol,
        _ => false,
    });

    private static bool IsLibrary(IMethodSymbol method) =>
        method.IsStatic && method.ContainingNamespace.ToDisplayString() == "GpuSampling.Modeling";

    private void CheckCallable(IMethodSymbol target, IOperation place)
    {
        if (target.IsVirtual || target.IsAbstract || target.IsOverride)
        {
            throw Unsupported(Rules.NotStatic, place, target.Name, "virtual");
        }

        IOperation? instance = (place as IInvocationOperation)?.Instance ?? (place as IPropertyReferenceOperation)?.Instance;
        if (instance is not null and not IInstanceReferenceOperation)
        {
            throw FunctionCollector.HasSource(target) || !target.ContainingType.IsValueType
                ? Unsupported(Rules.NotStatic, place, target.Name, $"a method of '{target.ContainingType.ToDisplayString()}'")
                : Unsupported(Rules.UnknownCall, place, target.ToDisplayString());
        }
    }
}
