using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GpuSampling.Diagnostics;

/// <summary>
/// The draws of one parameter, every chain split into its first and last half (an odd number of draws leaves out the
/// middle one), eight half-chains side by side in a column of vectors.
/// </summary>
/// <remarks>
/// Half-chain s = half * chains + chain lies in lane s mod 8 of column s div 8. A column is contiguous, so sums along the draws
/// run at the speed of the vector units, one accumulator a half-chain, and their order does not depend on the machine's width.
/// A position is an index into all values; the middle draws come after the columns. Values stay in the precision of the draws: reading
/// them from memory takes longer than widening them.
/// </remarks>
internal sealed class SplitChains : IDisposable
{
    /// <summary>Half-chains in a column.</summary>
    public const int Lanes = 8;

    // Draws are moved in blocks, so that neighbouring lines of a column are written one soon after the other.
    private const int BlockRows = 16;
    private const int BlockChains = 64;

    // Values in float64, or twice as many in float32.
    private readonly AlignedBuffer<double> buffer = new();
    private readonly AlignedBuffer<double> columnBuffer = new();
    private double[] middle = [];
    private int widenedColumn;

    /// <summary>The number of chains.</summary>
    public int Chains { get; private set; }

    /// <summary>The number of draws of each chain.</summary>
    public int Draws { get; private set; }

    /// <summary>The number of draws in each half-chain.</summary>
    public int HalfLength { get; private set; }

    /// <summary>The number of half-chains.</summary>
    public int HalfChains => 2 * Chains;

    /// <summary>The number of columns.</summary>
    public int Columns => (HalfChains + Lanes - 1) / Lanes;

    /// <summary>The number of values in a column, padding included.</summary>
    public int ColumnLength => Lanes * HalfLength;

    /// <summary>The number of positions in all columns, padding included; the middle draws start here.</summary>
    public int MiddleStart => Columns * ColumnLength;

    /// <summary>Whether the number of draws is odd, so that each chain has a middle draw outside both halves.</summary>
    public bool HasMiddle => (Draws & 1) != 0;

    /// <summary>The number of draws of all chains.</summary>
    public int Count => Chains * Draws;

    /// <summary>The number of draws in all half-chains.</summary>
    public int SplitCount => HalfChains * HalfLength;

    /// <summary>The smallest draw; meaningless unless <see cref="IsFinite"/>.</summary>
    public double Minimum { get; private set; }

    /// <summary>The largest draw; meaningless unless <see cref="IsFinite"/>.</summary>
    public double Maximum { get; private set; }

    /// <summary>Whether every draw is finite.</summary>
    public bool IsFinite { get; private set; }

    /// <summary>Whether all draws of all chains are equal.</summary>
    public bool IsConstant => Minimum == Maximum;

    /// <summary>The mean of all draws; meaningless unless <see cref="IsFinite"/>.</summary>
    public double Mean { get; private set; }

    /// <summary>Whether values are kept in float32, otherwise in float64.</summary>
    public bool IsSingle { get; private set; }

    /// <summary>The middle draw of each chain; empty when the number of draws is even.</summary>
    public ReadOnlySpan<double> Middle => middle.AsSpan(0, HasMiddle ? Chains : 0);

    /// <summary>One draw of one half-chain.</summary>
    public double this[int halfChain, int draw]
    {
        get
        {
            int position = (halfChain / Lanes * ColumnLength) + (draw * Lanes) + (halfChain % Lanes);
            return IsSingle ? Values<float>()[position] : Values<double>()[position];
        }
    }

    /// <summary>All values by position.</summary>
    /// <typeparam name="T">float if <see cref="IsSingle"/>, otherwise double.</typeparam>
    public ReadOnlySpan<T> Values<T>()
        where T : unmanaged => Take<T>(MiddleStart + (HasMiddle ? Chains : 0));

    /// <summary>The number of runs into which the positions fall: that of all full columns, one for each draw of a last column that is not full, and that of the middle draws.</summary>
    public int Runs => (HalfChains % Lanes == 0 ? 0 : HalfLength) + 2;

    /// <summary>A run of positions without padding; the runs are in the order of positions, and some may be empty.</summary>
    public Range Run(int run)
    {
        int fullColumns = HalfChains / Lanes;
        int partialStart = fullColumns * ColumnLength;
        if (run == 0)
        {
            return ..partialStart;
        }

        if (run == Runs - 1)
        {
            return MiddleStart..(MiddleStart + Middle.Length);
        }

        int start = partialStart + ((run - 1) * Lanes);
        return start..(start + (HalfChains % Lanes));
    }

    /// <summary>The half-chains in a column; fewer than <see cref="Lanes"/> only in the last.</summary>
    public int LanesIn(int column) => Math.Min(Lanes, HalfChains - (column * Lanes));

    /// <summary>One column, a vector for each draw of the half-chains; unused lanes hold zero. Valid until another column is asked for.</summary>
    public ReadOnlySpan<Vector512<double>> Column(int column)
    {
        if (!IsSingle)
        {
            return MemoryMarshal.Cast<double, Vector512<double>>(Values<double>().Slice(column * ColumnLength, ColumnLength));
        }

        Span<Vector512<double>> widened = MemoryMarshal.Cast<double, Vector512<double>>(columnBuffer.Take(ColumnLength));
        if (widenedColumn != column)
        {
            ReadOnlySpan<float> narrow = Values<float>().Slice(column * ColumnLength, ColumnLength);
            for (int i = 0; i < widened.Length; i++)
            {
                widened[i] = Widening.Eight(in narrow[Lanes * i]);
            }

            widenedColumn = column;
        }

        return widened;
    }

