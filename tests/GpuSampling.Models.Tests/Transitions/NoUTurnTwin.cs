using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Variates;
using GpuSampling.Models.Tests.Densities;

namespace GpuSampling.Models.Tests.Transitions;

/// <summary>What one looks at after a transition of the twin.</summary>
internal readonly record struct NoUTurnOutcome(double LogDensity, double Energy, double Acceptance, bool Diverged, int Depth, int LeafCount);

/// <summary>
/// The No-U-Turn sampler for one chain, slow and obvious, in plain float64: keeps every leaf of a subtree and looks at all its aligned
/// parts for turns. Only its random numbers are the kernels'.
/// </summary>
internal sealed class NoUTurnTwin(PlainDensity density, ulong seed, uint chain, double stepSize, double[] scales, int maximumDepth)
{
    /// <summary>q.</summary>
    public double[] Position { get; set; } = [];

    /// <summary>One transition.</summary>
    public NoUTurnOutcome Step(uint transition)
    {
        StreamAddress<Float64> address = new(new StreamKey(seed), StreamPurpose.Momentum, Float64.WordConstant(chain), 0, transition);
        StreamAddress<Float64> choices = address.At(StreamPurpose.Trajectory, transition);
        double[] momentum = [.. Enumerable.Range(0, Position.Length).Select(i => NormalVariate.Quadruple(address, (uint)i / 4).At((uint)i).Value)];
        State start = new(Position, momentum);
        double firstEnergy = EnergyOf(start);
        List<State> tree = [start]; // in the order of time
        State current = start;
        double weight = 1, acceptance = 0;
        int leaves = 0, depth = 0;
        bool diverged = false;
        for (int level = 0; level < maximumDepth; level++)
        {
            Reals4<Float64> uniforms = UniformVariate.Quadruple(choices, (uint)level);
            int direction = uniforms.Real0.Value < 0.5 ? 1 : -1;
            List<State> subtree = [];
            State proposal = current;
            double subtreeWeight = 0;
            bool complete = true;
            for (int number = 0; number < 1 << level && complete; number++)
            {
                State from = subtree.Count > 0 ? subtree[^1] : direction > 0 ? tree[^1] : tree[0];
                State leaf = Leapfrog(from, direction);
                double error = EnergyOf(leaf) - firstEnergy;
                leaves++;
                if (!(error <= 1000))
                {
                    (diverged, complete) = (true, false);
                    break;
                }

                double leafWeight = Math.Exp(-error);
                acceptance += Math.Min(1, leafWeight);
                subtreeWeight += leafWeight;
                uint place = (uint)((1 << level) + number);
                if (UniformVariate.Quadruple(choices, 32 + (place >> 2)).At(place & 3).Value * subtreeWeight < leafWeight)
                {
                    proposal = leaf;
                }

                subtree.Add(leaf);
                for (int length = 2; (number + 1) % length == 0; length *= 2)
                {
                    complete &= !Turns(subtree[^length..]);
                }
            }

            if (!complete)
            {
                break;
            }

            depth++;
            if (uniforms.Real1.Value * weight < subtreeWeight)
            {
                current = proposal;
            }

            weight += subtreeWeight;
            tree = direction > 0 ? [.. tree, .. subtree] : [.. Enumerable.Reverse(subtree), .. tree];
            if (Turns(tree))
            {
                break;
            }
        }

        Position = current.Position;
        return new NoUTurnOutcome(density.LogDensity(Position), EnergyOf(current), diverged ? 0 : acceptance / leaves, diverged, depth, leaves);
    }

    private static bool Turns(List<State> part)
    {
        double[] distance = new double[part[0].Momentum.Length];
        for (int i = 0; i < part.Count; i++)
        {
            double share = i == 0 || i == part.Count - 1 ? 0.5 : 1;
            distance = [.. distance.Zip(part[i].Momentum, (sum, one) => sum + (share * one))];
        }

        return !(Product(distance, part[0].Momentum) > 0 && Product(distance, part[^1].Momentum) > 0);
    }

    private State Leapfrog(State from, int direction)
    {
        double step = direction * stepSize;
        double[] momentum = Kicked(from.Momentum, from.Position, step / 2);
        double[] position = [.. from.Position.Select((q, i) => q + (step * scales[i] * momentum[i]))];
        return new State(position, Kicked(momentum, position, step / 2));
    }

    private double[] Kicked(double[] momentum, double[] position, double step)
    {
        double[] gradient = density.Gradient(position);
        return [.. momentum.Select((r, i) => r + (step * scales[i] * gradient[i]))];
    }

    private double EnergyOf(State state) => (0.5 * Product(state.Momentum, state.Momentum)) - density.LogDensity(state.Position);

    private static double Product(double[] left, double[] right) => left.Zip(right, (a, b) => a * b).Sum();

    private sealed record State(double[] Position, double[] Momentum);
}
