namespace GpuSampling.Generators.Graphs;

/// <summary>
/// The values and statements of one generated method. Equal computations are found once (hash-consing), and each value is
/// placed in the outermost region where its operands exist.
/// </summary>
internal sealed partial class Graph
{
    private readonly Dictionary<NodeKey, Node> nodes = [];
    private int lastId;

    public Graph()
    {
        Root = new Region(null, null);
    }

    /// <summary>The body of the method.</summary>
    public Region Root { get; }

    /// <summary>The source statement that new nodes are made for.</summary>
    public SourceNote? Note { get; set; }

    /// <summary>The author's expression that new nodes are made for.</summary>
    public Program.SourceSpan Place { get; set; }

    /// <summary>All arrays, in order of declaration.</summary>
    public List<LocalArray> Arrays { get; } = [];

    public int NextId() => ++lastId;

    /// <summary>A pure node: found if it exists, else made.</summary>
    public Node Pure(
        Operation operation, NodeType type, Node[] operands, string? symbol = null, double number = 0, int integer = 0, GraphStatement? source = null)
    {
        var key = new NodeKey(operation, symbol, BitConverter.DoubleToInt64Bits(number), integer, source, operands);
        if (nodes.TryGetValue(key, out Node? found))
        {
            return found;
        }

        Region region = Root;
        foreach (Node operand in operands)
        {
            if (operand.Region.Depth > region.Depth)
            {
                region = operand.Region;
            }
        }

        var node = new Node(NextId(), operation, type, operands, region)
        {
            Number = number,
            Integer = integer,
            Symbol = symbol,
            Source = source,
            Note = Note,
            Place = Place,
        };
        nodes.Add(key, node);
        return node;
    }

    /// <summary>A node that is the result of a statement of a region.</summary>
    public Node ResultOf(GraphStatement statement, Operation operation, NodeType type, Region region, params Node[] dependencies)
    {
        var node = new Node(NextId(), operation, type, [], region) { Source = statement, Note = Note, Place = Place };
        foreach (Node dependency in dependencies)
        {
            node.DependsOnParameters |= dependency.DependsOnParameters;
            node.DependsOnData |= dependency.DependsOnData;
        }

        return node;
    }

    /// <summary>Declares an array in a region.</summary>
    public LocalArray Declare(string name, ArrayStorage storage, Region region, params Node[] sizes)
    {
        var array = new LocalArray(name, storage, region, sizes, false);
        Arrays.Add(array);
        return array;
    }

    /// <summary>Appends a read of an array and returns what is read.</summary>
    public Node Load(Region region, LocalArray array, Node index)
    {
        var statement = new LoadStatement(array, index) { Id = NextId(), Note = Note };
        statement.Result = ResultOf(statement, Operation.Load, NodeType.Real, region, index);
        statement.Result.DependsOnParameters |= array.DependsOnParameters;
        statement.Result.DependsOnData |= array.DependsOnData;
        region.Statements.Add(statement);
        return statement.Result;
    }

    /// <summary>Appends a write to an array.</summary>
    public StoreStatement Store(Region region, LocalArray array, Node index, Node value, bool adds)
    {
        array.DependsOnParameters |= value.DependsOnParameters;
        array.DependsOnData |= value.DependsOnData;
        array.Stored.Add(value);
        var statement = new StoreStatement(array, index, value, adds) { Id = NextId(), Note = Note };
        region.Statements.Add(statement);
        return statement;
    }

    /// <summary>Begins a loop; its statements are added to its body, and <see cref="EndLoop"/> ends it.</summary>
    public LoopStatement BeginLoop(Region region, Node start, Node end)
    {
        var loop = new LoopStatement(region, start, end) { Note = Note };
        loop.Index = ResultOf(loop, Operation.LoopIndex, NodeType.Integer, loop.Body);
        return loop;
    }

    /// <summary>A value of a loop that goes from one iteration to the next.</summary>
    public CarriedValue Carry(LoopStatement loop, Node initial)
    {
        var carried = new CarriedValue(ResultOf(loop, Operation.Carried, initial.Type, loop.Body), initial);
        loop.Carried.Add(carried);
        return carried;
    }

    /// <summary>Appends a finished loop to its region and makes the results of its carried values.</summary>
    public void EndLoop(LoopStatement loop)
    {
        Region region = loop.Body.Parent!;
        loop.Id = NextId();
        region.Statements.Add(loop);
        foreach (CarriedValue carried in loop.Carried)
        {
            carried.Result = ResultOf(loop, Operation.LoopResult, carried.Current.Type, region, carried.Initial, carried.Next!);
        }
    }

