using GpuSampling.Generators.Differentiation;
using GpuSampling.Generators.Graphs;
using GpuSampling.Generators.Lowering;
using GpuSampling.Generators.Program;

namespace GpuSampling.Generators.Kernels;

/// <summary>Turns a model's program into the methods of its kernel.</summary>
internal sealed class ModelCompiler
{
    private readonly ModelProgram program;
    private readonly CancellationToken cancellation;
    private readonly ProgramPlaces places = new();

    /// <summary>The places of the parts of prior and likelihood. Without clear parts all is likelihood, and the prior is what the transforms leave.</summary>
    private readonly (HashSet<int> Prior, HashSet<int> Likelihood)? parts;

    /// <summary>
    /// What is known of the prior and of the likelihood. Without it the first passes take another course, and their loops are others
    /// than those found to run over data.
    /// </summary>
    private readonly Knowledge ofPrior, ofLikelihood;

    public ModelCompiler(ModelProgram program, CancellationToken cancellation)
    {
        this.program = program;
        this.cancellation = cancellation;
        Layout = new KernelLayout(program);
        Tables = new DataTables(KernelLayout.ReservedNames.Concat(Layout.Integers.Select(integer => integer.Name)));
        ofPrior = new Knowledge(places);
        ofLikelihood = new Knowledge(places);
        if (program.LogDensity is not null)
        {
            parts = TermSplit.Find(LowerDensity(out TermSelection selection), selection);
        }

        FindDataTerms();
    }

    public KernelLayout Layout { get; }

    /// <summary>What methods read instead of computing it from data again and again.</summary>
    public DataTables Tables { get; }

    /// <summary>The number of data terms, as an integer of the model.</summary>
    public Node DataTermCount { get; private set; } = null!;

    /// <summary>The loops over data, by their order in the method.</summary>
    private HashSet<int> DataLoops { get; } = [];

    /// <summary>Whether a part of the likelihood is no sum over data and counts as one term.</summary>
    private bool HasRest { get; set; }

    /// <summary>Whether the likelihood is one term, with no loop over data in it.</summary>
    public bool IsOneTerm => HasRest && DataLoops.Count == 0;

    public KernelMethod LogPrior(bool withGradient) => Finish(
        Lower(lowering => lowering.Graph.Add(Layout.Define(lowering), PriorOf(lowering)), ofPrior), withGradient);

    public KernelMethod LogLikelihood(bool withGradient) => Finish(Lower(LikelihoodOfRange, ofLikelihood), withGradient);

    /// <summary>The method that writes a draw's parameters and generated quantities.</summary>
    public KernelMethod WriteOutputs() => new(Lower(new OutputWriting(Layout, program).Lower, new Knowledge(places)).Graph, null);

    /// <summary>The number of unconstrained parameters.</summary>
    public Node Dimension()
    {
        var lowering = new ProgramLowering(new Graph(), program.Functions, new Knowledge(places));
        Layout.DefineData(lowering);
        return Layout.Dimension(lowering);
    }

    /// <summary>The numbers of values of the outputs.</summary>
    public IReadOnlyList<(ModelField Field, Node[] Sizes)> Outputs()
    {
        var lowering = new ProgramLowering(new Graph(), program.Functions, new Knowledge(places));
        Layout.DefineData(lowering);
        return Layout.Outputs(lowering).ToList();
    }

    private KernelMethod Finish(Lowered lowered, bool withGradient)
    {
        Node result = withGradient ? ReverseMode.Differentiate(lowered.Graph, lowered.Result) : lowered.Result;
        SumsTogether.Join(lowered.Graph, result);
        RowBlocks.Find(lowered.Graph, result);
        Tables.Hoist(lowered.Graph, result);
        return new KernelMethod(lowered.Graph, result);
    }

    private Node PriorOf(ProgramLowering lowering)
    {
        if (program.LogPrior is not null)
        {
            return Call(lowering, program.LogPrior);
        }

        if (parts is not { } known)
        {
            return lowering.Graph.Zero;
        }

        lowering.TermSelection = new TermSelection(known.Likelihood.Contains);
        return Call(lowering, program.LogDensity!);
    }

