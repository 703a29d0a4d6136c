using GpuSampling.Generators.Graphs;
using GpuSampling.Generators.Kernels;

namespace GpuSampling.Generators.Emission;

/// <content>
/// Loops over rows, computed in blocks of rows side by side: what the rows share is loaded once, and every row has variables of
/// its own for the rest.
/// </content>
internal sealed partial class MethodEmitter
{
    private const int Rows = RowBlocks.BlockSize;

    private readonly Dictionary<Node, bool> varying = [];

    /// <summary>By row of the block, the variables that hold its values.</summary>
    private Dictionary<Node, string>[] rowVariables = [];

    /// <summary>The row of the block that is being written; −1 outside blocks.</summary>
    private int row = -1;

    /// <summary>Products of 1 + e over groups of rows, for each e.</summary>
    private readonly Dictionary<Node, List<string>> unitProducts = [];

    private void WriteBlockedLoop(LoopStatement loop)
    {
        LoopSum[] sums = loop.Sums.Where(sum => live.Contains(sum.Result)).ToArray();
        foreach (LoopSum sum in sums)
        {
            variables[sum.Result] = names.Unique(sum.Result.Name ?? "sum");
            writer.Line($"T {variables[sum.Result]} = T.Zero;");
        }

        string index = names.Unique(loop.Index.Name ?? "i");
        string place = Graph.IsInteger(loop.DomainStart, 0) ? index : $"({index} - {Text(loop.DomainStart)})";
        writer.Open($"for (int {index} = {Text(loop.Start)}; {index} < {Atom(loop.End)};)");
        writer.Open($"if ({place} % {Rows} == 0 && {index} + {Rows} <= {Atom(loop.End)})");
        WriteBlock(loop, index, sums);
        writer.Line($"{index} = {index} + {Rows};");
        writer.Close();
        writer.Open("else");
        variables[loop.Index] = index;
        WriteRegion(loop.Body, sums.Select(sum => sum.Increment).ToArray());
        foreach (LoopSum sum in sums)
        {
            string name = variables[sum.Result];
            writer.Line($"{name} = {Accumulated(name, sum.Increment)};");
        }

        writer.Line($"{index} = {index} + 1;");
        writer.Close();
        writer.Close();
    }

    private void WriteBlock(LoopStatement loop, string index, LoopSum[] sums)
    {
        Dictionary<Node, string> around = variables;
        varying.Clear();
        varying[loop.Index] = true;
        unitProducts.Clear();
        rowVariables = Enumerable.Range(0, Rows).Select(_ => new Dictionary<Node, string>(around)).ToArray();
        for (int k = 0; k < Rows; k++)
        {
            rowVariables[k][loop.Index] = k == 0 ? index : $"({index} + {k})";
        }

        WriteBlockRegion(loop.Body, sums.Select(sum => sum.Increment).ToArray());
        foreach (LoopSum sum in sums)
        {
            WriteBlockSum(around[sum.Result], sum.Increment);
        }

        variables = around;
        row = -1;
    }

    private void WriteBlockRegion(Region region, Node[] results)
    {
        foreach (GraphStatement statement in region.Statements.Where(live.Contains))
        {
            WriteBlockNeeded(region, InputsOf(statement));
            switch (statement)
            {
                case LoopStatement loop:
                    WriteBlockInnerLoop(loop);
                    break;
                case StoreStatement store:
                    WriteBlockStore(store);
                    break;
            }
        }

        WriteBlockNeeded(region, results);
    }

    /// <summary>A loop that all rows of the block run together.</summary>
    private void WriteBlockInnerLoop(LoopStatement loop)
    {
        LoopSum[] sums = loop.Sums.Where(sum => live.Contains(sum.Result)).ToArray();
        foreach (LoopSum sum in sums)
        {
            ForRows(Varies(sum.Increment), k =>
            {
                string name = names.Unique(sum.Result.Name ?? "sum");
                writer.Line($"T {name} = T.Zero;");
                return (sum.Result, name);
            });
        }

        SelectRow(0);
        string index = names.Unique(loop.Index.Name ?? "i");
        writer.Open($"for (int {index} = {Text(loop.Start)}; {index} < {Atom(loop.End)}; {index}++)");
        ForRows(false, _ => (loop.Index, index));
        WriteBlockRegion(loop.Body, sums.Select(sum => sum.Increment).ToArray());
        foreach (LoopSum sum in sums)
        {
            for (int k = 0; k < (Varies(sum.Increment) ? Rows : 1); k++)
            {
                SelectRow(k);
                string name = variables[sum.Result];
                writer.Line($"{name} = {Accumulated(name, sum.Increment)};");
            }
        }

        writer.Close();
    }

