namespace GpuSampling.Generators.Graphs;

/// <summary>Where an array lives.</summary>
internal enum ArrayStorage
{
    /// <summary>Scratch memory.</summary>
    Scratch,

    /// <summary>The gradient that a method writes.</summary>
    Gradient,

    /// <summary>The outputs of a draw.</summary>
    Outputs,
}

/// <summary>A piece of memory that changes.</summary>
internal sealed class LocalArray
{
    public LocalArray(string name, ArrayStorage storage, Region region, Node[] sizes, bool dependsOnParameters)
    {
        Name = name;
        Storage = storage;
        Region = region;
        Sizes = sizes;
        DependsOnParameters = dependsOnParameters;
    }

    public string Name { get; set; }

    /// <summary>The number of the place where a program declares it; 0 for arrays of the generator.</summary>
    public int Place { get; set; }

    public ArrayStorage Storage { get; }

    /// <summary>The region that declares it.</summary>
    public Region Region { get; }

    /// <summary>The lengths of its dimensions; elements lie row after row.</summary>
    public Node[] Sizes { get; }

    /// <summary>The lanes that took the branch which declares it, the only ones that read it; null for all.</summary>
    public Node? Lanes { get; set; }

    /// <summary>Whether its first element stands in for one that is not there, so that it has one even where its size is 0.</summary>
    public bool HasStandIn { get; set; }

    /// <summary>What is stored in it or added to it.</summary>
    public List<Node> Stored { get; } = [];

    /// <summary>Whether nothing writes it from here on: it holds a parameter, which its transform has defined.</summary>
    public bool IsComplete { get; set; }

    /// <summary>Whether its elements are never negative, as those of a parameter with such a bound.</summary>
    public bool IsNotNegative { get; set; }

    /// <summary>Whether parameter-dependent values were stored in it.</summary>
    public bool DependsOnParameters { get; set; }

    /// <summary>Whether values that depend on observed numbers were stored in it.</summary>
    public bool DependsOnData { get; set; }
}
