namespace GpuSampling.Modeling;

/// <summary>
/// Marks a field of a model as data: <c>double</c>, <c>int</c>, or an array of these with one or two dimensions. Data are
/// given by object initializer or by JSON, and checked for shape and finiteness when they are bound.
/// </summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class DataAttribute : Attribute
{
    /// <summary>Data whose sizes are those of the arrays given.</summary>
    public DataAttribute()
    {
    }

    /// <summary>An array of a size that is checked.</summary>
    /// <param name="sizes">
    /// One size for each dimension: an expression of integer data, such as <c>nameof(N)</c> or <c>"2 * N"</c>.
    /// </param>
    public DataAttribute(params string[] sizes) => Sizes = sizes;

    /// <summary>The sizes; empty where the arrays decide.</summary>
    public IReadOnlyList<string> Sizes { get; } = [];
}

/// <summary>Marks a field of a model as data that its method <c>Prepare</c> computes from the data given.</summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class TransformedDataAttribute : Attribute
{
    /// <summary>Transformed data whose sizes are those of the arrays that <c>Prepare</c> makes.</summary>
    public TransformedDataAttribute()
    {
    }

    /// <summary>An array of a size that is checked.</summary>
    /// <param name="sizes">One size for each dimension, as in <see cref="DataAttribute"/>.</param>
    public TransformedDataAttribute(params string[] sizes) => Sizes = sizes;

    /// <summary>The sizes; empty where the arrays decide.</summary>
    public IReadOnlyList<string> Sizes { get; } = [];
}
