using GpuSampling.Generators.Graphs;
using GpuSampling.Generators.Program;
using GpuSampling.Generators.Support;

namespace GpuSampling.Generators.Lowering;

/// <content>Statements.</content>
internal sealed partial class ProgramLowering
{
    /// <summary>Runs statements until one returns.</summary>
    /// <returns>What was returned, or null if none returned.</returns>
    private Value? Run(IReadOnlyList<Statement> statements)
    {
        bool isAuthors = !isLibraryCode;
        try
        {
            return RunEach(statements);
        }
        catch (Exception fault) when (FaultPlace.Note(fault, isAuthors ? authorSpan : null))
        {
            throw;
        }
    }

    private Value? RunEach(IReadOnlyList<Statement> statements)
    {
        for (int i = 0; i < statements.Count; i++)
        {
            Statement statement = statements[i];
            Note(statement);
            switch (statement)
            {
                case Return ending:
                    return ending.Value is null ? NoValue.Instance : EvaluateTerms(ending.Value);
                case Continue:
                    return NoValue.Instance;
                case Block block when Returns(block):
                    return Run([.. block.Statements, .. statements.Skip(i + 1)]);
                case Block block:
                    Run(block.Statements.ToArray());
                    break;
                case Branch branch when Returns(branch):
                    return RunToTheEnd(branch, statements.Skip(i + 1).ToArray());
                case Branch branch:
                    InBranches(
                        Uniform(Scalar(branch.Condition)),
                        () => Run(branch.WhenTrue.Statements.ToArray()),
                        () => At(branch.Span, Run(branch.WhenFalse.Statements.ToArray())));
                    break;
                default:
                    Execute(statement);
                    break;
            }
        }

        return null;
    }

    private void Note(Statement statement)
    {
        if (statement.Text.Length > 0 && !isLibraryCode)
        {
            authorSpan = statement.Span;
            Graph.Note = new SourceNote(statement.Span.StartLine + 1, statement.Text, statement.Span);
        }
    }

    private void Execute(Statement statement)
    {
        switch (statement)
        {
            case Declaration declaration:
                if (declaration.Initializer is not null)
                {
                    variables[declaration.Variable] = Named(EvaluateTerms(declaration.Initializer), declaration.Name);
                }
                else
                {
                    variables.Remove(declaration.Variable);
                }

                break;
            case Assignment assignment:
                Assign(assignment);
                break;
            case Deconstruction deconstruction:
                Deconstruct(deconstruction);
                break;
            case Evaluation evaluation:
                Evaluate(evaluation.Value);
                break;
            case CountedLoop loop:
                RunLoop(loop);
                break;
            default:
                throw new InvalidOperationException($"Unknown statement {statement.GetType().Name}.");
        }
    }

    private void Deconstruct(Deconstruction deconstruction)
    {
        Action<Value, int>?[] targets = deconstruction.Targets.Select(target => target.Target is null ? null : TargetOf(target.Target)).ToArray();
        int known = Graph.Arrays.Count;
        Value[] items = ((TupleValue)Evaluate(deconstruction.Value)).Items;
        CheckWholeArrays(deconstruction, items);
        for (int i = 0; i < items.Length; i++)
        {
            DeconstructionTarget target = deconstruction.Targets[i];
            targets[i]?.Invoke(Named(Converted(items[i], target.Target!.Type), target.Name), known);
        }

        Release(deconstruction.Targets.Select(target => target.Target));
    }

    private void Assign(Assignment assignment)
    {
        if (assignment.Operator is not { } binary)
        {
            Action<Value, int> set = TargetOf(assignment.Target);
            int known = Graph.Arrays.Count;
            set(EvaluateTerms(assignment.Value), known);
            Release([assignment.Target]);
            return;
        }

        if (assignment.Target is ElementAccess element)
        {
            AssignElement(element, binary, assignment.Value);
            return;
        }

        Node current = Scalar(assignment.Target);
        Node operand = binary is BinaryOperator.Add or BinaryOperator.Subtract
            ? ((ScalarValue)EvaluateTerms(assignment.Value)).Node
            : Scalar(assignment.Value);
        SetTarget(assignment.Target, new ScalarValue(Combine(binary, current, operand)), Graph.Arrays.Count);
    }

    /// <summary>
    /// <c>a[i] += x</c> and the like. Array and indices are evaluated once, and the element is read before x is. A sum is added
    /// without reading the element, which spares the reverse pass from restoring it, unless x changes the array.
    /// </summary>
    private void AssignElement(ElementAccess element, BinaryOperator binary, Expression added)
    {
        (WritableArray array, Node[] indices) = PlaceOf(element);
        (Node index, Node[] places) = InLanesThatCount(array, indices);
        bool isSum = binary is BinaryOperator.Add or BinaryOperator.Subtract;
        Node current = LoadFrom(array.Array, index, places);
        int stores = array.Array.Stored.Count;
        Node value = Scalar(added);
        Release([element]);
        CheckWritable(array, element);
        if (!isSum || array.Array.Stored.Count != stores)
        {
            StoreTo(array, index, Combine(binary, current, value), adds: false, places);
            return;
        }

        region.Statements.Remove(current.Source!);
        StoreTo(array, index, binary == BinaryOperator.Add ? value : Graph.Negate(value), adds: true, places);
    }

