using System.Diagnostics;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Streams;

namespace GpuSampling.Modeling;

/// <summary>A model evaluated at single points on the host, in 64 bits, by the methods that engines run.</summary>
internal sealed class HostEvaluation<TModel> : IHostDensity
    where TModel : struct, IModel
{
    private readonly TModel model;
    private readonly HostNumbers data;
    private readonly double[] position;
    private readonly double[] gradient;
    private readonly double[] scratch;

    public HostEvaluation(Posterior<TModel> posterior)
    {
        model = posterior.Model;
        data = new HostNumbers(posterior.Data.Reals.ToArray(), posterior.Data.Integers.ToArray(), 0);
        position = new double[model.Dimension];
        gradient = new double[model.Dimension];
        scratch = new double[model.ScratchLength];
    }

    /// <inheritdoc/>
    public int Dimension => model.Dimension;

    /// <inheritdoc/>
    public double LogDensity(double[] point)
    {
        point.CopyTo(position, 0);
        HostNumbers at = new(position, [], 0), memory = new(scratch, [], 0);
        return model.LogPrior<Float64, HostNumbers, HostNumbers>(at, memory, data).Value
            + model.LogLikelihood<Float64, HostNumbers, HostNumbers>(at, memory, data, 0, model.DataTermCount).Value;
    }

    /// <inheritdoc/>
    public double LogDensityGradient(double[] point, double[] result)
    {
        point.CopyTo(position, 0);
        HostNumbers at = new(position, [], 0), memory = new(scratch, [], 0), derivative = new(gradient, [], 0);
        double density = model.LogPriorGradient<Float64, HostNumbers, HostNumbers>(at, derivative, memory, data).Value;
        density += model.LogLikelihoodGradient<Float64, HostNumbers, HostNumbers>(at, derivative, memory, data, 0, model.DataTermCount).Value;
        gradient.CopyTo(result, 0);
        return density;
    }

    /// <summary>What the model writes of a draw; random generated quantities are those of seed 0, chain 0 and step 0.</summary>
    public double[] Outputs(double[] point)
    {
        point.CopyTo(position, 0);
        double[] result = new double[model.OutputCount];
        HostNumbers at = new(position, [], 0), memory = new(scratch, [], 0), outputs = new(result, [], 0);
        StreamAddress<Float64> random = new(new StreamKey(0), StreamPurpose.GeneratedQuantity, Float64.WordConstant(0), 0, 0);
        model.WriteOutputs<Float64, HostNumbers, HostNumbers, HostNumbers>(at, outputs, memory, data, random);
        return result;
    }

    /// <summary>A derivative by differences of fourth order: Abramowitz and Stegun 25.3.6.</summary>
    public double Difference(double[] point, int coordinate, double step)
    {
        double center = point[coordinate];
        double At(double distance)
        {
            point[coordinate] = center + distance;
            return LogDensity(point);
        }

        double difference = (8 * (At(step) - At(-step))) - (At(2 * step) - At(-2 * step));
        point[coordinate] = center;
        return difference / (12 * step);
    }

    /// <summary>The time of a call: the shortest of five rounds of at least two milliseconds.</summary>
    public static double Microseconds(Func<double> call)
    {
        double best = double.PositiveInfinity;
        for (int round = 0; round < 5; round++)
        {
            long start = Stopwatch.GetTimestamp();
            int count = 0;
            do
            {
                call();
                count++;
            }
            while (Stopwatch.GetElapsedTime(start).TotalMilliseconds < 2);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMicroseconds / count);
        }

        return best;
    }
}
