namespace GpuSampling.Modeling;

/// <summary>Finds the unconstrained parameters that give a draw.</summary>
/// <param name="draw">The values in the order of <see cref="Posterior.OutputLabels"/>; NaN for what is not known, such as generated quantities.</param>
/// <param name="result">Receives the parameters in the order of the unconstrained space.</param>
/// <exception cref="ArgumentException">A value is not where its constraint wants it.</exception>
public delegate void Unconstraining(ReadOnlySpan<double> draw, UnconstrainedWriter result);

/// <summary>Draws the parameters from their prior.</summary>
/// <param name="random">Random numbers of this draw alone.</param>
/// <param name="result">Receives the parameters in the order of the unconstrained space.</param>
public delegate void PriorDrawing(RandomSource random, UnconstrainedWriter result);
