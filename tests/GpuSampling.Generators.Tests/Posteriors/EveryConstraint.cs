using GpuSampling.Modeling;

namespace GpuSampling.Models.Tests.Posteriors;

/// <summary>
/// Parameters under every constraint, each with a textbook distribution by itself. Where isComplete is 0, every Jacobian is taken away
/// again; a direction's density is then one by its projection.
/// </summary>
[Model]
public partial class EveryConstraint
{
    [Data] public required int isComplete;
    [Data] public required double c;
    [Data("3", "3")] public required double[,] S;
    [Data("2", "2")] public required double[,] P;
    [Data("3")] public required double[] mu;
    [Parameter] double free;
    [Parameter(Lower = 0)] double positive;
    [Parameter(Lower = -1.5)] double above;
    [Parameter(Upper = "c")] double below;
    [Parameter(Lower = -1, Upper = 2)] double between;
    [Parameter(Lower = "c - 1", Upper = "2 * c")] double truncated;
    [Parameter(Lower = 0, Upper = 1)] double share;
    [Parameter(Lower = 0, Upper = "1 - share")] double rest;
    [Parameter(Lower = "free")] double later;
    [Parameter("3", Constraint = Constraint.Ordered)] double[] ordered = [];
    [Parameter("3", Constraint = Constraint.PositiveOrdered)] double[] arrivals = [];
    [Parameter("4", Constraint = Constraint.Simplex)] double[] simplex = [];
    [Parameter("3", Constraint = Constraint.UnitVector)] double[] direction = [];
    [Parameter("4", "4", Constraint = Constraint.CorrelationCholesky)] double[,] correlation = new double[0, 0];
    [Parameter("3", "3", Constraint = Constraint.CovarianceCholesky)] double[,] covariance = new double[0, 0];
    [Parameter("2", "2", Constraint = Constraint.CovarianceCholesky)] double[,] inverse = new double[0, 0];
    [Generated("4", "4")] double[,] R = new double[0, 0];
    [Generated("3", "3")] double[,] W = new double[0, 0];
    [Generated("2", "2")] double[,] V = new double[0, 0];

    double LogDensity()
    {
        double target = Density.Normal(free, 2, 3);
        target += Density.Gamma(positive, 2.5, 1.5);
        target += Density.Gamma(above + 1.5, 2, 2);
        target += Density.Gamma(c - below, 3, 2);
        target += Density.Beta((between + 1) / 3, 2, 3);
        target += Density.Normal(truncated, 1, 0.5) + Math.Log((truncated - (c - 1)) * (2 * c - truncated));
        target += Math.Log(share) + 2 * Math.Log(rest) + 0.5 * Math.Log(1 - share - rest);
        target += Density.Gamma(later - free, 2, 1);
        target += OrderStatistics() + ArrivalTimes();
        target += 0.8 * Math.Log(simplex[0]) + Math.Log(simplex[1]) + 2.5 * Math.Log(simplex[2]) + 1.2 * Math.Log(simplex[3]);
        target += 3 * LinearAlgebra.Dot(mu, direction);
        target += Density.LkjCholesky(correlation, 2);
        target += Density.WishartCholesky(covariance, 5.5, LinearAlgebra.Cholesky(S));
        target += Density.InverseWishart(LinearAlgebra.MultiplyByTranspose(inverse), 12, P) + 2 * Math.Log(inverse[0, 0]) + Math.Log(inverse[1, 1]);
        if (isComplete == 0)
        {
            target -= LogJacobians();
        }

        return target;
    }

    // The second, fourth and sixth of seven logistic numbers.
    double OrderStatistics()
    {
        double first = Special.Logistic((ordered[0] - 1) / 0.5), second = Special.Logistic((ordered[1] - 1) / 0.5), third = Special.Logistic((ordered[2] - 1) / 0.5);
        double target = Math.Log(first) + Math.Log(second - first) + Math.Log(third - second) + Math.Log(1 - third);
        for (int k = 0; k < 3; k++)
        {
            target += Density.Logistic(ordered[k], 1, 0.5);
        }

        return target;
    }

    // The second, fourth and sixth of six exponential times.
    double ArrivalTimes()
    {
        double target = Math.Log(1 - Math.Exp(-2 * arrivals[0]));
        for (int k = 0; k < 3; k++)
        {
            target += Density.Exponential(arrivals[k], 2);
            if (k > 0)
            {
                target += Math.Log(Math.Exp(-2 * arrivals[k - 1]) - Math.Exp(-2 * arrivals[k]));
            }
        }

        return target;
    }

    double LogJacobians()
    {
        double sum = Math.Log(positive) + Math.Log(above + 1.5) + Math.Log(c - below) + Math.Log((between + 1) * (2 - between));
        sum += Math.Log((truncated - (c - 1)) * (2 * c - truncated));
        sum += Math.Log(share * (1 - share)) + Math.Log(rest * (1 - share - rest) / (1 - share)) + Math.Log(later - free);
        sum += Math.Log((ordered[1] - ordered[0]) * (ordered[2] - ordered[1]));
        sum += Math.Log(arrivals[0] * (arrivals[1] - arrivals[0]) * (arrivals[2] - arrivals[1]));
        sum += Math.Log(simplex[0] * simplex[1] * simplex[2] * simplex[3]);
        sum -= Math.Log(Math.Abs(direction[2]));
        for (int i = 0; i < 4; i++)
        {
            sum += 2 * Math.Log(correlation[i, i]);
            double left = 1;
            for (int j = 0; j < i; j++)
            {
                sum += 0.5 * Math.Log(left);
                left -= correlation[i, j] * correlation[i, j];
            }
        }

        return sum + LinearAlgebra.LogDeterminantFromCholesky(covariance) + LinearAlgebra.LogDeterminantFromCholesky(inverse);
    }

    void Generate()
    {
        Fill(R, correlation);
        Fill(W, covariance);
        Fill(V, inverse);
    }

    static void Fill(double[,] product, double[,] factor)
    {
        for (int i = 0; i < factor.GetLength(0); i++)
        {
            for (int j = 0; j < factor.GetLength(0); j++)
            {
                double sum = 0;
                for (int k = 0; k < factor.GetLength(0); k++)
                {
                    sum += factor[i, k] * factor[j, k];
                }

                product[i, j] = sum;
            }
        }
    }
}
