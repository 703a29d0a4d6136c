using GpuSampling.Generators.Graphs;
using GpuSampling.Generators.Program;

namespace GpuSampling.Generators.Lowering;

/// <content>Which parts of the log-density are prior and which are likelihood.</content>
internal sealed partial class ProgramLowering
{
    /// <summary>Decides what becomes of the parts of the density; null where there is nothing to decide.</summary>
    public TermSelection? TermSelection { get; set; }

    /// <summary>The data terms to sum over; null for all.</summary>
    public DataTermRange? DataTerms { get; set; }

    /// <summary>
    /// A value that may be added to the log-density. In the body of LogDensity, each call, and each addend that is more than a
    /// variable, is a part that is prior or likelihood as a whole.
    /// </summary>
    private Value EvaluateTerms(Expression expression)
    {
        if (!isInDensityItself || TermSelection is null || expression.Type != ProgramType.Real)
        {
            return Evaluate(expression);
        }

        return expression is BinaryExpression { Operator: BinaryOperator.Divide }
            ? Quotient(expression)
            : new ScalarValue(TermsOf(expression));
    }

    /// <summary>A quotient may be rounded later.</summary>
    private ScalarValue Quotient(Expression expression)
    {
        var value = (ScalarValue)Evaluate(expression);
        return new ScalarValue(TermSelection!.Apply(Graph, PlaceOf(Step.Term, expression.Span), value.Node)) { Quotient = value.Quotient };
    }

    private Node TermsOf(Expression expression)
    {
        switch (expression)
        {
            case BinaryExpression { Operator: BinaryOperator.Add } sum when IsSumOfParts(sum):
                return Graph.Add(TermsOf(sum.Left), TermsOf(sum.Right));
            case BinaryExpression { Operator: BinaryOperator.Subtract } difference when IsSumOfParts(difference):
                return Graph.Subtract(TermsOf(difference.Left), TermsOf(difference.Right));
            case VariableReference or RealLiteral { Value: 0 }:
                return Scalar(expression);
            default:
                return TermSelection!.Apply(Graph, PlaceOf(Step.Term, expression.Span), Scalar(expression));
        }
    }

    private static bool IsSumOfParts(Expression expression) => expression switch
    {
        BinaryExpression { Operator: BinaryOperator.Add or BinaryOperator.Subtract } sum => IsSumOfParts(sum.Left) && IsSumOfParts(sum.Right),
        LetExpression let => let.Body is FunctionCall || (let.Body is LetExpression && IsSumOfParts(let.Body)), // a call's arguments
        VariableReference or FunctionCall or RealLiteral => true,
        _ => false,
    };
}

/// <summary>What becomes of the parts of the log-density.</summary>
/// <param name="drops">Whether the part of a place is left out; null to mark every part, to find out what it depends on.</param>
internal sealed class TermSelection(Func<int, bool>? drops = null)
{
    private readonly Dictionary<Node, List<int>> places = [];

    /// <summary>The places of the parts that a marked node stands for.</summary>
    public IReadOnlyList<int> PlacesOf(Node term) => places.TryGetValue(term, out List<int>? found) ? found : [];

    public Node Apply(Graph graph, int place, Node part)
    {
        if (drops is not null)
        {
            return drops(place) ? graph.Zero : part;
        }

        Node term = graph.Term(part);
        if (!places.TryGetValue(term, out List<int>? list))
        {
            places[term] = list = [];
        }

        list.Add(place);
        return term;
    }
}

/// <summary>A range of data terms, spread over the loops that run over data.</summary>
internal sealed class DataTermRange(Node firstTerm, Node termCount, IReadOnlyCollection<int> dataLoops)
{
    /// <summary>The number of terms of the loops so far.</summary>
    public Node Total { get; private set; } = null!;

    /// <summary>The part of a loop at the top level that falls into the range; all of it if it is not one over data terms.</summary>
    public (Node First, Node End) Restrict(Graph graph, int ordinal, Node start, Node end)
    {
        Total ??= graph.Integer(0);
        if (!dataLoops.Contains(ordinal))
        {
            return (start, end);
        }

        Node trips = graph.IntegerMax(graph.IntegerSubtract(end, start), graph.Integer(0));
        if (Graph.IsCount(start, end))
        {
            trips = end;
        }

        Node from = Clamp(graph, graph.IntegerSubtract(firstTerm, Total), trips);
        Node to = Clamp(graph, graph.IntegerSubtract(graph.IntegerAdd(firstTerm, termCount), Total), trips);
        Total = graph.IntegerAdd(Total, trips);
        return (graph.IntegerAdd(start, from), graph.IntegerAdd(start, to));
    }

    private static Node Clamp(Graph graph, Node value, Node upper) =>
        graph.IntegerMin(graph.IntegerMax(value, graph.Integer(0)), upper);
}
