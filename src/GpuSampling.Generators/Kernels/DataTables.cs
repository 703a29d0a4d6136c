using System.Globalization;
using System.Text;
using GpuSampling.Generators.Emission;
using GpuSampling.Generators.Graphs;

namespace GpuSampling.Generators.Kernels;

/// <summary>
/// Values that depend on data alone, such as the logarithm of each known standard deviation: computed once, when data are bound,
/// and read from tables by the methods of the kernel.
/// </summary>
internal sealed class DataTables
{
    private readonly Dictionary<string, DataTable> byFormula = [];
    private readonly Names names;

    /// <summary>No tables yet.</summary>
    /// <param name="reserved">Names that the kernel uses for other things.</param>
    public DataTables(IEnumerable<string> reserved) => names = new Names(reserved);

    /// <summary>The tables in the order in which they lie.</summary>
    public List<DataTable> All { get; } = [];

    /// <summary>Replaces values of a method by reads of tables.</summary>
    public void Hoist(Graph graph, Node result)
    {
        var live = new LiveCode(graph, [result]);
        var hoistable = new Dictionary<Node, Formula?>();
        HoistBlocks(graph, live, hoistable);
        var wanted = new HashSet<Node>();
        foreach (Node node in live.Nodes)
        {
            if (node.Type == NodeType.Real && IsWorthIt(node, hoistable))
            {
                wanted.Add(node);
            }
        }

        // Of nested candidates only those are read that something else uses.
        var used = new HashSet<Node>(live.Nodes.Where(node => !wanted.Contains(node)).SelectMany(node => node.Operands)
            .Concat(live.Statements.SelectMany(live.InputsOf)).Append(result).Select(node => node.Resolved));
        foreach (Node node in wanted.Where(used.Contains).OrderBy(node => node.Id))
        {
            Formula formula = hoistable[node]!;
            DataTable table = TableOf(node, formula);
            Node index = graph.Integer(0);
            for (int i = 0; i < formula.Loops.Count; i++)
            {
                LoopStatement loop = formula.Loops[i];
                Node position = graph.IntegerSubtract(loop.Index, loop.DomainStart);
                index = i == 0
                    ? position
                    : graph.IntegerAdd(graph.IntegerMultiply(index, graph.IntegerSubtract(loop.DomainEnd, loop.DomainStart)), position);
            }

            Node read = graph.Pure(Operation.HoistedReal, NodeType.Real, [graph.IntegerAdd(graph.ModelInteger(table.Name), index)]);
            read.Hint = table.Name.Substring(0, table.Name.Length - "At".Length);
            node.Replacement = read;
        }
    }

    /// <summary>Lays out matrices that are read row by row in blocks of rows.</summary>
    private void HoistBlocks(Graph graph, LiveCode live, Dictionary<Node, Formula?> known)
    {
        foreach (Node node in live.Nodes.Where(node => node.Operation == Operation.DataReal).OrderBy(node => node.Id))
        {
            if (FormulaOf(node, known) is not { Loops.Count: 2 } formula
                || formula.Loops.OrderBy(loop => loop.Body.Depth).First() is not { BlockSize: > 1 } rows
                || formula.Loops.OrderBy(loop => loop.Body.Depth).Last() is not { } columns || columns.Body.Parent != rows.Body)
            {
                continue;
            }

            DataTable table = TableOf(node, formula with { Text = "in blocks " + formula.Text, Loops = [rows, columns] }, RowBlocks.BlockSize);
            Node place = BlockPlace(graph, rows.Index, rows.DomainStart, columns.DomainStart, columns.DomainEnd);
            Node column = graph.IntegerSubtract(columns.Index, columns.DomainStart);
            Node read = graph.Pure(
                Operation.BlockReal, NodeType.Real,
                [graph.IntegerAdd(graph.IntegerAdd(graph.ModelInteger(table.Name), place), graph.IntegerMultiply(graph.Integer(RowBlocks.BlockSize), column))]);
            read.Hint = node.Name ?? node.Symbol;
            node.Replacement = read;
        }
    }

    /// <summary>Where a row begins in a table of blocks: its block, and its place among the block's rows.</summary>
    public static Node BlockPlace(Graph graph, Node index, Node start, Node firstColumn, Node endColumn)
    {
        Node row = graph.IntegerSubtract(index, start), size = graph.Integer(RowBlocks.BlockSize);
        Node blockLength = graph.IntegerMultiply(size, graph.IntegerSubtract(endColumn, firstColumn));
        return graph.IntegerAdd(graph.IntegerMultiply(graph.IntegerDivide(row, size), blockLength), graph.IntegerRemainder(row, size));
    }

