using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Functions;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Streams;

namespace GpuSampling.Models;

/// <summary>
/// Bayesian logistic regression: β_j ~ N(0, s), P(y_n = 1) = 1 / (1 + exp(−x_n · β)), for any design matrix.
/// </summary>
/// <remarks>
/// <para>Data: 1/s², then the design matrix with each row negated where y_n = 0, so that every term is −log(1 + exp(−x_n · β)).
/// Rows lie in blocks of <see cref="BlockRows"/>, within a block column by column: element (n, j) at
/// 1 + ⌊n/8⌋ · 8 D + 8 j + n mod 8, the last block filled up with zeros.</para>
/// <para>A block's rows are computed together: each coefficient loaded feeds eight fused multiply-adds; the eight
/// 1 + e^{−|η|}, each in (1, 2], are multiplied up, so that one division and, every eight blocks, one logarithm serve them all.</para>
/// </remarks>
public readonly struct LogisticRegressionModel : IModel
{
    /// <summary>The number of rows of a block.</summary>
    public const int BlockRows = 8;

    // The product of 64 factors up to 2 stays far below the float range.
    private const int BlocksPerLogarithm = 8;

    /// <summary>Fixes the size.</summary>
    /// <param name="rowCount">The number of data, at least 0.</param>
    /// <param name="columnCount">The number of coefficients D, at least 1.</param>
    public LogisticRegressionModel(int rowCount, int columnCount)
    {
        DataTermCount = rowCount;
        Dimension = columnCount;
    }

    /// <inheritdoc/>
    public int Dimension { get; }

    /// <inheritdoc/>
    public int OutputCount => Dimension;

    /// <inheritdoc/>
    public int DataTermCount { get; }

    /// <inheritdoc/>
    public int ScratchLength => Dimension;

    /// <inheritdoc/>
    public T LogPrior<T, TVector, TData>(TVector position, TVector scratch, TData data)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T> =>
        LogPriorGradient<T, TVector, TData>(position, scratch, scratch, data);

    /// <inheritdoc/>
    public T LogPriorGradient<T, TVector, TData>(TVector position, TVector gradient, TVector scratch, TData data)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
    {
        T precision = data.Real(0);
        T sumOfSquares = T.Zero;
        for (int j = 0; j < Dimension; j++)
        {
            T coefficient = position[j];
            sumOfSquares = T.FusedMultiplyAdd(coefficient, coefficient, sumOfSquares);
            gradient[j] = -(coefficient * precision);
        }

        return T.Constant(-0.5) * precision * sumOfSquares;
    }

    /// <inheritdoc/>
    public T LogLikelihood<T, TVector, TData>(TVector position, TVector scratch, TData data, int firstTerm, int termCount)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T> =>
        LogLikelihoodGradient<T, TVector, TData>(position, scratch, scratch, data, firstTerm, termCount);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public T LogLikelihoodGradient<T, TVector, TData>(
        TVector position, TVector gradient, TVector scratch, TData data, int firstTerm, int termCount)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
    {
        int end = firstTerm + termCount;
        int row = firstTerm;
        T sum = T.Zero;
        T product = T.One;
        int blocksInProduct = 0;
        while (row < end)
        {
            if (row % BlockRows == 0 && row + BlockRows <= end)
            {
                sum += Block(position, gradient, data, 1 + (row * Dimension), ref product);
                row += BlockRows;
                blocksInProduct++;
                if (blocksInProduct == BlocksPerLogarithm)
                {
                    sum -= Elementary.Log(product);
                    product = T.One;
                    blocksInProduct = 0;
                }
            }
            else
            {
                int start = 1 + (row / BlockRows * BlockRows * Dimension) + (row % BlockRows);
                sum += SingleRow<T, TVector, TData>(position, gradient, data, start);
                row++;
            }
        }

        return sum - Elementary.Log(product);
    }

    /// <summary>
    /// Eight terms. Returns Σ min(η, 0) and multiplies Π (1 + e^{−|η|}) into <paramref name="product"/>, of which the terms'
    /// sum is the first less the logarithm of the second.
    /// </summary>
    private T Block<T, TVector, TData>(TVector position, TVector gradient, TData data, int start, ref T product)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
    {
        T eta0 = T.Zero, eta1 = T.Zero, eta2 = T.Zero, eta3 = T.Zero;
        T eta4 = T.Zero, eta5 = T.Zero, eta6 = T.Zero, eta7 = T.Zero;
        int index = start;
        for (int j = 0; j < Dimension; j++)
        {
            T coefficient = position[j];
            eta0 = T.FusedMultiplyAdd(data.Real(index, 0), coefficient, eta0);
            eta1 = T.FusedMultiplyAdd(data.Real(index, 1), coefficient, eta1);
            eta2 = T.FusedMultiplyAdd(data.Real(index, 2), coefficient, eta2);
            eta3 = T.FusedMultiplyAdd(data.Real(index, 3), coefficient, eta3);
            eta4 = T.FusedMultiplyAdd(data.Real(index, 4), coefficient, eta4);
            eta5 = T.FusedMultiplyAdd(data.Real(index, 5), coefficient, eta5);
            eta6 = T.FusedMultiplyAdd(data.Real(index, 6), coefficient, eta6);
            eta7 = T.FusedMultiplyAdd(data.Real(index, 7), coefficient, eta7);
            index += BlockRows;
        }

        T minimum = ((T.Min(eta0, T.Zero) + T.Min(eta1, T.Zero)) + (T.Min(eta2, T.Zero) + T.Min(eta3, T.Zero)))
            + ((T.Min(eta4, T.Zero) + T.Min(eta5, T.Zero)) + (T.Min(eta6, T.Zero) + T.Min(eta7, T.Zero)));

        // e_n = exp(−|η_n|); prefix products p_n of 1 + e_n; one division gives all the reciprocals, from the last to the first.
        T e0 = Elementary.Exp(-T.Abs(eta0)), e1 = Elementary.Exp(-T.Abs(eta1));
        T e2 = Elementary.Exp(-T.Abs(eta2)), e3 = Elementary.Exp(-T.Abs(eta3));
        T e4 = Elementary.Exp(-T.Abs(eta4)), e5 = Elementary.Exp(-T.Abs(eta5));
        T e6 = Elementary.Exp(-T.Abs(eta6)), e7 = Elementary.Exp(-T.Abs(eta7));
        T p0 = T.One + e0;
        T p1 = T.FusedMultiplyAdd(p0, e1, p0);
        T p2 = T.FusedMultiplyAdd(p1, e2, p1);
        T p3 = T.FusedMultiplyAdd(p2, e3, p2);
        T p4 = T.FusedMultiplyAdd(p3, e4, p3);
        T p5 = T.FusedMultiplyAdd(p4, e5, p4);
        T p6 = T.FusedMultiplyAdd(p5, e6, p5);
        T p7 = T.FusedMultiplyAdd(p6, e7, p6);
        product *= p7;

        T inverse = T.One / p7;
        T weight7 = Weight(eta7, e7, inverse * p6);
        inverse = T.FusedMultiplyAdd(inverse, e7, inverse);
        T weight6 = Weight(eta6, e6, inverse * p5);
        inverse = T.FusedMultiplyAdd(inverse, e6, inverse);
        T weight5 = Weight(eta5, e5, inverse * p4);
        inverse = T.FusedMultiplyAdd(inverse, e5, inverse);
        T weight4 = Weight(eta4, e4, inverse * p3);
        inverse = T.FusedMultiplyAdd(inverse, e4, inverse);
        T weight3 = Weight(eta3, e3, inverse * p2);
        inverse = T.FusedMultiplyAdd(inverse, e3, inverse);
        T weight2 = Weight(eta2, e2, inverse * p1);
        inverse = T.FusedMultiplyAdd(inverse, e2, inverse);
        T weight1 = Weight(eta1, e1, inverse * p0);
        T weight0 = Weight(eta0, e0, T.FusedMultiplyAdd(inverse, e1, inverse));

        index = start;
        for (int j = 0; j < Dimension; j++)
        {
            T even = T.FusedMultiplyAdd(data.Real(index, 0), weight0, gradient[j]);
            T odd = data.Real(index, 1) * weight1;
            even = T.FusedMultiplyAdd(data.Real(index, 2), weight2, even);
            odd = T.FusedMultiplyAdd(data.Real(index, 3), weight3, odd);
            even = T.FusedMultiplyAdd(data.Real(index, 4), weight4, even);
            odd = T.FusedMultiplyAdd(data.Real(index, 5), weight5, odd);
            even = T.FusedMultiplyAdd(data.Real(index, 6), weight6, even);
            odd = T.FusedMultiplyAdd(data.Real(index, 7), weight7, odd);
            gradient[j] = even + odd;
            index += BlockRows;
        }

        return minimum;
    }

    /// <summary>One term by itself, where a range of terms does not cover its block.</summary>
    private T SingleRow<T, TVector, TData>(TVector position, TVector gradient, TData data, int start)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
    {
        T eta = T.Zero;
        for (int j = 0; j < Dimension; j++)
        {
            eta = T.FusedMultiplyAdd(data.Real(start + (j * BlockRows)), position[j], eta);
        }

        T e = Elementary.Exp(-T.Abs(eta));
        T weight = Weight(eta, e, T.One / (T.One + e));
        for (int j = 0; j < Dimension; j++)
        {
            gradient[j] = T.FusedMultiplyAdd(data.Real(start + (j * BlockRows)), weight, gradient[j]);
        }

        return T.Min(eta, T.Zero) - Elementary.Log1p(e);
    }

    /// <summary>d/dη of −log(1 + e^{−η}): 1/(1 + e^η), from e = e^{−|η|} and 1/(1 + e).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Weight<T>(T eta, T e, T reciprocal)
        where T : struct, IReal<T> =>
        T.Select(eta > T.Zero, e * reciprocal, reciprocal);

    /// <inheritdoc/>
    public void WriteOutputs<T, TVector, TOutput, TData>(
        TVector position, TOutput outputs, TVector scratch, TData data, StreamAddress<T> random)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TOutput : struct, IChainVector<TOutput, T>
        where TData : struct, IDataTable<T>
    {
        for (int j = 0; j < Dimension; j++)
        {
            outputs[j] = position[j];
        }
    }
}
