namespace GpuSampling.Adaptation;

/// <summary>
/// An estimate of the largest eigenvalue of a covariance that needs no decomposition, ‖XᵀX/N‖² / trace(XᵀX/N): Hoffman and Sountsov,
/// Tuning-free generalized Hamiltonian Monte Carlo (2022), algorithm 2. XXᵀ has the same norm and trace, and fewer products where there
/// are fewer chains than parameters.
/// </summary>
/// <param name="dimension">The number of parameters.</param>
/// <param name="chainCount">N, the number of chains.</param>
internal sealed class LargestEigenvalue(int dimension, int chainCount)
{
    private readonly double[] products = new double[Math.Min(dimension, chainCount)];
    private readonly double[] transposed = chainCount < dimension ? new double[dimension * chainCount] : [];

    /// <summary>The estimate.</summary>
    /// <param name="rows">X, [parameter][chain], of mean 0.</param>
    public double Of(ReadOnlySpan<double> rows)
    {
        if (chainCount >= dimension)
        {
            return Of(rows, chainCount);
        }

        for (int i = 0; i < dimension; i++)
        {
            for (int chain = 0; chain < chainCount; chain++)
            {
                transposed[(chain * dimension) + i] = rows[(i * chainCount) + chain];
            }
        }

        return Of(transposed, dimension);
    }

    /// <summary>From all inner products of rows.</summary>
    private double Of(ReadOnlySpan<double> rows, int length)
    {
        double squares = 0, trace = 0;
        for (int i = 0; i < products.Length; i++)
        {
            PooledCovariance.InnerProducts(rows.Slice(i * length, length), rows, products.AsSpan(0, i + 1));
            for (int j = 0; j <= i; j++)
            {
                double product = products[j] / chainCount;
                squares += (i == j ? 1 : 2) * product * product;
                trace += i == j ? product : 0;
            }
        }

        return squares / trace;
    }
}
