namespace GpuSampling.Models.Tests.Densities;

/// <summary>
/// A posterior written a second time: in plain float64, from its statement as mathematics, with all constants. The oracle for the
/// models and, with its gradient, for the sampler.
/// </summary>
internal abstract class PlainDensity
{
    /// <summary>log π at unconstrained parameters, Jacobians included.</summary>
    public abstract double LogDensity(double[] x);

    /// <summary>∇log π.</summary>
    public abstract double[] Gradient(double[] x);

    /// <summary>The constrained parameters.</summary>
    public virtual double[] Outputs(double[] x) => x;

    protected static double LogNormal(double x, double mean, double deviation) =>
        (-0.5 * Math.Pow((x - mean) / deviation, 2)) - Math.Log(deviation * Math.Sqrt(2 * Math.PI));
}

internal sealed class PlainEightSchools(double[] effects, double[] errors) : PlainDensity
{
    private int Count => effects.Length;

    public override double LogDensity(double[] x)
    {
        double mu = x[Count], tau = Math.Exp(x[Count + 1]);
        double sum = LogNormal(mu, 0, 5) + Math.Log(2 / (Math.PI * 5 * (1 + (tau * tau / 25)))) + x[Count + 1];
        for (int j = 0; j < Count; j++)
        {
            sum += LogNormal(x[j], 0, 1) + LogNormal(effects[j], mu + (tau * x[j]), errors[j]);
        }

        return sum;
    }

    public override double[] Gradient(double[] x)
    {
        double mu = x[Count], tau = Math.Exp(x[Count + 1]);
        double[] gradient = new double[Count + 2];
        gradient[Count] = -mu / 25;
        gradient[Count + 1] = 1 - (2 * tau * tau / (25 + (tau * tau)));
        for (int j = 0; j < Count; j++)
        {
            double score = (effects[j] - mu - (tau * x[j])) / (errors[j] * errors[j]);
            gradient[j] = (score * tau) - x[j];
            gradient[Count] += score;
            gradient[Count + 1] += score * tau * x[j];
        }

        return gradient;
    }

    public override double[] Outputs(double[] x)
    {
        double mu = x[Count], tau = Math.Exp(x[Count + 1]);
        return [.. x[..Count].Select(z => mu + (tau * z)), mu, tau];
    }
}

internal sealed class PlainLogisticRegression(double[,] design, int[] labels, double priorScale) : PlainDensity
{
    public override double LogDensity(double[] x)
    {
        double sum = x.Sum(coefficient => LogNormal(coefficient, 0, priorScale));
        for (int row = 0; row < labels.Length; row++)
        {
            double eta = Predictor(x, row);

            // log P(y) = y η − log(1 + e^η), without overflow.
            sum += (labels[row] * eta) - (eta > 0 ? eta + LogOnePlus(Math.Exp(-eta)) : LogOnePlus(Math.Exp(eta)));
        }

        return sum;
    }

    public override double[] Gradient(double[] x)
    {
        double[] gradient = [.. x.Select(coefficient => -coefficient / (priorScale * priorScale))];
        for (int row = 0; row < labels.Length; row++)
        {
            double residual = labels[row] - (1 / (1 + Math.Exp(-Predictor(x, row))));
            for (int j = 0; j < x.Length; j++)
            {
                gradient[j] += residual * design[row, j];
            }
        }

        return gradient;
    }

    private double Predictor(double[] x, int row) => Enumerable.Range(0, x.Length).Sum(j => design[row, j] * x[j]);

    private static double LogOnePlus(double value) => value < 1e-5 ? value - (value * value / 2) : Math.Log(1 + value);
}

/// <summary>From the covariance, where the model takes its inverse.</summary>
internal sealed class PlainGaussian(double[] mean, double[,] covariance) : PlainDensity
{
    public override double LogDensity(double[] x)
    {
        double[] deviation = [.. x.Zip(mean, (one, centre) => one - centre)];
        return -0.5 * deviation.Zip(Solve(deviation), (left, right) => left * right).Sum();
    }

    public override double[] Gradient(double[] x) => [.. Solve([.. x.Zip(mean, (one, centre) => one - centre)]).Select(value => -value)];

    /// <summary>Σ⁻¹ v by elimination.</summary>
    private double[] Solve(double[] right)
    {
        int n = right.Length;
        double[,] matrix = (double[,])covariance.Clone();
        double[] solution = (double[])right.Clone();
        for (int pivot = 0; pivot < n; pivot++)
        {
            for (int row = pivot + 1; row < n; row++)
            {
                double factor = matrix[row, pivot] / matrix[pivot, pivot];
                solution[row] -= factor * solution[pivot];
                for (int column = pivot; column < n; column++)
                {
                    matrix[row, column] -= factor * matrix[pivot, column];
                }
            }
        }

        for (int row = n - 1; row >= 0; row--)
        {
            for (int column = row + 1; column < n; column++)
            {
                solution[row] -= matrix[row, column] * solution[column];
            }

            solution[row] /= matrix[row, row];
        }

        return solution;
    }
}

internal sealed class PlainBanana : PlainDensity
{
    public override double LogDensity(double[] x) => LogNormal(x[0], 0, 10) + LogNormal(x[1], 0.03 * ((x[0] * x[0]) - 100), 1);

    public override double[] Gradient(double[] x)
    {
        double across = x[1] - (0.03 * ((x[0] * x[0]) - 100));
        return [(-x[0] / 100) + (across * 0.06 * x[0]), -across];
    }
}

internal sealed class PlainFunnel : PlainDensity
{
    public override double LogDensity(double[] x) =>
        LogNormal(x[0], 0, 3) + x[1..].Sum(one => LogNormal(one, 0, Math.Exp(x[0] / 2)));

    public override double[] Gradient(double[] x)
    {
        double precision = Math.Exp(-x[0]);
        double alongV = (-x[0] / 9) + x[1..].Sum(one => (0.5 * one * one * precision) - 0.5);
        return [alongV, .. x[1..].Select(one => -one * precision)];
    }
}
