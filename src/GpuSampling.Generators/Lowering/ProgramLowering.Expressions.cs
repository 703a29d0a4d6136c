using GpuSampling.Generators.Emission;
using GpuSampling.Generators.Graphs;
using GpuSampling.Generators.Program;
using GpuSampling.Generators.Support;

namespace GpuSampling.Generators.Lowering;

/// <content>Expressions.</content>
internal sealed partial class ProgramLowering
{
    private SourceSpan currentSpan;

    /// <summary>The author's statement that is being lowered.</summary>
    private SourceSpan authorSpan;

    /// <summary>The value of an expression. What goes wrong in it is a fault at the innermost expression of the author.</summary>
    private Value Evaluate(Expression expression)
    {
        if (isLibraryCode)
        {
            return ValueOf(expression);
        }

        SourceSpan outer = Graph.Place;
        Graph.Place = expression.Span;
        try
        {
            return ValueOf(expression);
        }
        catch (Exception fault) when (FaultPlace.Note(fault, expression.Span))
        {
            throw;
        }
        finally
        {
            Graph.Place = outer;
        }
    }

    private Value ValueOf(Expression expression)
    {
        currentSpan = expression.Span;
        switch (expression)
        {
            case RealLiteral literal:
                return new ScalarValue(Graph.Real(literal.Value));
            case IntegerLiteral literal:
                return new ScalarValue(Graph.Integer(literal.Value));
            case BooleanLiteral literal:
                return new ScalarValue(Graph.Boolean(literal.Value));
            case VariableReference variable:
                return !variables.TryGetValue(variable.Variable, out Value? value)
                    ? throw new UnsupportedProgramException(Rules.ReadBeforeAssignment, variable.Span, variable.Name)
                    : value is RefusedValue refused
                    ? throw new UnsupportedProgramException(refused.Diagnostic with { Span = variable.Span, Arguments = new[] { variable.Name }.ToEquatableArray() })
                    : value;
            case FieldReference field:
                Value content = Field(field.Name) is RefusedValue unknown
                    ? throw new UnsupportedProgramException(unknown.Diagnostic with { Span = field.Span })
                    : Field(field.Name);
                return content is WritableArray { Sizes.Length: 0 } cell ? new ScalarValue(Graph.Load(region, cell.Array, cell.Start)) : content;
            case ElementAccess element:
                return new ScalarValue(LoadElement(element));
            case ArrayLength length:
                return new ScalarValue(Length(length));
            case UnaryExpression unary:
                return new ScalarValue(Apply(unary));
            case BinaryExpression { Operator: BinaryOperator.ConditionalAnd or BinaryOperator.ConditionalOr } guarded:
                return new ScalarValue(Guard(guarded));
            case BinaryExpression binary:
                Node left = Scalar(binary.Left);
                Node right = Scalar(binary.Right);
                currentSpan = binary.Span;
                return new ScalarValue(Combine(binary.Operator, left, right))
                {
                    Quotient = binary.Operator == BinaryOperator.Divide && left.Type == NodeType.Real ? (left, right) : null,
                };
            case ConditionalExpression conditional:
                Node condition = Uniform(Scalar(conditional.Condition));
                currentSpan = conditional.Span;
                return InBranches(condition, () => Evaluate(conditional.WhenTrue), () => At(conditional.Span, Evaluate(conditional.WhenFalse)))!;
            case IntegerToReal conversion:
                return new ScalarValue(AsReal(conversion.Operand));
            case IntrinsicCall intrinsic:
                return Intrinsic(intrinsic);
            case FunctionCall call:
                return Call(call) ?? NoValue.Instance;
            case NewArray array:
                return Allocate(array);
            case TupleExpression tuple:
                return new TupleValue(Items(tuple));
            case LetExpression let:
                variables[let.Variable] = Evaluate(let.Value);
                Value inner = Evaluate(let.Body);
                variables.Remove(let.Variable);
                return inner;
            case TupleItem item:
                return ((TupleValue)Evaluate(item.Tuple)).Items[item.Index];
            default:
                throw new InvalidOperationException($"Unknown expression {expression.GetType().Name}.");
        }
    }

    private Value[] Items(TupleExpression tuple)
    {
        var items = new Value[tuple.Items.Count];
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = Evaluate(tuple.Items[i]);
            inUse.Push(items[i]);
        }

        foreach (Value _ in items)
        {
            inUse.Pop();
        }

