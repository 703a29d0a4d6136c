using System.Collections.Immutable;

namespace GpuSampling.Optimization;

/// <summary>A maximum of a posterior's density over the unconstrained parameters, log-Jacobians of the constraints included.</summary>
/// <param name="LogDensity">log π there, up to the model's constant.</param>
/// <param name="Position">The unconstrained parameters.</param>
/// <param name="Outputs">What the model writes of a draw there, in the order of <see cref="Modeling.Posterior.OutputLabels"/>.</param>
/// <param name="ChainCount">The chains that ended there.</param>
public sealed record Mode(double LogDensity, ImmutableArray<double> Position, ImmutableArray<double> Outputs, int ChainCount);