    private Node LikelihoodOf(ProgramLowering lowering)
    {
        if (program.LogLikelihood is not null)
        {
            return Call(lowering, program.LogLikelihood);
        }

        lowering.TermSelection = new TermSelection(place => parts is { } known && known.Prior.Contains(place));
        return Call(lowering, program.LogDensity!);
    }

    private Node LikelihoodOfRange(ProgramLowering lowering)
    {
        Graph graph = lowering.Graph;
        Layout.Define(lowering);
        if (DataLoops.Count == 0)
        {
            return LikelihoodOf(lowering);
        }

        Node first = graph.Argument("firstTerm"), count = graph.Argument("termCount");
        lowering.DataTerms = new DataTermRange(first, count, DataLoops);
        Node result = LikelihoodOf(lowering);
        if (!HasRest)
        {
            return result;
        }

        // What is no sum over data is the last term.
        Node total = lowering.DataTerms.Total;
        Node isIncluded = graph.And(
            graph.IntegerLessOrEqual(first, total), graph.IntegerLess(total, graph.IntegerAdd(first, count)));
        (Node sums, Node rest) = DataTermSearch.Split(graph, lowering.RootLoops, DataLoops, result);
        return graph.Add(sums, graph.UniformSelect(isIncluded, rest, graph.Zero));
    }

    private void FindDataTerms()
    {
        ProgramLowering lowering = null!;
        Lowered lowered = Lower(current =>
        {
            lowering = current;
            Layout.Define(current);
            return LikelihoodOf(current);
        }, ofLikelihood);
        Graph graph = lowered.Graph;
        DataLoops.UnionWith(DataTermSearch.Find(graph, lowering.RootLoops, lowered.Result));
        HasRest = !Rest(lowered, lowering).IsConstant(0);
        Node total = graph.Integer(HasRest ? 1 : 0);
        foreach (int ordinal in DataLoops.OrderBy(ordinal => ordinal))
        {
            total = graph.IntegerAdd(total, graph.TripCount(lowering.RootLoops[ordinal]));
        }

        DataTermCount = total;
    }

    /// <summary>
    /// What is no sum over data. It shows where calls restrict the loops over data: otherwise a product with the number of rows of
    /// one loop looks like a sum over another.
    /// </summary>
    private Node Rest(Lowered whole, ProgramLowering lowering)
    {
        if (DataLoops.Count == 0)
        {
            return whole.Result;
        }

        Lowered range = Lower(current =>
        {
            lowering = current;
            Layout.Define(current);
            current.DataTerms = new DataTermRange(current.Graph.Argument("firstTerm"), current.Graph.Argument("termCount"), DataLoops);
            return LikelihoodOf(current);
        }, ofLikelihood);
        return DataTermSearch.Split(range.Graph, lowering.RootLoops, DataLoops, range.Result).Remainder;
    }

    private Lowered LowerDensity(out TermSelection selection)
    {
        TermSelection last = null!;
        Lowered lowered = Lower(lowering =>
        {
            Layout.Define(lowering);
            lowering.TermSelection = last = new TermSelection();
            return Call(lowering, program.LogDensity!);
        }, new Knowledge(places));
        selection = last;
        return lowered;
    }

    private Node Call(ProgramLowering lowering, string key)
    {
        Function function = program.Functions.First(one => one.Key == key);
        return ((ScalarValue)lowering.Call(key, [], function.Body.Span)!).Node;
    }

    /// <summary>Lowers as often as it takes until all that loops and arrays depend on is known.</summary>
    private Lowered Lower(Func<ProgramLowering, Node> build, Knowledge knowledge)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            knowledge.BeginPass();
            var graph = new Graph();
            var lowering = new ProgramLowering(graph, program.Functions, knowledge);
            Node result = build(lowering);
            lowering.LearnArrays();
            if (!knowledge.HasChanged)
            {
                return new Lowered(graph, result);
            }
        }
    }
}

/// <summary>A graph and its value.</summary>
internal sealed record Lowered(Graph Graph, Node Result);