        return items;
    }

    /// <summary>An integer as a real number. A choice of integers that depends on parameters becomes one of real numbers.</summary>
    private Node AsReal(Expression integer)
    {
        if (integer is LetExpression let)
        {
            variables[let.Variable] = Evaluate(let.Value);
            Node inner = AsReal(let.Body);
            variables.Remove(let.Variable);
            return inner;
        }

        if (integer is not ConditionalExpression choice)
        {
            return Graph.ToReal(Scalar(integer));
        }

        Node condition = Uniform(Scalar(choice.Condition));
        currentSpan = choice.Span;
        if (condition.Type != NodeType.Mask)
        {
            return Graph.ToReal(((ScalarValue)InBranches(
                condition, () => Evaluate(choice.WhenTrue), () => At(choice.Span, Evaluate(choice.WhenFalse)))!).Node);
        }

        return ((ScalarValue)InBranches(
            condition, () => new ScalarValue(AsReal(choice.WhenTrue)), () => new ScalarValue(AsReal(choice.WhenFalse)))!).Node;
    }

    /// <summary>A value; what follows belongs to a place again.</summary>
    private Value? At(SourceSpan span, Value? value)
    {
        currentSpan = span;
        return value;
    }

    private Node LoadElement(ElementAccess element)
    {
        var array = (ArrayValue)Evaluate(element.Array);
        inUse.Push(array);
        Node[] indices = element.Indices.Select(Scalar).ToArray();
        inUse.Pop();
        currentSpan = element.Span;
        Node flat = array.FlatIndex(Graph, indices);
        switch (array)
        {
            case PositionArray position:
                Node parameter = Graph.Pure(Operation.Position, NodeType.Real, [SafeIndex(array, position.Start, indices, flat)]).MarkParameter();
                parameter.Name ??= position.Field;
                return parameter;
            case DataArray data:
                Node index = SafeIndex(array, data.Start, indices, flat);
                return data.Element == ElementType.Integer
                    ? Graph.Pure(Operation.DataInteger, NodeType.Integer, [index], data.Field).MarkData()
                    : Graph.Pure(Operation.DataReal, NodeType.Real, [index], data.Field).MarkData();
            case WritableArray local:
                (Node place, Node[] places) = InLanesThatCount(local, indices);
                return LoadFrom(local.Array, place, places);
            default:
                throw new InvalidOperationException($"Unknown array {array.GetType().Name}.");
        }
    }

    private Node Length(ArrayLength length)
    {
        var array = (ArrayValue)Evaluate(length.Array);
        if (length.Dimension >= 0)
        {
            return array.Sizes[length.Dimension];
        }

        return array.Sizes.Aggregate(Graph.IntegerMultiply);
    }

    private Node Apply(UnaryExpression unary)
    {
        Node operand = Scalar(unary.Operand);
        if (unary.Operator == UnaryOperator.Negate)
        {
            return operand.Type == NodeType.Integer ? Graph.IntegerNegate(operand) : Graph.Negate(operand);
        }

        operand = Uniform(operand);
        return operand.Type == NodeType.Mask ? Graph.MaskNot(operand) : Graph.Not(operand);
    }

    private Node Combine(BinaryOperator binary, Node left, Node right) => (left.Type, right.Type) switch
    {
        (NodeType.Integer, NodeType.Integer) => CombineIntegers(binary, left, right),
        (NodeType.Real, NodeType.Real) => CombineReals(binary, left, right),
        (NodeType.Boolean or NodeType.Mask, NodeType.Boolean or NodeType.Mask) => CombineTruth(binary, Uniform(left), Uniform(right)),
        _ => throw new InvalidOperationException($"{left.Type} {binary} {right.Type}: operands have one type."),
    };

    private Node CombineReals(BinaryOperator binary, Node left, Node right)
    {
        switch (binary)
        {
            case BinaryOperator.Add:
                return Graph.Add(left, right);
            case BinaryOperator.Subtract:
                return Graph.Subtract(left, right);
            case BinaryOperator.Multiply:
                return Graph.Multiply(left, right);
            case BinaryOperator.Divide:
                return Graph.Divide(left, right);
            case BinaryOperator.Remainder:
                // a − b · trunc(a / b), as C# defines it; a quotient that was rounded up to a whole number makes it too small by b.
                Node truncated = Graph.Select(
                    Graph.Less(Graph.Divide(left, right), Graph.Zero),
                    Graph.Negate(Graph.FloorOfQuotient(Graph.Negate(left), right)), Graph.FloorOfQuotient(left, right));
                Node rest = Graph.Subtract(left, Graph.Multiply(right, truncated));
                Node step = Graph.Select(Graph.Less(left, Graph.Zero), Graph.Negate(Graph.Abs(right)), Graph.Abs(right));
                return Graph.Select(Graph.Less(Graph.Multiply(rest, left), Graph.Zero), Graph.Add(rest, step), rest);
        }

        Node mask = binary switch
        {
            BinaryOperator.Less => Graph.Less(left, right),
            BinaryOperator.LessOrEqual => Graph.LessOrEqual(left, right),
            BinaryOperator.Greater => Graph.Less(right, left),
            BinaryOperator.GreaterOrEqual => Graph.LessOrEqual(right, left),
            BinaryOperator.Equal => Graph.Equal(left, right),
            BinaryOperator.NotEqual => Graph.MaskNot(Graph.Equal(left, right)),
            _ => throw new InvalidOperationException($"Unknown operator {binary}."),
        };
        return Uniform(mask);
    }

    private Node CombineIntegers(BinaryOperator binary, Node left, Node right) => binary switch
    {
        BinaryOperator.Add => Graph.IntegerAdd(left, right),
        BinaryOperator.Subtract => Graph.IntegerSubtract(left, right),
        BinaryOperator.Multiply => Graph.IntegerMultiply(left, right),
        BinaryOperator.Divide => Graph.IntegerDivide(left, right),
        BinaryOperator.Remainder => Graph.IntegerRemainder(left, right),
        BinaryOperator.Less => Graph.IntegerLess(left, right),
        BinaryOperator.LessOrEqual => Graph.IntegerLessOrEqual(left, right),
        BinaryOperator.Greater => Graph.IntegerLess(right, left),
        BinaryOperator.GreaterOrEqual => Graph.IntegerLessOrEqual(right, left),
        BinaryOperator.Equal => Graph.IntegerEqual(left, right),
        BinaryOperator.NotEqual => Graph.Not(Graph.IntegerEqual(left, right)),
        _ => throw new InvalidOperationException($"Unknown operator {binary}."),
    };

    private Node CombineTruth(BinaryOperator binary, Node left, Node right)
    {
        if (left.Type == NodeType.Boolean && right.Type == NodeType.Boolean)
        {
            return binary switch
            {
                BinaryOperator.And => Graph.And(left, right),
                BinaryOperator.Or => Graph.Or(left, right),
                BinaryOperator.Equal => Graph.Or(Graph.And(left, right), Graph.And(Graph.Not(left), Graph.Not(right))),
                _ => Graph.Or(Graph.And(left, Graph.Not(right)), Graph.And(Graph.Not(left), right)),
            };
        }

        left = Graph.ToMask(left);
        right = Graph.ToMask(right);
        return binary switch
        {
            BinaryOperator.And => Graph.MaskAnd(left, right),
            BinaryOperator.Or => Graph.MaskOr(left, right),
            BinaryOperator.Equal => Graph.MaskOr(
                Graph.MaskAnd(left, right), Graph.MaskAnd(Graph.MaskNot(left), Graph.MaskNot(right))),
            _ => Graph.MaskOr(Graph.MaskAnd(left, Graph.MaskNot(right)), Graph.MaskAnd(Graph.MaskNot(left), right)),
        };
    }

    private Value Allocate(NewArray array)
    {
        Node[] sizes = array.Sizes.Select(Scalar).ToArray();
        if (!sizes.All(IntegerText.IsKnown))
        {
            throw new UnsupportedProgramException(Rules.ArraySize, array.Span);
        }

        LocalArray memory = DeclareArray("array", array.Span, sizes);
        var value = new WritableArray(memory, Graph.Integer(0), sizes);
        if (array.Elements.Count > 0)
        {
            for (int i = 0; i < array.Elements.Count; i++)
            {
                Graph.Store(region, memory, Graph.Integer(i), Scalar(array.Elements[i]), adds: false);
            }
        }
        else
        {
            Fill(memory, sizes, Graph.Zero);
        }

        return value;
    }

    /// <summary>Declares scratch memory.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="span">Where it is declared.</param>
    /// <param name="sizes">Its sizes.</param>
    public LocalArray DeclareArray(string name, SourceSpan span, params Node[] sizes)
    {
        LocalArray memory = Graph.Declare(name, ArrayStorage.Scratch, region, sizes);
        int own = PlaceOf(Step.Array, span);
        (bool parameters, bool data) = knowledge.Of(own);
        memory.DependsOnParameters = parameters;
        memory.DependsOnData = data;
        memory.Place = own;
        memory.Lanes = activeLanes;
        return memory;
    }

    private void Fill(LocalArray memory, Node[] sizes, Node value)
    {
        LoopStatement loop = Graph.BeginLoop(region, Graph.Integer(0), sizes.Aggregate(Graph.IntegerMultiply));
        loop.Index.Name = "i";
        loop.IsZeroFill = true;
        Graph.Store(loop.Body, memory, loop.Index, value, adds: false);
        Graph.EndLoop(loop);
    }

    /// <summary>Records what was learnt about arrays.</summary>
    public void LearnArrays()
    {
        foreach (LocalArray array in Graph.Arrays)
        {
            if (array.Place > 0)
            {
                knowledge.Learn(array.Place, array.DependsOnParameters, array.DependsOnData);
            }
        }
    }
}
