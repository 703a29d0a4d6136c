namespace GpuSampling.Modeling;

/// <summary>
/// Marks a field of a model as a parameter: <c>double</c>, <c>double[]</c> or <c>double[,]</c>. Samplers move in unconstrained
/// space; the transform to the parameter's constraint and its log-Jacobian are generated, as the Stan reference manual defines
/// them.
/// </summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class ParameterAttribute : Attribute
{
    /// <summary>A scalar.</summary>
    public ParameterAttribute()
    {
    }

    /// <summary>A vector or matrix.</summary>
    /// <param name="sizes">One size for each dimension: an expression of integer data, such as <c>nameof(N)</c> or <c>"3"</c>.</param>
    public ParameterAttribute(params string[] sizes) => Sizes = sizes;

    /// <summary>The sizes; empty for a scalar.</summary>
    public IReadOnlyList<string> Sizes { get; } = [];

    /// <summary>
    /// The lower bound of each element: a number, or a C# expression of data and earlier parameters as a string. Null for none.
    /// </summary>
    public object? Lower { get; set; }

    /// <summary>The upper bound of each element, as <see cref="Lower"/>. Null for none.</summary>
    public object? Upper { get; set; }

    /// <summary>A constraint of the vector or matrix as a whole; not together with bounds.</summary>
    public Constraint Constraint { get; set; }
}