    /// <summary>Adds what the rows contribute to an element of the gradient, which is loaded and stored once if it is the same for all rows.</summary>
    private void WriteBlockStore(StoreStatement store)
    {
        if (Varies(store.Index))
        {
            for (int k = 0; k < Rows; k++)
            {
                SelectRow(k);
                string one = Element(store.Array, store.Index);
                writer.Line($"{one} = {Accumulated(one, store.Value)};");
            }

            return;
        }

        SelectRow(0);
        string element = Element(store.Array, store.Index);
        string even = names.Unique("even"), odd = names.Unique("odd");
        for (int k = 0; k < Rows; k++)
        {
            SelectRow(k);
            string value = k switch
            {
                0 => $"T {even} = {Accumulated(element, store.Value)};",
                1 => $"T {odd} = {Text(store.Value)};",
                _ when k % 2 == 0 => $"{even} = {Accumulated(even, store.Value)};",
                _ => $"{odd} = {Accumulated(odd, store.Value)};",
            };
            writer.Line(value);
        }

        writer.Line($"{element} = {even} + {odd};");
    }

    /// <summary>Adds what the rows add up. Logarithms of 1 + e become one of the product, as each factor is between 1 and 2.</summary>
    private void WriteBlockSum(string total, Node increment)
    {
        SelectRow(0);
        var rest = new List<(Node Addend, bool IsNegative)>();
        foreach ((Node addend, bool isNegative) in ResolvedAddends(increment, false))
        {
            if (!IsUnitLogarithm(addend))
            {
                rest.Add((addend, isNegative));
                continue;
            }

            string logarithm = names.Unique("logarithm");
            writer.Line($"T {logarithm} = Elementary.Log({UnitProduct(addend.Operands[0].Resolved)});");
            writer.Line($"{total} = {total} {(isNegative ? "-" : "+")} {logarithm};");
        }

        if (rest.Count == 0)
        {
            return;
        }

        // A sum of the block by itself: the sums of the next block need not wait for it.
        string sum = names.Unique("blockSum");
        bool isFirst = true;
        foreach ((Node addend, bool isNegative) in rest)
        {
            for (int k = 0; k < Rows; k++)
            {
                SelectRow(k);
                if (isFirst)
                {
                    writer.Line($"T {sum} = {(isNegative ? "-" + Atom(addend) : Text(addend))};");
                }
                else
                {
                    writer.Line(isNegative ? $"{sum} = {sum} - {Atom(addend)};" : $"{sum} = {Accumulated(sum, addend)};");
                }

                isFirst = false;
            }
        }

        writer.Line($"{total} = {total} + {sum};");
    }

    private void WriteBlockNeeded(Region region, IEnumerable<Node> roots)
    {
        Node[] wanted = roots.Select(root => root.Resolved).ToArray();
        var byRow = NeededIn(region, wanted, throughBlocks: false);
        foreach (Node node in InOrder(NeededIn(region, wanted, throughBlocks: true), rowVariables[0]))
        {
            WriteNote(node.Note);
            if (Varies(node) && IsUnitReciprocal(node))
            {
                WriteReciprocals(node);
                continue;
            }

            // What only leads to the place of a block's data is needed for its first row only.
            ForRows(Varies(node) && byRow.Contains(node), _ =>
            {
                string text = Expression(node);
                string name = names.Unique(node.Name ?? node.Hint ?? DefaultName(node));
                writer.Line($"{TypeName(node.Type)} {name} = {text};");
                return (node, name);
            });
        }
    }

    private HashSet<Node> NeededIn(Region region, Node[] roots, bool throughBlocks)
    {
        var needed = new HashSet<Node>();
        var seen = new HashSet<Node>();
        var pending = new Stack<Node>(roots);
        while (pending.Count > 0)
        {
            Node node = pending.Pop();
            if (node.Source is not null || !seen.Add(node) || rowVariables[0].ContainsKey(node))
            {
                continue;
            }

            // Rows share what does not vary; logarithms of 1 + e are taken of products.
            bool isShared = node.Operation == Operation.Position && !Varies(node);
            bool isTakenTogether = IsUnitLogarithm(node) && schedule.UseCount(node) == 1;
            if (schedule.RegionOf(node) == region && !isTakenTogether && (schedule.HasVariable(node) || isShared || IsUnitReciprocal(node)))
            {
                needed.Add(node);
            }

            if (throughBlocks || node.Operation != Operation.BlockReal)
            {
                foreach (Node operand in node.Operands)
                {
                    pending.Push(operand.Resolved);
                }
            }
        }

        return needed;
    }

