namespace GpuSampling.Generators.Graphs;

/// <summary>A piece of straight code: the body of a method, of a loop or of a branch.</summary>
internal sealed class Region
{
    public Region(Region? parent, GraphStatement? owner)
    {
        Parent = parent;
        Owner = owner;
        Depth = parent is null ? 0 : parent.Depth + 1;
    }

    public Region? Parent { get; }

    /// <summary>The loop or branch that this is the body of.</summary>
    public GraphStatement? Owner { get; }

    /// <summary>0 for a method, one more for each enclosing statement.</summary>
    public int Depth { get; }

    /// <summary>What happens here, in order. Values without effects are not listed: they are computed where they are needed first.</summary>
    public List<GraphStatement> Statements { get; } = [];

    /// <summary>Whether this region lies within <paramref name="other"/> or is it.</summary>
    public bool IsWithin(Region other)
    {
        for (Region? region = this; region is not null && region.Depth >= other.Depth; region = region.Parent)
        {
            if (region == other)
            {
                return true;
            }
        }

        return false;
    }
}
