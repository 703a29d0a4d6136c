using GpuSampling.Adaptation;

namespace GpuSampling.Tests.Adaptation;

/// <summary>The criteria's gradients against differences of the criteria themselves along straight trajectories.</summary>
public sealed class TrajectoryCriterionTests
{
    private const int Dimension = 3;
    private const int ChainCount = 40;

    [Fact]
    public void The_gradient_of_the_expected_square_is_its_derivative()
    {
        (TrajectoryEnds ends, double[] scales) = Trajectories();
        double gradient = new ChangeInExpectedSquare().Gradient(Trajectories().Ends);
        double derivative = Derivative(ends, scales, (before, after) => 0.25 * Math.Pow(Square(after) - Square(before), 2));
        Assert.Equal(derivative, gradient, 1e-5 * Math.Abs(derivative));
        Assert.NotEqual(0, gradient);

        static double Square(double[] x) => x.Sum(value => value * value);
    }

    [Fact]
    public void The_gradient_along_a_direction_is_the_derivative_per_time()
    {
        (TrajectoryEnds ends, double[] scales) = Trajectories();
        PrincipalDirectionSquare criterion = new(Dimension);
        double gradient = criterion.Gradient(Trajectories().Ends);
        double[] direction = criterion.Direction.ToArray();
        Assert.Equal(1, direction.Sum(value => value * value), 1e-12);

        // C(t)/(time + h t): the derivative of a quotient, at t = 0.
        double level = Mean(ends, scales, 0, Change);
        double derivative = (Derivative(ends, scales, Change) / ends.Time) - (ends.Jitter * level / (ends.Time * ends.Time));
        Assert.Equal(derivative, gradient, 1e-5 * Math.Abs(derivative));

        double Change(double[] before, double[] after) =>
            Math.Pow(Math.Pow(Along(after), 2) - Math.Pow(Along(before), 2), 2);

        double Along(double[] x) => x.Zip(direction, (value, weight) => value * weight).Sum();
    }

    [Fact]
    public void The_direction_is_that_of_largest_variance()
    {
        PrincipalDirectionSquare criterion = new(Dimension);
        for (int round = 0; round < 60; round++)
        {
            (TrajectoryEnds ends, _) = Trajectories(round, widest: 1);
            criterion.Gradient(ends);
        }

        Assert.InRange(Math.Abs(criterion.Direction[1]), 0.98, 1.0000001);
    }

    [Fact]
    public void Ends_that_are_no_numbers_count_for_nothing()
    {
        (TrajectoryEnds ends, _) = Trajectories();
        double sound = new ChangeInExpectedSquare().Gradient(ends);
        (TrajectoryEnds spoilt, _) = Trajectories();
        spoilt.Acceptances[7] = 0;
        spoilt.Ends[7] = double.NaN;
        spoilt.Velocities[7] = double.PositiveInfinity;
        double other = new ChangeInExpectedSquare().Gradient(spoilt);
        Assert.True(double.IsFinite(other));
        Assert.InRange(other / sound, 0.2, 5);
    }

    private static (TrajectoryEnds Ends, double[] Scales) Trajectories(int seed = 0, int widest = -1)
    {
        System.Random random = new(seed + 5);
        double[] scales = [0.5, 2, 1];
        TrajectoryEnds ends = new(Dimension, ChainCount, new AdaptedScales(scales, isAdapted: false)) { Jitter = 0.3, Time = 1.7 };
        for (int i = 0; i < Dimension * ChainCount; i++)
        {
            double width = scales[i / ChainCount] * (i / ChainCount == widest ? 5 : 1);
            ends.Starts[i] = 3 + (width * Normal());
            ends.Ends[i] = 3 + (width * Normal());
            ends.Velocities[i] = Normal();
        }

        for (int chain = 0; chain < ChainCount; chain++)
        {
            ends.Acceptances[chain] = 0.2 + (0.8 * random.NextDouble());
        }

        return (ends, scales);

        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }

    /// <summary>d/dt of the acceptance-weighted mean criterion, where ends move on with their velocities for a time h t.</summary>
    private static double Derivative(TrajectoryEnds ends, double[] scales, Func<double[], double[], double> criterion)
    {
        const double step = 1e-5;
        return (Mean(ends, scales, step, criterion) - Mean(ends, scales, -step, criterion)) / (2 * step);
    }

    private static double Mean(TrajectoryEnds ends, double[] scales, double time, Func<double[], double[], double> criterion)
    {
        double[] startMeans = new double[Dimension], endMeans = new double[Dimension];
        for (int i = 0; i < Dimension; i++)
        {
            for (int chain = 0; chain < ChainCount; chain++)
            {
                startMeans[i] += ends.Starts[(i * ChainCount) + chain] / ChainCount;
                endMeans[i] += ends.Acceptances[chain] * ends.Ends[(i * ChainCount) + chain] / ends.Acceptances.Sum();
            }
        }

        double sum = 0;
        for (int chain = 0; chain < ChainCount; chain++)
        {
            double[] before = new double[Dimension], after = new double[Dimension];
            for (int i = 0; i < Dimension; i++)
            {
                int place = (i * ChainCount) + chain;
                before[i] = (ends.Starts[place] - startMeans[i]) / scales[i];
                after[i] = ((ends.Ends[place] - endMeans[i]) / scales[i]) + (ends.Jitter * time * ends.Velocities[place]);
            }

            sum += ends.Acceptances[chain] * criterion(before, after);
        }

        return sum / ends.Acceptances.Sum();
    }
}
