using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Variates;

namespace GpuSampling.Kernels.Lattices;

/// <summary>
/// The sites of one colour of a lattice with periodic boundaries, row by row: given the other colour they are independent.
/// </summary>
/// <remarks>
/// Sites are updated one after another, so that sides may be odd, too: two neighbours across the edge that then have one colour do not
/// disturb each other.
/// </remarks>
/// <param name="rowCount">The rows, at least 2.</param>
/// <param name="columnCount">The columns, at least 2.</param>
internal readonly struct Checkerboard(int rowCount, int columnCount)
{
    /// <summary>Updates the sites of one colour.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Update<T, TVector, TUpdate>(StreamAddress<T> random, TVector state, int colour, TUpdate update)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TUpdate : struct, ISiteUpdate
    {
        T weight = update.Weight<T>();
        Reals4<T> numbers = default;
        uint number = (uint)(colour * ((((rowCount * columnCount) + 1) / 2) + 3)) & ~3u;
        for (int row = 0; row < rowCount; row++)
        {
            int here = row * columnCount;
            int above = (row == 0 ? rowCount - 1 : row - 1) * columnCount;
            int below = (row == rowCount - 1 ? 0 : row + 1) * columnCount;
            for (int column = (row + colour) & 1; column < columnCount; column += 2)
            {
                if ((number & 3) == 0)
                {
                    numbers = UniformVariate.Quadruple(random, number >> 2);
                }

                T uniform = numbers.At(number);
                number++;
                T left = state[here + (column == 0 ? columnCount - 1 : column - 1)];
                T right = state[here + (column == columnCount - 1 ? 0 : column + 1)];
                state[here + column] = update.Draw(
                    uniform, weight, state[here + column], left, right, state[above + column], state[below + column]);
            }
        }
    }
}
