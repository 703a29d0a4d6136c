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
                Value[] items = ((TupleValue)Evaluate(deconstruction.Value)).Items;
                for (int i = 0; i < items.Length; i++)
                {
                    DeconstructionTarget target = deconstruction.Targets[i];
                    if (target.Target is not null)
                    {
                        SetTarget(target.Target, Named(items[i], target.Name));
                    }
                }

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

    private void Assign(Assignment assignment)
    {
        if (assignment.Operator is not { } binary)
        {
            SetTarget(assignment.Target, EvaluateTerms(assignment.Value));
            return;
        }

        if (assignment.Target is ElementAccess element && binary is BinaryOperator.Add or BinaryOperator.Subtract)
        {
            // a[i] += x changes a[i] without reading it, which spares the reverse pass from restoring it.
            Node value = Scalar(assignment.Value);
            StoreElement((ElementAccess)assignment.Target, binary == BinaryOperator.Add ? value : Graph.Negate(value), adds: true);
            return;
        }

        Node current = Scalar(assignment.Target);
        Node operand = binary is BinaryOperator.Add or BinaryOperator.Subtract
            ? ((ScalarValue)EvaluateTerms(assignment.Value)).Node
            : Scalar(assignment.Value);
        SetTarget(assignment.Target, new ScalarValue(Combine(binary, current, operand)));
    }

    private void SetTarget(Expression target, Value value)
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
            case ElementAccess element:
                StoreElement(element, ((ScalarValue)value).Node, adds: false);
                break;
            case FieldReference field when fields[field.Name] is WritableArray { Sizes.Length: 0 } cell:
                StoreTo(cell, cell.Start, ((ScalarValue)value).Node, adds: false);
                break;
            default:
                throw new UnsupportedProgramException(Rules.ReadOnlyTarget, target.Span, "This", "data or a parameter");
        }
    }

    private void StoreElement(ElementAccess element, Node value, bool adds)
    {
        if (Evaluate(element.Array) is not WritableArray { IsParameter: false } array)
        {
            throw new UnsupportedProgramException(Rules.ReadOnlyTarget, element.Span, "This array", "data or a parameter");
        }

        Node[] indices = element.Indices.Select(Scalar).ToArray();
        StoreTo(array, Graph.IntegerAdd(array.Start, array.FlatIndex(Graph, indices)), value, adds, indices);
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
    /// within such a loop alone may be out of range where the loop has no iteration: it is kept below the array's end.
    /// </summary>
    private Node LoadComplete(LocalArray array, Node index, Node[] indices)
    {
        Region outer = region;
        while (outer.Owner is LoopStatement && !index.Region.IsWithin(outer))
        {
            outer = outer.Parent!;
        }

        if (outer != region && !IsInRange(index, array))
        {
            index = Graph.IntegerMin(index, Graph.IntegerSubtract(array.Sizes.Aggregate(Graph.IntegerMultiply), Graph.Integer(1)));
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

    private static bool IsInRange(Node index, LocalArray array) => index switch
    {
        { Operation: Operation.IntegerConstant } => array.Sizes.All(size => size.Operation == Operation.IntegerConstant)
            && index.Integer < array.Sizes.Aggregate(1, (product, size) => product * size.Integer),
        { Operation: Operation.LoopIndex, Source: LoopStatement loop } => array.Sizes.Length == 1 && loop.End == array.Sizes[0],
        _ => false,
    };

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