    /// <summary>What assigns to a target. C# evaluates its array and its indices before the value.</summary>
    private Action<Value, int> TargetOf(Expression target)
    {
        if (target is not ElementAccess element)
        {
            return (value, firstNew) => SetTarget(target, value, firstNew);
        }

        (WritableArray array, Node[] indices) = PlaceOf(element);
        return (value, _) =>
        {
            CheckWritable(array, element);
            (Node index, Node[] places) = InLanesThatCount(array, indices);
            StoreTo(array, index, ((ScalarValue)value).Node, adds: false, places);
        };
    }

    /// <summary>The array of an element that is assigned, in use until it is released, and the indices.</summary>
    private (WritableArray Array, Node[] Indices) PlaceOf(ElementAccess element)
    {
        if (Evaluate(element.Array) is not WritableArray { IsParameter: false } array)
        {
            throw new UnsupportedProgramException(Rules.ReadOnlyTarget, element.Span, "This array", "data or a parameter");
        }

        inUse.Push(array);
        return (array, element.Indices.Select(Scalar).ToArray());
    }

    private void Release(IEnumerable<Expression?> targets)
    {
        foreach (Expression _ in targets.OfType<ElementAccess>())
        {
            inUse.Pop();
        }
    }

    private static void CheckWritable(WritableArray array, ElementAccess element)
    {
        if (array.IsShared)
        {
            throw new UnsupportedProgramException(
                Rules.ReadOnlyTarget, element.Span, "This array", "assigned to a generated quantity, so that both are one array,");
        }
    }

    /// <summary>A value of the type of the variable that it is assigned to.</summary>
    private Value Converted(Value value, ProgramType type) => type == ProgramType.Real && value is ScalarValue { Node: { Type: NodeType.Integer } integer }
        ? new ScalarValue(Graph.ToReal(integer))
        : value;

    /// <summary>Assigns a value.</summary>
    /// <param name="target">What it is assigned to.</param>
    /// <param name="value">The value.</param>
    /// <param name="firstNew">How many arrays there were before it was computed.</param>
    private void SetTarget(Expression target, Value value, int firstNew)
    {
        switch (target)
        {
            case VariableReference variable:
                if (value is ArrayValue && variables.TryGetValue(variable.Variable, out Value? old) && !ReferenceEquals(old, value))
                {
                    throw new UnsupportedProgramException(Rules.ArrayReassigned, target.Span, variable.Name);
                }

                variables[variable.Variable] = value;
                break;
            case TupleItem item:
                Value[] items = [.. ((TupleValue)Evaluate(item.Tuple)).Items];
                items[item.Index] = value;
                SetTarget(item.Tuple, new TupleValue(items), firstNew);
                break;
            case FieldReference field when fields[field.Name] is WritableArray { Sizes.Length: 0 } cell:
                StoreTo(cell, cell.Start, ((ScalarValue)value).Node, adds: false);
                break;
            case FieldReference field when fields[field.Name] is WritableArray quantity && value is ArrayValue array:
                AssignQuantity(field, quantity, array, firstNew);
                break;
            default:
                throw new UnsupportedProgramException(Rules.ReadOnlyTarget, target.Span, "This", "data or a parameter");
        }
    }

    private void StoreTo(WritableArray array, Node index, Node value, bool adds, params Node[] indices)
    {
        if (activeLanes is not null)
        {
            value = adds
                ? Graph.Select(activeLanes, value, Graph.Zero)
                : Graph.Select(activeLanes, value, LoadFrom(array.Array, index, indices));
        }

        Graph.Store(region, array.Array, index, value, adds).Indices = indices;
    }

    private Node LoadFrom(LocalArray array, Node index, Node[] indices)
    {
        if (array.IsComplete)
        {
            return LoadComplete(array, index, indices);
        }

        Node loaded = Graph.Load(region, array, index);
        ((LoadStatement)loaded.Source!).Indices = indices;
        return loaded;
    }

    /// <summary>
    /// Reads an array that nothing writes any more, once, before the loops in which the index does not change. An index that holds
    /// within such a loop alone may be out of range where the loop has no iteration.
    /// </summary>
    private Node LoadComplete(LocalArray array, Node index, Node[] indices)
    {
        Region outer = region;
        while (outer.Owner is LoopStatement && !index.Region.IsWithin(outer))
        {
            outer = outer.Parent!;
        }

        if (IsReadAhead(index) && !IsInRange(array.Sizes, indices))
        {
            index = Graph.IntegerSelect(RangeCheck(array.Sizes, indices, index), index, Graph.Integer(0));
            indices = [];
        }

        if (!completeLoads.TryGetValue((array, index, outer), out Node? loaded))
        {
            loaded = Graph.Load(outer, array, index);
            ((LoadStatement)loaded.Source!).Indices = indices.Length > 0 ? indices : [index];
            completeLoads[(array, index, outer)] = loaded;
        }

        return loaded;
    }

    /// <summary>Gives a value the name of the variable that holds it first.</summary>
    private static Value Named(Value value, string name)
    {
        if (value is ScalarValue { Node: { Name: null } node } && node.Operation is not (Operation.RealConstant or Operation.IntegerConstant))
        {
            node.Name = name;
        }

        return value;
    }
}
