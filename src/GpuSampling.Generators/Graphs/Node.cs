using GpuSampling.Generators.Program;

namespace GpuSampling.Generators.Graphs;

/// <summary>The kind of value that a node has.</summary>
internal enum NodeType
{
    Real,
    Integer,
    Boolean,
    Mask,
}

/// <summary>
/// A value, computed once and never changed (static single assignment). Equal computations are one node. A node belongs to the
/// innermost region on which its operands depend, so what does not change in a loop is computed before it.
/// </summary>
internal sealed class Node
{
    public Node(int id, Operation operation, NodeType type, Node[] operands, Region region)
    {
        Id = id;
        Operation = operation;
        Type = type;
        Operands = operands;
        Region = region;
        foreach (Node operand in operands)
        {
            DependsOnParameters |= operand.DependsOnParameters;
            DependsOnData |= operand.DependsOnData;
        }
    }

    /// <summary>The order of creation: operands have smaller numbers.</summary>
    public int Id { get; }

    public Operation Operation { get; }

    public NodeType Type { get; }

    public Node[] Operands { get; }

    /// <summary>Where the node is computed.</summary>
    public Region Region { get; }

    /// <summary>The value of a real constant.</summary>
    public double Number { get; set; }

    /// <summary>The value of an integer or truth constant.</summary>
    public int Integer { get; set; }

    /// <summary>The name of the function, field or argument.</summary>
    public string? Symbol { get; set; }

    /// <summary>What an integer of the model is at the least, which data with a smaller one do not pass; null if that is open.</summary>
    public int? Least { get; set; }

    /// <summary>The statement whose result this is.</summary>
    public GraphStatement? Source { get; set; }

    /// <summary>The name of the source variable that the value was given to first.</summary>
    public string? Name { get; set; }

    /// <summary>What to call the value if it gets a variable for another reason.</summary>
    public string? Hint { get; set; }

    /// <summary>The source statement that the value was computed for.</summary>
    public SourceNote? Note { get; set; }

    /// <summary>The author's expression that the value was computed for, for the place of a fault.</summary>
    public SourceSpan Place { get; set; }

    /// <summary>A cheaper way to the same value, found later.</summary>
    public Node? Replacement { get; set; }

    /// <summary>This value or, if there is one, its replacement.</summary>
    public Node Resolved => Replacement?.Resolved ?? this;

    /// <summary>Whether the value can change with the parameters.</summary>
    public bool DependsOnParameters { get; set; }

    /// <summary>Whether the value can change with observed numbers (sizes do not count).</summary>
    public bool DependsOnData { get; set; }

    /// <summary>Records that the value is a parameter.</summary>
    public Node MarkParameter()
    {
        DependsOnParameters = true;
        return this;
    }

    /// <summary>Records that the value is an observed number.</summary>
    public Node MarkData()
    {
        DependsOnData = true;
        return this;
    }

    public bool IsConstant(double value) => Operation == Operation.RealConstant && Number.Equals(value);

    /// <summary>Nodes are equal only to themselves; their number spares the run time a hash of its own.</summary>
    public override int GetHashCode() => Id;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override string ToString() => $"{Operation}#{Id}({string.Join(", ", Operands.Select(o => "#" + o.Id))})";
}

/// <summary>The source statement that generated code stands for.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Text">Its text.</param>
/// <param name="Span">Where it stands.</param>
internal sealed record SourceNote(int Line, string Text, SourceSpan Span);
