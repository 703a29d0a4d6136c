using System.Collections.Immutable;
using System.Globalization;

namespace GpuSampling.Modeling;

/// <summary>The name and shape of a parameter or generated quantity.</summary>
public sealed record OutputShape
{
    /// <summary>Names a scalar, vector, matrix or array.</summary>
    /// <param name="name">The name, not empty.</param>
    /// <param name="dimensions">The extents, each at least 1; none for a scalar.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An extent is below 1.</exception>
    public OutputShape(string name, params ReadOnlySpan<int> dimensions)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        foreach (int extent in dimensions)
        {
            if (extent < 1)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(dimensions), extent, $"{name} has the dimensions ({string.Join(", ", dimensions.ToArray())}); allowed are extents from 1.");
            }
        }

        Name = name;
        Dimensions = [.. dimensions];
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The extents; empty for a scalar. Elements are stored with the last index fastest.</summary>
    public ImmutableArray<int> Dimensions { get; }

    /// <summary>The number of scalars.</summary>
    public int Count => Dimensions.Aggregate(1, (product, extent) => checked(product * extent));

    /// <summary>The labels of the scalars in order, indices from 1: <c>tau</c>, or <c>theta[1]</c>, <c>theta[2]</c>, …</summary>
    public IEnumerable<string> Labels
    {
        get
        {
            if (Dimensions.IsEmpty)
            {
                yield return Name;
                yield break;
            }

            int[] index = new int[Dimensions.Length];
            for (int i = 0; i < Count; i++)
            {
                int rest = i;
                for (int axis = Dimensions.Length - 1; axis >= 0; axis--)
                {
                    index[axis] = (rest % Dimensions[axis]) + 1;
                    rest /= Dimensions[axis];
                }

                yield return $"{Name}[{string.Join(',', index.Select(one => one.ToString(CultureInfo.InvariantCulture)))}]";
            }
        }
    }
}