    /// <summary>
    /// The reciprocals of 1 + e for rows in groups of four, by one division each: from prefix products p of 1 + e, the reciprocal of
    /// the last gives all of them, from the last to the first.
    /// </summary>
    private void WriteReciprocals(Node node)
    {
        Node sum = node.Operands[0].Resolved;
        Node e = UnitPart(sum)!;
        string[] factors = new string[Rows], results = new string[Rows];
        for (int k = 0; k < Rows; k++)
        {
            SelectRow(k);
            factors[k] = names.Unique("factor");
            writer.Line($"T {factors[k]} = T.One + {Text(e)};");
            results[k] = names.Unique(node.Name ?? node.Hint ?? DefaultName(node));
        }

        var products = new List<string>();
        for (int first = 0; first < Rows; first += 4)
        {
            string[] prefix = new string[4];
            prefix[0] = factors[first];
            for (int k = 1; k < 4; k++)
            {
                prefix[k] = names.Unique("product");
                writer.Line($"T {prefix[k]} = {prefix[k - 1]} * {factors[first + k]};");
            }

            products.Add(prefix[3]);
            string quotient = names.Unique("quotient");
            writer.Line($"T {quotient} = T.One / {prefix[3]};");
            for (int k = 3; k > 0; k--)
            {
                writer.Line($"T {results[first + k]} = {quotient} * {prefix[k - 1]};");
                string next = k == 1 ? results[first] : names.Unique("quotient");
                writer.Line($"T {next} = {quotient} * {factors[first + k]};");
                quotient = next;
            }
        }

        unitProducts[e] = products;
        for (int k = 0; k < Rows; k++)
        {
            rowVariables[k][node] = results[k];
        }
    }

    /// <summary>The product of 1 + e over the rows of the block.</summary>
    private string UnitProduct(Node e)
    {
        if (!unitProducts.TryGetValue(e, out List<string>? products))
        {
            products = [];
            for (int k = 0; k < Rows; k++)
            {
                SelectRow(k);
                products.Add($"(T.One + {Text(e)})");
            }
        }

        string product = names.Unique("product");
        writer.Line($"T {product} = {products[0]} * {products[1]};");
        for (int k = 2; k < products.Count; k++)
        {
            writer.Line($"{product} = {product} * {products[k]};");
        }

        return product;
    }

    private bool IsUnitLogarithm(Node node) => node.Operation == Operation.Call && node.Symbol == "Log1pOfUnit"
        && Varies(node) && node.Operands[0].Resolved is { Operation: Operation.Call, Symbol: "ExpNonPositive" };

    private bool IsUnitReciprocal(Node node) => node.Operation == Operation.Reciprocal && UnitPart(node.Operands[0].Resolved) is not null && Varies(node);

    /// <summary>e of 1 + e, if it is the exponential of something negative.</summary>
    private static Node? UnitPart(Node sum) => sum.Operation == Operation.Add && sum.Operands[0].IsConstant(1)
        && sum.Operands[1].Resolved is { Operation: Operation.Call, Symbol: "ExpNonPositive" } e ? e : null;

    private static IEnumerable<(Node Addend, bool IsNegative)> ResolvedAddends(Node node, bool isNegative)
    {
        node = node.Resolved;
        return node.Operation switch
        {
            Operation.Add => ResolvedAddends(node.Operands[0], isNegative).Concat(ResolvedAddends(node.Operands[1], isNegative)),
            Operation.Subtract => ResolvedAddends(node.Operands[0], isNegative).Concat(ResolvedAddends(node.Operands[1], !isNegative)),
            Operation.Negate => ResolvedAddends(node.Operands[0], !isNegative),
            _ => [(node, isNegative)],
        };
    }

    /// <summary>Whether a value differs between the rows of the block.</summary>
    private bool Varies(Node node)
    {
        node = node.Resolved;
        if (!varying.TryGetValue(node, out bool varies))
        {
            varies = node.Operation == Operation.LoopResult && node.Source is LoopStatement inner
                ? inner.Sums.Any(sum => sum.Result == node && Varies(sum.Increment))
                : node.Operands.Any(Varies);
            varying[node] = varies;
        }

        return varies;
    }

    private void SelectRow(int k)
    {
        row = k;
        variables = rowVariables[k];
    }

    /// <summary>Writes something for each row, or once for all, and records the variable that holds it.</summary>
    private void ForRows(bool forEach, Func<int, (Node Node, string Name)> write)
    {
        for (int k = 0; k < (forEach ? Rows : 1); k++)
        {
            SelectRow(k);
            (Node node, string name) = write(k);
            for (int other = k; other < (forEach ? k + 1 : Rows); other++)
            {
                rowVariables[other][node] = name;
            }
        }
    }
}
