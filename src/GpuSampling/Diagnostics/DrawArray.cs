namespace GpuSampling.Diagnostics;

/// <summary>Draws of several parameters in one block of memory, in [parameter][draw][chain] order.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class DrawArray<T> : IDrawSource<T>
    where T : unmanaged
{
    private readonly ReadOnlyMemory<T> values;
    private readonly string[] names;
    private readonly int valuesEach;

    /// <summary>Names the parameters of a block of draws.</summary>
    /// <param name="values">The draws: element <c>(parameter * draws + draw) * chains + chain</c>. Not copied.</param>
    /// <param name="names">The name of each parameter; at least one.</param>
    /// <param name="chains">The number of chains, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="chains"/> is less than 1.</exception>
    /// <exception cref="ArgumentException">There are no names, or the number of values is no multiple of names times chains.</exception>
    public DrawArray(ReadOnlyMemory<T> values, IEnumerable<string> names, int chains)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentOutOfRangeException.ThrowIfLessThan(chains, 1);
        this.names = [.. names];
        if (this.names.Length == 0)
        {
            throw new ArgumentException("names is empty; at least one parameter is needed.", nameof(names));
        }

        long drawSize = (long)this.names.Length * chains;
        if (values.Length == 0 || values.Length % drawSize != 0)
        {
            throw new ArgumentException(
                $"values has {values.Length} elements; it must have a positive multiple of {this.names.Length} parameters x {chains} chains.",
                nameof(values));
        }

        this.values = values;
        Chains = chains;
        valuesEach = values.Length / this.names.Length;
    }

    /// <inheritdoc/>
    public int Parameters => names.Length;

    /// <inheritdoc/>
    public int Chains { get; }

    /// <inheritdoc/>
    public string Name(int parameter) => names[parameter];

    /// <inheritdoc/>
    public ReadOnlySpan<T> Values(int parameter) => values.Span.Slice(parameter * valuesEach, valuesEach);
}