    /// <summary>Replaces the content by the draws given.</summary>
    public void Load<T>(ParameterDraws<T> draws)
        where T : unmanaged
    {
        Chains = draws.Chains;
        Draws = draws.Draws;
        HalfLength = Draws / 2;
        if (Chains > Array.MaxLength / 2)
        {
            throw new ArgumentException($"draws has {Chains} chains; at most {Array.MaxLength / 2} are possible.", nameof(draws));
        }

        IsSingle = typeof(T) == typeof(float);
        widenedColumn = -1;
        Span<T> values = Take<T>(((long)Columns * ColumnLength) + (HasMiddle ? Chains : 0));
        if (HalfChains % Lanes != 0)
        {
            values[((Columns - 1) * ColumnLength)..MiddleStart].Clear();
        }

        var seen = new Extent(Widening.One(draws[0, 0]));
        var sum = Vector512<double>.Zero;
        for (int half = 0; half < 2; half++)
        {
            int firstRow = half == 0 ? 0 : Draws - HalfLength;
            for (int block = 0; block < HalfLength; block += BlockRows)
            {
                int end = Math.Min(block + BlockRows, HalfLength);
                for (int chain = 0; chain < Chains; chain += BlockChains)
                {
                    for (int i = block; i < end; i++)
                    {
                        ReadOnlySpan<T> row = draws.Values.Slice(((firstRow + i) * Chains) + chain, Math.Min(BlockChains, Chains - chain));
                        ScatterRow(row, values, (half * Chains) + chain, i, ref seen);
                    }
                }

                // Block by block: short sums round less.
                sum += seen.Sum;
                seen.Sum = Vector512<double>.Zero;
            }
        }

        if (HasMiddle)
        {
            Array.Resize(ref middle, Math.Max(middle.Length, Chains));
            ReadOnlySpan<T> row = draws.Values.Slice(HalfLength * Chains, Chains);
            row.CopyTo(values[MiddleStart..]);
            for (int chain = 0; chain < Chains; chain++)
            {
                middle[chain] = Widening.One(row[chain]);
                seen.Add(middle[chain]);
            }
        }

        Mean = seen.Origin + (Vector512.Sum(sum + seen.Sum) / Count);
        FindExtremes(seen.Minimum, seen.Maximum);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        buffer.Dispose();
        columnBuffer.Dispose();
    }

    private Span<T> Take<T>(long length)
        where T : unmanaged
    {
        long perDouble = sizeof(double) / Unsafe.SizeOf<T>();
        return MemoryMarshal.Cast<double, T>(buffer.Take((length + perDouble - 1) / perDouble))[..(int)length];
    }

    // Puts one draw of some chains into the columns, from half-chain firstHalfChain on.
    private void ScatterRow<T>(ReadOnlySpan<T> row, Span<T> values, int firstHalfChain, int draw, ref Extent seen)
        where T : unmanaged
    {
        Extent extent = seen;
        int chain = 0;
        int halfChain = firstHalfChain;
        while (chain < row.Length)
        {
            int lane = halfChain % Lanes;
            int position = (halfChain / Lanes * ColumnLength) + (draw * Lanes) + lane;
            if (lane == 0 && row.Length - chain >= Lanes)
            {
                row.Slice(chain, Lanes).CopyTo(values[position..]);
                extent.Add(Widening.Eight(in row[chain]));
                chain += Lanes;
                halfChain += Lanes;
            }
            else
            {
                values[position] = row[chain];
                extent.Add(Widening.One(row[chain]));
                chain++;
                halfChain++;
            }
        }

        seen = extent;
    }

    private void FindExtremes(Vector512<double> minimum, Vector512<double> maximum)
    {
        Minimum = minimum[0];
        Maximum = maximum[0];
        for (int lane = 1; lane < Lanes; lane++)
        {
            // Math.Min and Math.Max hand a NaN on.
            Minimum = Math.Min(Minimum, minimum[lane]);
            Maximum = Math.Max(Maximum, maximum[lane]);
        }

        IsFinite = double.IsFinite(Minimum) && double.IsFinite(Maximum);
    }

    // The extremes, and the sum of deviations from an origin, which for equal draws is exactly zero.
    private struct Extent(double origin)
    {
        public readonly double Origin = origin;
        public Vector512<double> Minimum = Vector512.Create(double.PositiveInfinity);
        public Vector512<double> Maximum = Vector512.Create(double.NegativeInfinity);
        public Vector512<double> Sum = Vector512<double>.Zero;

        public void Add(Vector512<double> draws)
        {
            Minimum = Vector512.Min(Minimum, draws);
            Maximum = Vector512.Max(Maximum, draws);
            Sum += draws - Vector512.Create(Origin);
        }

        public void Add(double draw)
        {
            Minimum = Vector512.Min(Minimum, Vector512.Create(draw));
            Maximum = Vector512.Max(Maximum, Vector512.Create(draw));
            Sum += Vector512.CreateScalar(draw - Origin);
        }
    }
}