    /// <summary>A sum over the iterations of a finished loop; parts that do not change in it are multiplied by their number.</summary>
    public Node SumOver(LoopStatement loop, Node increment, string? name = null)
    {
        Node total = Zero;
        foreach ((Node addend, bool isNegative) in WithDataTogether(loop, Addends(increment)))
        {
            Node part;
            if (!addend.Region.IsWithin(loop.Body))
            {
                // What no iteration adds does not count, not even NaN times zero.
                Node count = TripCount(loop);
                part = Multiply(ToReal(count), new Finiteness().IsFinite(addend) ? addend : UniformSelect(IntegerLess(Integer(0), count), addend, Zero));
            }
            else
            {
                part = SumOf(loop, addend);
                part.Name ??= name;
            }

            total = isNegative ? Subtract(total, part) : Add(total, part);
        }

        return total;
    }

    /// <summary>Parts that depend on data alone become one part, if one of them varies in the loop: a table can hold it.</summary>
    private List<(Node Addend, bool IsNegative)> WithDataTogether(LoopStatement loop, List<(Node Addend, bool IsNegative)> addends)
    {
        bool IsData(Node node) => !node.DependsOnParameters && node.Operation != Operation.LoopResult;
        if (addends.Count(one => IsData(one.Addend)) < 2 || !addends.Any(one => IsData(one.Addend) && one.Addend.Region.IsWithin(loop.Body)))
        {
            return addends;
        }

        Node data = Zero;
        foreach ((Node addend, bool isNegative) in addends.Where(one => IsData(one.Addend)))
        {
            data = isNegative ? Subtract(data, addend) : Add(data, addend);
        }

        return [.. addends.Where(one => !IsData(one.Addend)), (data, false)];
    }

    /// <summary>The number of iterations of a loop.</summary>
    public Node TripCount(LoopStatement loop)
    {
        Node difference = IntegerSubtract(loop.End, loop.Start);
        return IsCount(loop.Start, loop.End) ? difference : IntegerMax(difference, Integer(0));
    }

    /// <summary>Whether a range begins at 0 and ends at a number that is never negative.</summary>
    public static bool IsCount(Node start, Node end) => IsInteger(start, 0)
        && end is { Operation: Operation.ModelInteger, Least: >= 0 } or { Operation: Operation.IntegerConstant, Integer: >= 0 };

    /// <summary>A sum over the iterations of a finished loop of what changes in it, as it stands.</summary>
    public Node SumOf(LoopStatement loop, Node increment)
    {
        foreach (LoopSum existing in loop.Sums)
        {
            if (existing.Increment == increment)
            {
                return existing.Result;
            }
        }

        var sum = new LoopSum(increment, ResultOf(loop, Operation.LoopResult, NodeType.Real, loop.Body.Parent!, increment));
        loop.Sums.Add(sum);
        return sum.Result;
    }

    /// <summary>The parts of a sum of several terms, with their signs.</summary>
    public static List<(Node Addend, bool IsNegative)> Addends(Node node)
    {
        var found = new List<(Node Addend, bool IsNegative)>();
        var pending = new Stack<(Node Node, bool IsNegative)>();
        pending.Push((node, false));
        while (pending.Count > 0)
        {
            (Node part, bool isNegative) = pending.Pop();
            switch (part.Operation)
            {
                case Operation.Add:
                case Operation.Subtract:
                    pending.Push((part.Operands[1], isNegative ^ (part.Operation == Operation.Subtract)));
                    pending.Push((part.Operands[0], isNegative));
                    break;
                case Operation.Negate:
                    pending.Push((part.Operands[0], !isNegative));
                    break;
                default:
                    found.Add((part, isNegative));
                    break;
            }
        }

        return found;
    }

    private readonly struct NodeKey(
        Operation operation, string? symbol, long number, int integer, GraphStatement? source, Node[] operands) : IEquatable<NodeKey>
    {
        private readonly Operation operation = operation;
        private readonly string? symbol = symbol;
        private readonly long number = number;
        private readonly int integer = integer;
        private readonly GraphStatement? source = source;
        private readonly Node[] operands = operands;

        public bool Equals(NodeKey other)
        {
            if (operation != other.operation || number != other.number || integer != other.integer || symbol != other.symbol
                || source != other.source || operands.Length != other.operands.Length)
            {
                return false;
            }

            for (int i = 0; i < operands.Length; i++)
            {
                if (operands[i] != other.operands[i])
                {
                    return false;
                }
            }

            return true;
        }

        public override bool Equals(object? obj) => obj is NodeKey other && Equals(other);

        public override int GetHashCode()
        {
            unchecked
            {
                int hash = ((int)operation * 397) ^ (symbol?.GetHashCode() ?? 0) ^ number.GetHashCode() ^ (integer * 31);
                foreach (Node operand in operands)
                {
                    hash = (hash * 31) + operand.Id;
                }

                return hash;
            }
        }
    }
}
