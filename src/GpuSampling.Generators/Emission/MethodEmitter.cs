using GpuSampling.Generators.Graphs;
using GpuSampling.Generators.Support;

namespace GpuSampling.Generators.Emission;

/// <summary>Writes a graph as the body of a method that is generic over the lane type.</summary>
internal sealed partial class MethodEmitter
{
    private readonly Graph graph;
    private readonly LiveCode live;
    private readonly Schedule schedule;
    private readonly CodeWriter writer = new();
    private readonly Names names;
    private Dictionary<Node, string> variables = [];
    private readonly Dictionary<LocalArray, string> arrayStarts = [];
    private int lastLine;

    public MethodEmitter(Graph graph, Node[] results, IEnumerable<string> reservedNames)
    {
        this.graph = graph;
        live = new LiveCode(graph, results);
        schedule = new Schedule(graph, live, results.Select(result => result.Resolved));
        names = new Names([.. reservedNames, "position", "gradient", "scratch", "data", "outputs", "random", "firstTerm", "termCount", "T", "Dimension", InliningCost.LengtheningVariable, .. TypeNames.All]);
    }

    /// <summary>The statements, once they are written.</summary>
    public List<Code> Body => writer.Body;

    /// <summary>The number of reals of scratch memory that the method needs, as an expression of the model's sizes.</summary>
    public string ScratchLength()
    {
        string[] sizes = ScratchArrays().Select(array => SizeOf(array)).ToArray();
        return sizes.Length == 0 ? "0" : string.Join(" + ", sizes);
    }

    /// <summary>Writes the statements.</summary>
    /// <param name="clearsGradient">Whether the gradient is set to zero first.</param>
    public void WriteBody(bool clearsGradient)
    {
        if (clearsGradient)
        {
            writer.Open("for (int i = 0; i < Dimension; i++)");
            writer.Line("gradient[i] = T.Zero;");
            writer.Close();
        }

        string start = "0";
        foreach (LocalArray array in ScratchArrays())
        {
            string name = names.Unique(array.Name + "At");
            writer.Line($"int {name} = {start};");
            arrayStarts[array] = name;
            start = $"{name} + {SizeOf(array)}";
        }

        WriteRegion(graph.Root, []);
    }

    /// <summary>A value that was among the results, as an expression.</summary>
    public string Result(Node node)
    {
        node = node.Resolved;
        WriteNeeded(graph.Root, [node]);
        return Text(node);
    }

    private IEnumerable<LocalArray> ScratchArrays() =>
        graph.Arrays.Where(array => array.Storage == ArrayStorage.Scratch && live.Contains(array));

    private static string SizeOf(LocalArray array) => IntegerText.OfSizes(array.Sizes, least: array.HasStandIn ? 1 : 0);

    private void WriteRegion(Region region, IReadOnlyList<Node> results)
    {
        foreach (GraphStatement statement in region.Statements)
        {
            if (live.Contains(statement))
            {
                try
                {
                    WriteNeeded(region, InputsOf(statement));
                    WriteStatement(region, statement);
                }
                catch (Exception fault) when (FaultPlace.Note(fault, statement.Note?.Span))
                {
                    throw;
                }
            }
        }

        WriteNeeded(region, results);
    }

    /// <summary>All values that a statement and the statements inside it use.</summary>
    private List<Node> InputsOf(GraphStatement statement)
    {
        var inputs = new List<Node>();
        Collect(statement);
        return inputs;

        void Collect(GraphStatement one)
        {
            inputs.AddRange(live.InputsOf(one));
            foreach (Region body in Reachability.Bodies(one))
            {
                foreach (GraphStatement inner in body.Statements)
                {
                    if (live.Contains(inner))
                    {
                        Collect(inner);
                    }
                }
            }
        }
    }

    /// <summary>Writes the variables of a region that some values need and that are not written yet.</summary>
    private void WriteNeeded(Region region, IEnumerable<Node> roots)
    {
        var needed = new List<Node>();
        var seen = new HashSet<Node>();
        var pending = new Stack<Node>(roots.Select(root => root.Resolved));
        while (pending.Count > 0)
        {
            Node node = pending.Pop();
            if (node.Source is not null || !seen.Add(node) || variables.ContainsKey(node))
            {
                continue;
            }

            if (schedule.RegionOf(node) == region && schedule.HasVariable(node))
            {
                needed.Add(node);
            }

            foreach (Node operand in node.Operands)
            {
                pending.Push(operand.Resolved);
            }
        }

        needed.Sort((a, b) => a.Id.CompareTo(b.Id));
        foreach (Node node in InOrder(needed, variables))
        {
            WriteNote(node.Note);
            try
            {
                string name = names.Unique(node.Name ?? node.Hint ?? DefaultName(node));
                writer.Line($"{TypeName(node.Type)} {name} = {Expression(node)};");
                variables[node] = name;
            }
            catch (Exception fault) when (FaultPlace.Note(fault, node.Place.Length > 0 ? node.Place : node.Note?.Span))
            {
                throw;
            }
        }
    }

    /// <summary>
    /// Operands first. Replacements are younger than what they replace, so that age alone does not tell. What lies behind variables
    /// that are written already needs no second look.
    /// </summary>
    private static List<Node> InOrder(ICollection<Node> nodes, Dictionary<Node, string> written)
    {
        if (nodes.Count < 2)
        {
            return [.. nodes];
        }

        var order = new List<Node>();
        var wanted = new HashSet<Node>(nodes);
        var seen = new HashSet<Node>();
        void Visit(Node node)
        {
            if (node.Source is not null || written.ContainsKey(node) || !seen.Add(node))
            {
                return;
            }

            foreach (Node operand in node.Operands)
            {
                Visit(operand.Resolved);
            }

            if (wanted.Contains(node))
            {
                order.Add(node);
            }
        }

        foreach (Node node in nodes)
        {
            Visit(node);
        }

        return order;
    }

    private void WriteNote(SourceNote? note)
    {
        if (note is not null && note.Line != lastLine)
        {
            writer.Line($"// Line {note.Line.ToString(System.Globalization.CultureInfo.InvariantCulture)}: {note.Text}");
            lastLine = note.Line;
        }
    }

    private static string TypeName(NodeType type) => type switch
    {
        NodeType.Real => "T",
        NodeType.Integer => "int",
        NodeType.Boolean => "bool",
        _ => "Mask<T>",
    };

    private static string DefaultName(Node node) => node.Operation switch
    {
        Operation.Position => "parameter",
        Operation.DataReal => Camel(node.Symbol!),
        Operation.DataInteger => Camel(node.Symbol!),
        Operation.Call => Camel(node.Symbol!),
        Operation.Reciprocal => node.Operands[0].Name is { } name ? "inverse" + char.ToUpperInvariant(name[0]) + name.Substring(1) : "inverse",
        Operation.Sqrt => "root",
        _ when node.Type == NodeType.Integer => "index",
        _ when node.Type == NodeType.Mask => "lanes",
        _ when node.Type == NodeType.Boolean => "condition",
        Operation.Multiply => "product",
        Operation.Add => "sum",
        Operation.Subtract => "difference",
        _ => "value",
    };

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name.Substring(1);
}
