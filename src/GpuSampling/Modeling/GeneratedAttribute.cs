namespace GpuSampling.Modeling;

/// <summary>
/// Marks a field of a model as a generated quantity: computed by <c>Generate</c> for each draw from its parameters, and kept with
/// them. <c>double</c>, <c>double[]</c> or <c>double[,]</c>. What <c>Generate</c> does not assign is 0.
/// </summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class GeneratedAttribute : Attribute
{
    /// <summary>A scalar.</summary>
    public GeneratedAttribute()
    {
    }

    /// <summary>A vector or matrix.</summary>
    /// <param name="sizes">One size for each dimension, as in <see cref="ParameterAttribute"/>.</param>
    public GeneratedAttribute(params string[] sizes) => Sizes = sizes;

    /// <summary>The sizes; empty for a scalar.</summary>
    public IReadOnlyList<string> Sizes { get; } = [];
}