    private DataTable TableOf(Node node, Formula formula, int blockSize = 1)
    {
        if (!byFormula.TryGetValue(formula.Text, out DataTable? table))
        {
            string name = node.Operation switch
            {
                Operation.Reciprocal => "inverse" + Capital(NameOf(node.Operands[0])),
                Operation.Call => Lower(node.Symbol!) + Capital(NameOf(node.Operands[0])),
                Operation.DataReal => node.Symbol + "Blocks",
                _ => node.Name ?? "datum",
            };
            table = new DataTable(names.Unique(name, "At"), node, formula.Loops) { BlockSize = blockSize };
            byFormula[formula.Text] = table;
            All.Add(table);
        }

        return table;
    }

    private static string NameOf(Node node) => node.Name ?? node.Symbol ?? "";

    private static string Capital(string name) => name.Length == 0 ? "" : char.ToUpperInvariant(name[0]) + name.Substring(1);

    private static string Lower(string name) => char.ToLowerInvariant(name[0]) + name.Substring(1);

    private static bool IsWorthIt(Node node, Dictionary<Node, Formula?> known)
    {
        if (node.Operation is Operation.RealConstant or Operation.DataReal or Operation.HoistedReal or Operation.Term
            || FormulaOf(node, known) is not { } formula)
        {
            return false;
        }

        return formula.Loops.Count switch
        {
            0 => formula.Cost >= 4,
            1 => formula.Cost >= 2,
            2 => formula.Cost >= 8,
            _ => false,
        };
    }

    /// <summary>A value as text that is the same in all methods; null if it is not a matter of data alone.</summary>
    private static Formula? FormulaOf(Node node, Dictionary<Node, Formula?> known)
    {
        if (!known.TryGetValue(node, out Formula? formula))
        {
            known[node] = formula = Describe(node, known);
        }

        return formula;
    }

    private static Formula? Describe(Node node, Dictionary<Node, Formula?> known)
    {
        if (node.DependsOnParameters || node.Operation is Operation.Argument or Operation.Position or Operation.Load or Operation.Variate
            or Operation.Carried or Operation.LoopResult or Operation.BranchResult or Operation.HoistedReal or Operation.BlockReal)
        {
            return null;
        }

        if (node.Operation == Operation.LoopIndex)
        {
            var loop = (LoopStatement)node.Source!;
            try
            {
                return new Formula($"[{IntegerText.Of(loop.DomainStart)}..{IntegerText.Of(loop.DomainEnd)}]", 0, [loop]);
            }
            catch (SizeUnknownException)
            {
                return null;
            }
        }

        int cost = node.Operation switch
        {
            Operation.Call => 8,
            Operation.Reciprocal or Operation.Divide or Operation.Sqrt => 4,
            Operation.IntegerToReal when node.Operands[0].Operation != Operation.ModelInteger => 2,
            Operation.Add or Operation.Subtract or Operation.Multiply or Operation.Min or Operation.Max or Operation.Select or Operation.UniformSelect => 1,
            _ => 0,
        };
        var loops = new List<LoopStatement>();
        var text = new StringBuilder().Append(node.Operation).Append(' ').Append(node.Symbol).Append(' ')
            .Append(node.Number.ToString("R", CultureInfo.InvariantCulture)).Append(' ').Append(node.Integer).Append('(');
        foreach (Node operand in node.Operands)
        {
            if (FormulaOf(operand.Resolved, known) is not { } part)
            {
                return null;
            }

            cost += part.Cost;
            text.Append(part.Text);
            foreach (LoopStatement loop in part.Loops)
            {
                if (!loops.Contains(loop))
                {
                    loops.Add(loop);
                }

                // Which loop it is matters where there are several of the same range.
                text.Append('#').Append(loops.IndexOf(loop));
            }

            text.Append(',');
        }

        return new Formula(text.Append(')').ToString(), cost, loops);
    }

    private sealed record Formula(string Text, int Cost, List<LoopStatement> Loops);
}

/// <summary>A table of a value that depends on data alone.</summary>
/// <param name="Name">The kernel's integer that says where it lies.</param>
/// <param name="Value">The value in the graph where it was found first.</param>
/// <param name="Loops">The loops whose counters it depends on, the slowest first.</param>
internal sealed record DataTable(string Name, Node Value, IReadOnlyList<LoopStatement> Loops)
{
    /// <summary>The number of rows that lie side by side; 1 if rows lie one after another.</summary>
    public int BlockSize { get; init; } = 1;

    /// <summary>The number of its elements, as an expression of the model's integers.</summary>
    public string Size => BlockSize > 1 ? $"({Extent(Loops[0])} + {BlockSize - 1}) / {BlockSize} * {BlockSize} * {Extent(Loops[1])}"
        : Loops.Count == 0
        ? "1"
        : string.Join(" * ", Loops.Select(Extent));

    private static string Extent(LoopStatement loop)
    {
        string extent = $"({IntegerText.Of(loop.DomainEnd)} - {IntegerText.Of(loop.DomainStart)})";
        bool isCount = IndexRange.IsBelow(loop.DomainStart, loop.DomainEnd) || Graph.IsCount(loop.DomainStart, loop.DomainEnd);
        return isCount ? extent : $"({extent} < 0 ? 0 : {extent})";
    }
}
