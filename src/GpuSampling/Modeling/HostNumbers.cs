using System.ComponentModel;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;

namespace GpuSampling.Modeling;

/// <summary>Numbers in arrays, as kernels in double precision read and write them on the host. Used by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct HostNumbers : IChainVector<HostNumbers, Float64>, IDataTable<Float64>
{
    private readonly double[] reals;
    private readonly int[] integers;
    private readonly int begin;

    internal HostNumbers(double[] reals, int[] integers, int begin)
    {
        this.reals = reals;
        this.integers = integers;
        this.begin = begin;
    }

    /// <inheritdoc/>
    public Float64 this[int index]
    {
        get => new(reals[begin + index]);
        set => reals[begin + index] = value.Value;
    }

    /// <inheritdoc/>
    public HostNumbers Slice(int start) => new(reals, integers, begin + start);

    /// <inheritdoc/>
    public Float64 Real(int index) => new(reals[index]);

    /// <inheritdoc/>
    public Float64 Real(int start, int offset) => new(reals[start + offset]);

    /// <inheritdoc/>
    public Float64 Gather(Word<Float64> index) =>
        new(reals[(int)BitConverter.DoubleToUInt64Bits(Float64.FromBits(index).Value)]);

    /// <inheritdoc/>
    public int Integer(int index) => integers[index];
}
