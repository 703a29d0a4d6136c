namespace GpuSampling.Generators.Graphs;

/// <summary>Something that happens at a definite place in a region.</summary>
internal abstract class GraphStatement
{
    /// <summary>The order of creation, on one scale with nodes. Loops and branches are numbered when they end.</summary>
    public int Id { get; set; }

    public SourceNote? Note { get; set; }

    /// <summary>The author's statement that it comes from.</summary>
    public Program.SourceSpan Span { get; set; }

    /// <summary>Whether it only keeps values for the reverse part.</summary>
    public bool IsTape { get; set; }
}

/// <summary>A value that goes from one iteration to the next.</summary>
internal sealed class CarriedValue(Node current, Node initial)
{
    /// <summary>The value at the start of an iteration.</summary>
    public Node Current { get; } = current;

    /// <summary>The value before the loop.</summary>
    public Node Initial { get; set; } = initial;

    /// <summary>The value at the end of an iteration.</summary>
    public Node? Next { get; set; }

    /// <summary>The value after the loop.</summary>
    public Node? Result { get; set; }
}

/// <summary>A sum over the iterations of a loop; no iteration sees it.</summary>
internal sealed class LoopSum(Node increment, Node result)
{
    /// <summary>What an iteration adds.</summary>
    public Node Increment { get; set; } = increment;

    /// <summary>The sum after the loop.</summary>
    public Node Result { get; } = result;
}

/// <summary>A counted loop over start ≤ index &lt; end, ascending or descending by 1.</summary>
internal sealed class LoopStatement : GraphStatement
{
    public LoopStatement(Region parent, Node start, Node end)
    {
        Start = start;
        End = end;
        DomainStart = start;
        DomainEnd = end;
        Body = new Region(parent, this);
    }

    public Node Start { get; }

    public Node End { get; }

    /// <summary>The start of the range over which the index can run in any call.</summary>
    public Node DomainStart { get; set; } = null!;

    /// <summary>The end of that range; <see cref="End"/> itself unless a call takes a part of the data terms.</summary>
    public Node DomainEnd { get; set; } = null!;

    public bool IsDescending { get; set; }

    public Region Body { get; }

    public Node Index { get; set; } = null!;

    public List<CarriedValue> Carried { get; } = [];

    public List<LoopSum> Sums { get; } = [];

    /// <summary>How many iterations the emitted code computes side by side; 1 unless blocking pays.</summary>
    public int BlockSize { get; set; } = 1;

    /// <summary>Whether this loop sets a new array to zero.</summary>
    public bool IsZeroFill { get; set; }
}

/// <summary>A value that a branch decides.</summary>
internal sealed class BranchValue(Node whenTrue, Node whenFalse, Node result)
{
    public Node WhenTrue { get; set; } = whenTrue;

    public Node WhenFalse { get; set; } = whenFalse;

    public Node Result { get; } = result;
}

/// <summary>A branch that all lanes take together.</summary>
internal sealed class BranchStatement : GraphStatement
{
    public BranchStatement(Region parent, Node condition)
    {
        Condition = condition;
        WhenTrue = new Region(parent, this);
        WhenFalse = new Region(parent, this);
    }

    public Node Condition { get; }

    public Region WhenTrue { get; }

    public Region WhenFalse { get; }

    public List<BranchValue> Values { get; } = [];
}

/// <summary>Reads an element of an array that may change.</summary>
internal sealed class LoadStatement(LocalArray array, Node index) : GraphStatement
{
    public LocalArray Array { get; } = array;

    public Node Index { get; } = index;

    /// <summary>The index along each dimension, where it is known.</summary>
    public Node[] Indices { get; set; } = [index];

    public Node Result { get; set; } = null!;
}

/// <summary>Writes an element of an array, or adds to it.</summary>
internal sealed class StoreStatement(LocalArray array, Node index, Node value, bool adds) : GraphStatement
{
    public LocalArray Array { get; } = array;

    public Node Index { get; } = index;

    /// <summary>The index along each dimension, where it is known.</summary>
    public Node[] Indices { get; set; } = [index];

    public Node Value { get; set; } = value;

    /// <summary>Whether the value is added to the element instead of replacing it.</summary>
    public bool Adds { get; } = adds;
}

/// <summary>Draws random numbers for generated quantities.</summary>
internal sealed class VariateStatement(string distribution, Node slot, Node[] arguments) : GraphStatement
{
    public string Distribution { get; } = distribution;

    /// <summary>The index of the draw: a different one for every number of a chain's draw.</summary>
    public Node Slot { get; } = slot;

    public Node[] Arguments { get; } = arguments;

    public Node Result { get; set; } = null!;
}
