using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Variates;

namespace GpuSampling.Sampling;

/// <summary>
/// The jittered trajectory lengths of a run, one for each transition and the same for all chains, so that no lane or GPU thread
/// waits for another: uniform within ± a share of the mean length.
/// </summary>
internal sealed class TrajectoryLengths(HamiltonianMonteCarloOptions options, ulong seed)
{
    /// <summary>The number of leapfrog steps of a transition.</summary>
    /// <param name="transition">The transition, counted from the beginning of the run.</param>
    /// <param name="stepSize">The step size ε.</param>
    public int LeapfrogCount(uint transition, double stepSize)
    {
        StreamAddress<Float64> address = new(
            new StreamKey(seed), StreamPurpose.TrajectoryLength, Float64.WordConstant(0), 0, transition);
        double uniform = UniformVariate.HalfOpen(address, 0).Value;
        double length = options.PathLength * (1 + (options.PathJitter * ((2 * uniform) - 1)));
        double count = Math.Ceiling(length / stepSize);
        return count >= options.MaximumLeapfrogCount ? options.MaximumLeapfrogCount : Math.Max(1, (int)count);
    }
}
