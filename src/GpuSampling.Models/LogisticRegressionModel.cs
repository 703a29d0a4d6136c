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
/// 1 + e^{−|η|}, each in (1, 2], are multiplied up, so that one division serves four of them and one logarithm eight blocks.</para>
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
        for (; row < end && row % BlockRows != 0; row++)
        {
            sum += SingleRow<T, TVector, TData>(position, gradient, data, row);
        }

        while (end - row >= BlockRows)
        {
            int blockCount = (end - row) / BlockRows;
            blockCount = blockCount < BlocksPerLogarithm ? blockCount : BlocksPerLogarithm;
            sum += Blocks<T, TVector, TData>(position, gradient, data, row, blockCount);
            row += blockCount * BlockRows;
        }

        for (; row < end; row++)
        {
            sum += SingleRow<T, TVector, TData>(position, gradient, data, row);
        }

        return sum;
    }

    /// <summary>The terms of up to <see cref="BlocksPerLogarithm"/> whole blocks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private T Blocks<T, TVector, TData>(TVector position, TVector gradient, TData data, int firstRow, int blockCount)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
    {
        T minimum = T.Zero;
        T product = T.One;
        for (int block = 0; block < blockCount; block++)
        {
            int start = 1 + ((firstRow + (block * BlockRows)) * Dimension);
            Reals8<T> eta = LinearPredictors<T, TVector, TData>(position, data, start);
            FourTerms<T> low = Terms(eta.R0, eta.R1, eta.R2, eta.R3);
            FourTerms<T> high = Terms(eta.R4, eta.R5, eta.R6, eta.R7);
            minimum += low.Minimum + high.Minimum;
            product *= low.Product * high.Product;
            AddToGradient<T, TVector, TData>(gradient, data, start, low, high);
        }

        return minimum - Elementary.Log(product);
    }

    // The parts of a block are methods of their own because the JIT inlines lane operations only into methods of limited size.

    /// <summary>η_n = x_n · β of a block's eight rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Reals8<T> LinearPredictors<T, TVector, TData>(TVector position, TData data, int start)
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
            eta0 = T.FusedMultiplyAdd(coefficient, data.Real(index, 0), eta0);
            eta1 = T.FusedMultiplyAdd(coefficient, data.Real(index, 1), eta1);
            eta2 = T.FusedMultiplyAdd(coefficient, data.Real(index, 2), eta2);
            eta3 = T.FusedMultiplyAdd(coefficient, data.Real(index, 3), eta3);
            eta4 = T.FusedMultiplyAdd(coefficient, data.Real(index, 4), eta4);
            eta5 = T.FusedMultiplyAdd(coefficient, data.Real(index, 5), eta5);
            eta6 = T.FusedMultiplyAdd(coefficient, data.Real(index, 6), eta6);
            eta7 = T.FusedMultiplyAdd(coefficient, data.Real(index, 7), eta7);
            index += BlockRows;
        }

        return new Reals8<T> { R0 = eta0, R1 = eta1, R2 = eta2, R3 = eta3, R4 = eta4, R5 = eta5, R6 = eta6, R7 = eta7 };
    }

    /// <summary>
    /// Four terms: their derivatives 1/(1 + e^η), the product of 1 + e^−|η| and the sum of min(η, 0), of which the sum of the terms
    /// is the second less the logarithm of the first.
    /// </summary>
    /// <remarks>From prefix products p of 1 + e^−|η|, one division gives all the reciprocals q, from the last to the first.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static FourTerms<T> Terms<T>(T eta0, T eta1, T eta2, T eta3)
        where T : struct, IReal<T>
    {
        T e0 = Elementary.Exp(-T.Abs(eta0));
        T e1 = Elementary.Exp(-T.Abs(eta1));
        T e2 = Elementary.Exp(-T.Abs(eta2));
        T e3 = Elementary.Exp(-T.Abs(eta3));
        T p0 = T.One + e0;
        T p1 = T.FusedMultiplyAdd(p0, e1, p0);
        T p2 = T.FusedMultiplyAdd(p1, e2, p1);
        T p3 = T.FusedMultiplyAdd(p2, e3, p2);
        T q3 = T.One / p3;
        T q2 = T.FusedMultiplyAdd(q3, e3, q3);
        T q1 = T.FusedMultiplyAdd(q2, e2, q2);
        T q0 = T.FusedMultiplyAdd(q1, e1, q1);
        return new FourTerms<T>
        {
            Weight0 = Weight(eta0, e0, q0),
            Weight1 = Weight(eta1, e1, q1 * p0),
            Weight2 = Weight(eta2, e2, q2 * p1),
            Weight3 = Weight(eta3, e3, q3 * p2),
            Product = p3,
            Minimum = (T.Min(eta0, T.Zero) + T.Min(eta1, T.Zero)) + (T.Min(eta2, T.Zero) + T.Min(eta3, T.Zero)),
        };
    }

    /// <summary>Adds Σ weight_n x_n of a block's rows to the gradient.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddToGradient<T, TVector, TData>(TVector gradient, TData data, int start, FourTerms<T> low, FourTerms<T> high)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
    {
        T weight0 = low.Weight0, weight1 = low.Weight1, weight2 = low.Weight2, weight3 = low.Weight3;
        T weight4 = high.Weight0, weight5 = high.Weight1, weight6 = high.Weight2, weight7 = high.Weight3;
        int index = start;
        for (int j = 0; j < Dimension; j++)
        {
            T even = T.FusedMultiplyAdd(weight0, data.Real(index, 0), gradient[j]);
            T odd = weight1 * data.Real(index, 1);
            even = T.FusedMultiplyAdd(weight2, data.Real(index, 2), even);
            odd = T.FusedMultiplyAdd(weight3, data.Real(index, 3), odd);
            even = T.FusedMultiplyAdd(weight4, data.Real(index, 4), even);
            odd = T.FusedMultiplyAdd(weight5, data.Real(index, 5), odd);
            even = T.FusedMultiplyAdd(weight6, data.Real(index, 6), even);
            odd = T.FusedMultiplyAdd(weight7, data.Real(index, 7), odd);
            gradient[j] = even + odd;
            index += BlockRows;
        }
    }

    /// <summary>One term by itself, where a range of terms does not cover its block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private T SingleRow<T, TVector, TData>(TVector position, TVector gradient, TData data, int row)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
    {
        int start = 1 + (row / BlockRows * BlockRows * Dimension) + (row % BlockRows);
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

    /// <summary>A number for each row of a block.</summary>
    private struct Reals8<T>
    {
        public T R0, R1, R2, R3, R4, R5, R6, R7;
    }

    /// <summary>What four rows contribute.</summary>
    private struct FourTerms<T>
    {
        public T Weight0, Weight1, Weight2, Weight3, Product, Minimum;
    }
}
