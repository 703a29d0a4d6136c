using System.Collections.Immutable;

namespace GpuSampling.Sampling;

/// <summary>A draw whose transition diverged, and where the chain was then.</summary>
/// <param name="Chain">The chain, from 0.</param>
/// <param name="Draw">The draw, from 0. Of thinned draws only the last transition before each is looked at.</param>
/// <param name="Outputs">What the model wrote of the position, in the order of the output labels.</param>
public sealed record DivergentDraw(int Chain, int Draw, ImmutableArray<double> Outputs);
