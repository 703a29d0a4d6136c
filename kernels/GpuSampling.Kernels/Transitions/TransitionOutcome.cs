using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Transitions;

/// <summary>What a transition came to, apart from the position.</summary>
/// <typeparam name="T">The lane type.</typeparam>
public readonly struct TransitionOutcome<T>
    where T : struct, IReal<T>
{
    /// <summary>log π at the position kept.</summary>
    public T LogDensity { get; init; }

    /// <summary>The total energy of the state kept.</summary>
    public T Energy { get; init; }

    /// <summary>The acceptance probability, from 0 to 1, that step sizes are adapted to.</summary>
    public T AcceptanceProbability { get; init; }

    /// <summary>Evaluations of the density or its gradient.</summary>
    public T EvaluationCount { get; init; }

    /// <summary>Whether the transition diverged.</summary>
    public Mask<T> Diverged { get; init; }
}
