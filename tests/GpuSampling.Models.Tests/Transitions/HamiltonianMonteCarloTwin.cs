using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Variates;
using GpuSampling.Models.Tests.Densities;

namespace GpuSampling.Models.Tests.Transitions;

/// <summary>What one looks at after a transition of the twin.</summary>
internal readonly record struct TwinOutcome(double LogDensity, double Energy, double Acceptance, bool Accepted, bool Diverged);

/// <summary>
/// Hamiltonian Monte Carlo for one chain, slow and obvious, in plain float64 and the runtime's own functions: masses and momenta
/// instead of whitened ones, two half kicks in every step. Only its random numbers are the kernels'.
/// </summary>
internal sealed class HamiltonianMonteCarloTwin(PlainDensity density, ulong seed, uint chain)
{
    /// <summary>q.</summary>
    public double[] Position { get; set; } = [];

    /// <summary>A start uniform within ±radius.</summary>
    public void Start(int dimension, double radius)
    {
        StreamAddress<Float64> address = Address(StreamPurpose.Initialization, 0);
        Position = [.. Enumerable.Range(0, dimension).Select(i => radius * ((2 * UniformVariate.HalfOpen(address, (uint)i).Value) - 1))];
    }

    /// <summary>The number of leapfrog steps of a transition: the same for all chains.</summary>
    public static int LeapfrogCount(ulong seed, uint transition, double stepSize, double pathLength, double jitter)
    {
        StreamAddress<Float64> address = new(new StreamKey(seed), StreamPurpose.TrajectoryLength, Float64.WordConstant(0), 0, transition);
        double uniform = UniformVariate.HalfOpen(address, 0).Value;
        return Math.Max(1, (int)Math.Ceiling(pathLength * (1 - jitter + (2 * jitter * uniform)) / stepSize));
    }

    /// <summary>One transition.</summary>
    /// <param name="transition">Its number.</param>
    /// <param name="stepSize">ε.</param>
    /// <param name="scales">s: the mass of parameter i is 1/s_i².</param>
    /// <param name="leapfrogCount">The number of steps.</param>
    /// <param name="accepts">Whether to accept, from the energy error and a unit exponential number; null: as Metropolis says.</param>
    public TwinOutcome Step(
        uint transition, double stepSize, double[] scales, int leapfrogCount, Func<double, double, bool>? accepts = null)
    {
        accepts ??= (error, level) => error < level;
        double[] position = [.. Position];
        double[] momentum = [.. Momenta(transition, position.Length).Zip(scales, (whitened, scale) => whitened / scale)];
        double before = Kinetic(momentum, scales) - density.LogDensity(Position);
        for (int step = 0; step < leapfrogCount; step++)
        {
            Kick(momentum, position, stepSize / 2);
            for (int i = 0; i < position.Length; i++)
            {
                position[i] += stepSize * scales[i] * scales[i] * momentum[i];
            }

            Kick(momentum, position, stepSize / 2);
        }

        double after = Kinetic(momentum, scales) - density.LogDensity(position);
        double error = after - before;
        bool diverged = double.IsNaN(error) || error > 1000;
        bool accepted = !diverged && accepts(error, ExponentialVariate.At(Address(StreamPurpose.Acceptance, transition), 0).Value);
        if (accepted)
        {
            Position = position;
        }

        return new TwinOutcome(
            density.LogDensity(Position), accepted ? after : before, diverged ? 0 : Math.Min(1, Math.Exp(-error)), accepted, diverged);
    }

    private IEnumerable<double> Momenta(uint transition, int dimension)
    {
        StreamAddress<Float64> address = Address(StreamPurpose.Momentum, transition);
        return Enumerable.Range(0, dimension).Select(i => NormalVariate.Quadruple(address, (uint)i / 4).At((uint)i).Value);
    }

    private void Kick(double[] momentum, double[] position, double stepSize)
    {
        double[] gradient = density.Gradient(position);
        for (int i = 0; i < momentum.Length; i++)
        {
            momentum[i] += stepSize * gradient[i];
        }
    }

    private static double Kinetic(double[] momentum, double[] scales) =>
        momentum.Zip(scales, (one, scale) => 0.5 * one * one * scale * scale).Sum();

    private StreamAddress<Float64> Address(StreamPurpose purpose, uint step) =>
        new(new StreamKey(seed), purpose, Float64.WordConstant(chain), 0, step);
}
