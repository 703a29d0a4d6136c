using GpuSampling.Generators.Graphs;
using GpuSampling.Generators.Lowering;
using GpuSampling.Generators.Program;

namespace GpuSampling.Generators.Kernels;

/// <summary>
/// The transforms from unconstrained space to the parameters' constraints, as the Stan reference manual defines them, and their
/// log-Jacobians.
/// </summary>
internal sealed class ParameterTransforms(ProgramLowering lowering)
{
    private readonly Graph graph = lowering.Graph;

    /// <summary>The sum of the log-Jacobians so far.</summary>
    public Node LogJacobian { get; private set; } = lowering.Graph.Zero;

    /// <summary>The parameters between two bounds that depend on data alone.</summary>
    public List<ModelField> BoundedByData { get; } = [];

    /// <summary>The number of unconstrained numbers behind a parameter.</summary>
    public static Node UnconstrainedCount(Graph graph, ModelField field, Node[] sizes)
    {
        Node count = sizes.Aggregate(graph.Integer(1), graph.IntegerMultiply);
        switch (field.Constraint)
        {
            case ConstraintKind.Simplex:
                return graph.IntegerSubtract(count, graph.Integer(1));
            case ConstraintKind.CorrelationCholesky:
                return Triangle(graph, sizes[0], -1);
            case ConstraintKind.CovarianceCholesky:
                return Triangle(graph, sizes[0], 1);
            default:
                return count;
        }
    }

    /// <summary>The function of the library that transforms a vector or matrix as a whole.</summary>
    public static string KeyOf(ModelField field) =>
        $"GpuSampling.Modeling.Transform.{field.Constraint}(double[], double[{(field.Type.Rank == 1 ? "" : "*,*")}])";

    /// <summary>Defines a parameter.</summary>
    /// <param name="field">The parameter.</param>
    /// <param name="start">Where its unconstrained numbers begin.</param>
    /// <param name="sizes">Its sizes.</param>
    /// <returns>Where the next parameter begins.</returns>
    public Node Define(ModelField field, Node start, Node[] sizes)
    {
        Node count = UnconstrainedCount(graph, field, sizes);
        graph.Place = field.Span;
        if (sizes.Length == 0)
        {
            (Node value, Node logJacobian) = Constrain(field, Unconstrained(field, start));
            value.Name ??= value.Operation == Operation.RealConstant ? null : field.Name;
            lowering.Define(field.Name, new ScalarValue(value));
            LogJacobian = graph.Add(LogJacobian, logJacobian);
        }
        else if (field.Constraint == ConstraintKind.None)
        {
            lowering.Define(field.Name, new PositionArray(field.Name, start, sizes));
        }
        else if (field.Constraint <= ConstraintKind.Interval)
        {
            DefineElements(field, start, sizes, count);
        }
        else
        {
            DefineStructured(field, start, sizes, count);
        }

        graph.Place = default;
        return graph.IntegerAdd(start, count);
    }

    private static Node Triangle(Graph graph, Node size, int diagonal) => graph.IntegerDivide(
        graph.IntegerMultiply(size, graph.IntegerAdd(size, graph.Integer(diagonal))), graph.Integer(2));

    private Node Unconstrained(ModelField field, Node index)
    {
        Node y = graph.Pure(Operation.Position, NodeType.Real, [index]).MarkParameter();
        y.Name ??= field.Constraint == ConstraintKind.None ? field.Name : field.Name + "Raw";
        return y;
    }

    /// <summary>An array whose elements have bounds, each transformed by itself.</summary>
    private void DefineElements(ModelField field, Node start, Node[] sizes, Node count)
    {
        LocalArray array = lowering.DeclareArray(field.Name, field.Span, sizes);
        LoopStatement loop = graph.BeginLoop(graph.Root, graph.Integer(0), count);
        loop.Index.Name = "i";
        (Node value, Node logJacobian) = Constrain(field, Unconstrained(field, graph.IntegerAdd(start, loop.Index)));
        graph.Store(loop.Body, array, loop.Index, value, adds: false);
        graph.EndLoop(loop);
        LogJacobian = graph.Add(LogJacobian, graph.SumOver(loop, logJacobian));
        array.IsComplete = true;
        array.IsNotNegative = field.Constraint is ConstraintKind.Lower or ConstraintKind.Interval && field.Lower is RealLiteral { Value: >= 0 };
        lowering.Define(field.Name, new WritableArray(array, graph.Integer(0), sizes) { IsParameter = true });
    }

    private void DefineStructured(ModelField field, Node start, Node[] sizes, Node count)
    {
        LocalArray array = lowering.DeclareArray(field.Name, field.Span, sizes);
        var value = new WritableArray(array, graph.Integer(0), sizes);
        var logJacobian = (ScalarValue)lowering.Call(KeyOf(field), [new PositionArray(field.Name + "Raw", start, [count]), value], field.Span)!;
        LogJacobian = graph.Add(LogJacobian, logJacobian.Node);
        array.IsComplete = true;
        array.IsNotNegative = field.Constraint is ConstraintKind.Simplex or ConstraintKind.PositiveOrdered;
        lowering.Define(field.Name, new WritableArray(array, graph.Integer(0), sizes) { IsParameter = true });
    }

    /// <summary>A number within bounds, and the log of its derivative.</summary>
    private (Node Value, Node LogJacobian) Constrain(ModelField field, Node y)
    {
        Node? lower = field.Lower is null ? null : lowering.ScalarOfAttribute(field.Lower);
        Node? upper = field.Upper is null ? null : lowering.ScalarOfAttribute(field.Upper);
        switch (field.Constraint)
        {
            case ConstraintKind.Lower:
                return (graph.Add(lower!, graph.Call("Exp", y)), y);
            case ConstraintKind.Upper:
                return (graph.Subtract(upper!, graph.Call("Exp", y)), y);
            case ConstraintKind.Interval:
                // x = l + (u − l) logistic(y); dx/dy = (u − l) logistic(y) logistic(−y), of which log logistic(y) = −softplus(−y).
                if (!lower!.DependsOnParameters && !upper!.DependsOnParameters)
                {
                    BoundedByData.Add(field);
                }

                Node width = graph.Subtract(upper!, lower!);
                Node value = graph.Add(lower!, graph.Multiply(width, graph.Call("Logistic", y)));
                Node decay = graph.Add(graph.Call("Softplus", y), graph.Call("Softplus", graph.Negate(y)));
                Node scale = width.IsConstant(1) ? graph.Zero : graph.Call("Log", width);
                return (value, graph.Subtract(scale, decay));
            default:
                return (y, graph.Zero);
        }
    }
}
