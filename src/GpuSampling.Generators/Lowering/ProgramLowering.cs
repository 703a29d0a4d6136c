using GpuSampling.Generators.Graphs;
using GpuSampling.Generators.Program;
using GpuSampling.Generators.Support;

namespace GpuSampling.Generators.Lowering;

/// <summary>
/// Turns functions of a program into a graph: calls are inlined, variables become values, branches on parameters become selects
/// over both outcomes. What stays control flow is the same for all chains.
/// </summary>
internal sealed partial class ProgramLowering
{
    private readonly Dictionary<string, Function> functions;
    private readonly Dictionary<string, Value> fields = [];
    private readonly Stack<string> callStack = new();
    private readonly Knowledge knowledge;

    /// <summary>What was read of arrays that nothing writes any more.</summary>
    private readonly Dictionary<(LocalArray Array, Node Index, Region Region), Node> completeLoads = [];

    /// <summary>The variables of the function being inlined.</summary>
    private Dictionary<int, Value> variables = [];

    /// <summary>The region that receives statements.</summary>
    private Region region;

    /// <summary>The lanes for which the current code counts; null for all.</summary>
    private Node? activeLanes;

    /// <summary>The condition, the same for all lanes, under which the current code runs; null if it always does.</summary>
    private Node? pathCondition;

    /// <summary>Where the program is being lowered, and the places met so far.</summary>
    private int place;
    private readonly HashSet<int> places = [];

    public ProgramLowering(Graph graph, IEnumerable<Function> functions, Knowledge knowledge)
    {
        Graph = graph;
        this.knowledge = knowledge;
        this.functions = functions.ToDictionary(function => function.Key);
        region = graph.Root;
    }

    public Graph Graph { get; }

    /// <summary>The loops of the top level, in order.</summary>
    public List<LoopStatement> RootLoops { get; } = [];

    /// <summary>Makes a field of the model known.</summary>
    public void Define(string field, Value value) => fields[field] = value;

    /// <summary>Makes a field known that is not yet.</summary>
    public Action<string>? DefineMissing { get; set; }

    /// <summary>The value of a field.</summary>
    public Value Field(string name)
    {
        if (!fields.ContainsKey(name))
        {
            DefineMissing?.Invoke(name);
        }

        return fields[name];
    }

    /// <summary>A call in the program. What a local function captures has its value when the function begins.</summary>
    private Value? Call(FunctionCall call)
    {
        EquatableArray<FunctionParameter> parameters = functions[call.Function].Parameters;
        var arguments = new Value?[call.Arguments.Count];
        for (int i = 0; i < arguments.Length; i++)
        {
            arguments[i] = parameters[i].Capture == Capture.None ? Evaluate(call.Arguments[i])
                : variables.TryGetValue(((VariableReference)call.Arguments[i]).Variable, out Value? captured) ? captured : null;
        }

        return Call(call.Function, arguments, call.Span, call.Arguments);
    }

    /// <summary>Inlines a function.</summary>
    /// <param name="key">Which one.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="span">Where the call stands.</param>
    /// <returns>Its value; null for none.</returns>
    public Value? Call(string key, Value[] arguments, SourceSpan span) => Call(key, arguments, span, default);

    private Value? Call(string key, Value?[] arguments, SourceSpan span, EquatableArray<Expression> origins)
    {
        Function function = functions[key];
        if (callStack.Contains(key))
        {
            throw new UnsupportedProgramException(Rules.Recursion, span, function.Name);
        }

        callStack.Push(key);
        bool isCallerDensity = isInDensityItself, isCallerLibrary = isLibraryCode;
        isInDensityItself = callStack.Count == 1
            || (isInDensityItself && function.Result.Element == ElementType.Void && function.Parameters.Any(parameter => parameter.Capture == Capture.Assigned));
        isLibraryCode = function.IsLibrary;
        int callerPlace = place;
        place = PlaceOf(Step.Call, span);
        callers.Push(variables);
        SourceNote? callerNote = Graph.Note;
        variables = [];
        for (int i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] is { } argument)
            {
                variables[function.Parameters[i].Variable] = argument;
            }
        }

        // A method without a result that ends early on some paths ends on all of them by itself.
        bool endsEarly = function.Result.Element == ElementType.Void && Returns(function.Body);
        Value? result = Run(endsEarly ? [.. function.Body.Statements, new Return(null, function.Body.Span, "")] : function.Body.Statements.ToArray());
        if (result is null && function.Result.Element != ElementType.Void)
        {
            throw new UnsupportedProgramException(Rules.MissingReturn, function.Body.Span, function.Name);
        }

        Dictionary<int, Value> own = variables;
        variables = callers.Pop();
        for (int i = 0; i < arguments.Length; i++)
        {
            if (function.Parameters[i].Capture == Capture.Assigned && own.TryGetValue(function.Parameters[i].Variable, out Value? assigned))
            {
                variables[((VariableReference)origins[i]).Variable] = assigned;
            }
        }

        place = callerPlace;
        Graph.Note = callerNote;
        callStack.Pop();
        isLibraryCode = isCallerLibrary;
        isInDensityItself = isCallerDensity;
        return result is NoValue ? null : result;
    }

    /// <summary>A node of an expression that is a number or truth value.</summary>
    public Node Scalar(Expression expression) => ((ScalarValue)Evaluate(expression)).Node;

    /// <summary>The same for a size or a bound, of which what is wrong stands at the attribute.</summary>
    public Node ScalarOfAttribute(Expression expression)
    {
        try
        {
            return Scalar(expression);
        }
        catch (UnsupportedProgramException refused) when (refused.Diagnostic.Span.Path.Length == 0)
        {
            throw new UnsupportedProgramException(refused.Diagnostic with { Span = expression.Span });
        }
    }

    /// <summary>The place that a step leads to; a number of its own where the same step was taken before.</summary>
    private int PlaceOf(Step step, SourceSpan span)
    {
        int next = knowledge.Places.After(place, step, span);
        while (!places.Add(next))
        {
            next = knowledge.Places.After(next, Step.Again, 0);
        }

        return next;
    }

    /// <summary>A truth value as a condition: one for all lanes if it does not depend on parameters.</summary>
    private Node Uniform(Node condition) =>
        condition.Type == NodeType.Mask && !condition.DependsOnParameters ? Graph.AnyLane(condition) : condition;

    /// <summary>Whether the function being inlined belongs to the library and not to the author.</summary>
    private bool isLibraryCode;

    /// <summary>
    /// Whether the statement belongs to the method that returns the log-density, and not to one that it calls. A local function that
    /// has no value but adds to the method's variables is a part of it.
    /// </summary>
    private bool isInDensityItself;

    /// <summary>Marks that a function has ended without a value.</summary>
    private sealed class NoValue : Value
    {
        public static readonly NoValue Instance = new();
    }
}
