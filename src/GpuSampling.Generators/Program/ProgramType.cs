namespace GpuSampling.Generators.Program;

/// <summary>What a value of a model's program is.</summary>
internal enum ElementType
{
    /// <summary>No value.</summary>
    Void,

    /// <summary>A real number: <see cref="double"/> in the source, a lane in the kernel.</summary>
    Real,

    /// <summary>An integer that is the same for all chains.</summary>
    Integer,

    /// <summary>A truth value: the same for all chains if it depends on data only, else one per lane.</summary>
    Boolean,

    /// <summary>Several values at once.</summary>
    Tuple,

    /// <summary>The source of random numbers of generated quantities.</summary>
    Random,
}

/// <summary>The type of a value: an element type, and how many dimensions it has if it is an array.</summary>
/// <param name="Element">The type of a scalar or of the array's elements.</param>
/// <param name="Rank">0 for a scalar, 1 for a vector, 2 for a matrix.</param>
internal readonly record struct ProgramType(ElementType Element, int Rank = 0)
{
    public static ProgramType Void => new(ElementType.Void);

    public static ProgramType Real => new(ElementType.Real);

    public static ProgramType Integer => new(ElementType.Integer);

    public static ProgramType Boolean => new(ElementType.Boolean);

    public static ProgramType Tuple => new(ElementType.Tuple);

    public bool IsArray => Rank > 0;
}
