using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Functions;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Variates;

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
                int start = 1 + (row * Dimension);
                Reals8<T> eta = LinearPredictors<T, TVector, TData>(position, data, start);
                BlockTerms<T> terms = Terms(eta, Exponentials(eta));
                AddToGradient<T, TVector, TData>(gradient, data, start, terms.Weights);
                sum += terms.Minimum;
                product *= terms.Product;
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

    // The block's three parts are methods of their own because the JIT inlines lane operations only into methods of limited size.

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

    /// <summary>e_n = exp(−|η_n|).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Reals8<T> Exponentials<T>(Reals8<T> eta)
        where T : struct, IReal<T>
    {
        Reals4<T> low = Exponentials4(eta.R0, eta.R1, eta.R2, eta.R3);
        Reals4<T> high = Exponentials4(eta.R4, eta.R5, eta.R6, eta.R7);
        return new Reals8<T>
        {
            R0 = low.Real0, R1 = low.Real1, R2 = low.Real2, R3 = low.Real3,
            R4 = high.Real0, R5 = high.Real1, R6 = high.Real2, R7 = high.Real3,
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Reals4<T> Exponentials4<T>(T eta0, T eta1, T eta2, T eta3)
        where T : struct, IReal<T> =>
        new(
            Elementary.Exp(-T.Abs(eta0)),
            Elementary.Exp(-T.Abs(eta1)),
            Elementary.Exp(-T.Abs(eta2)),
            Elementary.Exp(-T.Abs(eta3)));

    /// <summary>
    /// The derivatives 1/(1 + e^η_n) of the terms; also Π (1 + e_n) and Σ min(η_n, 0), of which the terms' sum is the second less
    /// the logarithm of the first.
    /// </summary>
    /// <remarks>From prefix products of 1 + e_n, one division gives all the reciprocals, from the last to the first.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static BlockTerms<T> Terms<T>(Reals8<T> eta, Reals8<T> e)
        where T : struct, IReal<T>
    {
        T p0 = T.One + e.R0;
        T p1 = T.FusedMultiplyAdd(p0, e.R1, p0);
        T p2 = T.FusedMultiplyAdd(p1, e.R2, p1);
        T p3 = T.FusedMultiplyAdd(p2, e.R3, p2);
        T p4 = T.FusedMultiplyAdd(p3, e.R4, p3);
        T p5 = T.FusedMultiplyAdd(p4, e.R5, p4);
        T p6 = T.FusedMultiplyAdd(p5, e.R6, p5);
        T p7 = T.FusedMultiplyAdd(p6, e.R7, p6);
        T q7 = T.One / p7;
        T q6 = T.FusedMultiplyAdd(q7, e.R7, q7);
        T q5 = T.FusedMultiplyAdd(q6, e.R6, q6);
        T q4 = T.FusedMultiplyAdd(q5, e.R5, q5);
        T q3 = T.FusedMultiplyAdd(q4, e.R4, q4);
        T q2 = T.FusedMultiplyAdd(q3, e.R3, q3);
        T q1 = T.FusedMultiplyAdd(q2, e.R2, q2);
        T q0 = T.FusedMultiplyAdd(q1, e.R1, q1);
        return new BlockTerms<T>
        {
            Weights = new Reals8<T>
            {
                R0 = Weight(eta.R0, e.R0, q0),
                R1 = Weight(eta.R1, e.R1, q1 * p0),
                R2 = Weight(eta.R2, e.R2, q2 * p1),
                R3 = Weight(eta.R3, e.R3, q3 * p2),
                R4 = Weight(eta.R4, e.R4, q4 * p3),
                R5 = Weight(eta.R5, e.R5, q5 * p4),
                R6 = Weight(eta.R6, e.R6, q6 * p5),
                R7 = Weight(eta.R7, e.R7, q7 * p6),
            },
            Product = p7,
            Minimum = ((T.Min(eta.R0, T.Zero) + T.Min(eta.R1, T.Zero)) + (T.Min(eta.R2, T.Zero) + T.Min(eta.R3, T.Zero)))
                + ((T.Min(eta.R4, T.Zero) + T.Min(eta.R5, T.Zero)) + (T.Min(eta.R6, T.Zero) + T.Min(eta.R7, T.Zero))),
        };
    }

    /// <summary>Adds Σ weight_n x_n of a block's rows to the gradient.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddToGradient<T, TVector, TData>(TVector gradient, TData data, int start, Reals8<T> weights)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
    {
        T weight0 = weights.R0, weight1 = weights.R1, weight2 = weights.R2, weight3 = weights.R3;
        T weight4 = weights.R4, weight5 = weights.R5, weight6 = weights.R6, weight7 = weights.R7;
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

    /// <summary>A number for each row of a block.</summary>
    private struct Reals8<T>
    {
        public T R0, R1, R2, R3, R4, R5, R6, R7;
    }

    /// <summary>What a block contributes.</summary>
    private struct BlockTerms<T>
    {
        public Reals8<T> Weights;
        public T Product, Minimum;
    }
}
