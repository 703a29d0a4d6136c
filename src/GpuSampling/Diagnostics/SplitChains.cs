using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GpuSampling.Diagnostics;

/// <summary>
/// The draws of one parameter in float64, every chain split into its first and last half (an odd number of draws leaves out the
/// middle one), eight half-chains side by side in a column of vectors.
/// </summary>
/// <remarks>
/// Half-chain s = half * chains + chain lies in lane s mod 8 of column s div 8. A column is contiguous, so sums along the draws
/// run at the speed of the vector units, one accumulator a half-chain, and their order does not depend on the machine's width.
/// A position is an index into all values; the middle draws come after the columns.
/// </remarks>
internal sealed class SplitChains : IDisposable
{
    /// <summary>Half-chains in a column.</summary>
    public const int Lanes = 8;

    // Draws are moved in blocks, so that neighbouring lines of a column are written one soon after the other.
    private const int BlockRows = 16;
    private const int BlockChains = 64;

    private readonly AlignedBuffer<double> buffer = new();

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

    /// <summary>All values by position.</summary>
    public ReadOnlySpan<double> Values => buffer.Take(MiddleStart + (HasMiddle ? Chains : 0));

    /// <summary>The middle draw of each chain; empty when the number of draws is even.</summary>
    public ReadOnlySpan<double> Middle => Values[MiddleStart..];

    /// <summary>One draw of one half-chain.</summary>
    public double this[int halfChain, int draw] =>
        Values[(halfChain / Lanes * ColumnLength) + (draw * Lanes) + (halfChain % Lanes)];

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
            return MiddleStart..Values.Length;
        }

        int start = partialStart + ((run - 1) * Lanes);
        return start..(start + (HalfChains % Lanes));
    }

    /// <summary>The half-chains in a column; fewer than <see cref="Lanes"/> only in the last.</summary>
    public int LanesIn(int column) => Math.Min(Lanes, HalfChains - (column * Lanes));

    /// <summary>One column, a vector for each draw of the half-chains; unused lanes hold zero.</summary>
    public ReadOnlySpan<Vector512<double>> Column(int column) =>
        MemoryMarshal.Cast<double, Vector512<double>>(Values.Slice(column * ColumnLength, ColumnLength));

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

        Span<double> values = buffer.Take(((long)Columns * ColumnLength) + (HasMiddle ? Chains : 0));
        if (HalfChains % Lanes != 0)
        {
            values[((Columns - 1) * ColumnLength)..MiddleStart].Clear();
        }

        var minimum = Vector512.Create(double.PositiveInfinity);
        Vector512<double> maximum = -minimum;
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
                        ScatterRow(row, values, (half * Chains) + chain, i, ref minimum, ref maximum);
                    }
                }
            }
        }

        if (HasMiddle)
        {
            ReadOnlySpan<T> row = draws.Values.Slice(HalfLength * Chains, Chains);
            for (int chain = 0; chain < Chains; chain++)
            {
                Place(row[chain], ref values[MiddleStart + chain], ref minimum, ref maximum);
            }
        }

        FindExtremes(minimum, maximum);
    }

    /// <inheritdoc/>
    public void Dispose() => buffer.Dispose();

    // Puts one draw of some chains into the columns, from half-chain firstHalfChain on.
    private void ScatterRow<T>(
        ReadOnlySpan<T> row, Span<double> values, int firstHalfChain, int draw, ref Vector512<double> minimum, ref Vector512<double> maximum)
        where T : unmanaged
    {
        int chain = 0;
        int halfChain = firstHalfChain;
        while (chain < row.Length)
        {
            int lane = halfChain % Lanes;
            int position = (halfChain / Lanes * ColumnLength) + (draw * Lanes) + lane;
            if (lane == 0 && row.Length - chain >= Lanes)
            {
                Vector512<double> eight = LoadEight(row, chain);
                eight.StoreUnsafe(ref values[position]);
                minimum = Vector512.Min(minimum, eight);
                maximum = Vector512.Max(maximum, eight);
                chain += Lanes;
                halfChain += Lanes;
            }
            else
            {
                Place(row[chain], ref values[position], ref minimum, ref maximum);
                chain++;
                halfChain++;
            }
        }
    }

    private static Vector512<double> LoadEight<T>(ReadOnlySpan<T> row, int chain)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            Vector256<float> single = Vector256.Create(MemoryMarshal.Cast<T, float>(row)[chain..]);
            (Vector256<double> lower, Vector256<double> upper) = Vector256.Widen(single);
            return Vector512.Create(lower, upper);
        }

        return Vector512.Create(MemoryMarshal.Cast<T, double>(row)[chain..]);
    }

    private static void Place<T>(T draw, ref double place, ref Vector512<double> minimum, ref Vector512<double> maximum)
        where T : unmanaged
    {
        place = typeof(T) == typeof(float) ? Unsafe.BitCast<T, float>(draw) : Unsafe.BitCast<T, double>(draw);
        minimum = Vector512.Min(minimum, Vector512.Create(place));
        maximum = Vector512.Max(maximum, Vector512.Create(place));
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
}
