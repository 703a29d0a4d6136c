namespace GpuSampling.Modeling;

/// <summary>A constraint of a vector or matrix of parameters.</summary>
public enum Constraint
{
    /// <summary>None, or the bounds given.</summary>
    None = 0,

    /// <summary>A vector of ascending numbers.</summary>
    Ordered = 1,

    /// <summary>A vector of ascending numbers above 0.</summary>
    PositiveOrdered = 2,

    /// <summary>A vector of numbers from 0 to 1 with sum 1.</summary>
    Simplex = 3,

    /// <summary>A vector of length 1.</summary>
    UnitVector = 4,

    /// <summary>The Cholesky factor of a correlation matrix: lower triangular, positive diagonal, rows of length 1.</summary>
    CorrelationCholesky = 5,

    /// <summary>The Cholesky factor of a covariance matrix: lower triangular, positive diagonal.</summary>
    CovarianceCholesky = 6,
}
