using GpuSampling.Modeling;

namespace GpuSampling.Models.Tests.Posteriors;

/// <summary>A parameter under every constraint, with little else: its kernels are those of the transforms.</summary>
[Model]
public partial class EveryTransform
{
    [Data] public required double c;

    [Parameter] double free;
    [Parameter(Lower = 0)] double positive;
    [Parameter(Lower = "free")] double above;
    [Parameter(Upper = "c")] double below;
    [Parameter(Lower = "c - 1", Upper = "2 * c")] double between;
    [Parameter("3", Constraint = Constraint.Ordered)] double[] ordered = [];
    [Parameter("3", Constraint = Constraint.PositiveOrdered)] double[] arrivals = [];
    [Parameter("3", Constraint = Constraint.Simplex)] double[] simplex = [];
    [Parameter("3", Constraint = Constraint.UnitVector)] double[] direction = [];
    [Parameter("3", "3", Constraint = Constraint.CorrelationCholesky)] double[,] correlation = new double[0, 0];
    [Parameter("2", "2", Constraint = Constraint.CovarianceCholesky)] double[,] covariance = new double[0, 0];

    double LogDensity()
    {
        double sum = free * free + positive * positive + above * above + below * below + between + correlation[2, 0] + direction[1];
        for (int i = 0; i < 3; i++)
        {
            sum += ordered[i] * ordered[i] + arrivals[i] * arrivals[i] + i * simplex[i];
        }

        return -0.5 * (sum + covariance[0, 0] * covariance[0, 0] + covariance[1, 0] * covariance[1, 0] + covariance[1, 1] * covariance[1, 1]);
    }
}
