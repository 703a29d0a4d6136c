using GpuSampling.Modeling;

namespace GpuSampling.Pathfinding;

/// <summary>
/// Finds a step along a direction that climbs enough and flattens the slope enough, the weak Wolfe conditions, by bisection: Lewis and
/// Overton, Nonsmooth optimization via quasi-Newton methods, Mathematical Programming 141 (2013), algorithm 2.6. Where the density is not
/// finite the step was too long.
/// </summary>
internal static class WolfeLineSearch
{
    private const double SufficientIncrease = 1e-4;
    private const double CurvatureShare = 0.9;
    private const int MostTries = 60;

    /// <summary>Searches from a point along a direction.</summary>
    /// <param name="density">Counts as evaluated as often as returned.</param>
    /// <param name="from">Where the search begins, with a finite density and gradient.</param>
    /// <param name="direction">Along which the density rises.</param>
    /// <param name="firstStep">The step tried first.</param>
    /// <param name="evaluations">How often the density was evaluated.</param>
    /// <returns>The new point; null where there is none.</returns>
    public static Iterate? Search(IHostDensity density, Iterate from, double[] direction, double firstStep, out int evaluations)
    {
        double slope = Vectors.InnerProduct(from.Gradient, direction);
        double shortest = 0, longest = double.PositiveInfinity, step = firstStep;
        Iterate? best = null;
        for (evaluations = 1; evaluations <= MostTries && slope > 0; evaluations++)
        {
            double[] position = new double[direction.Length], gradient = new double[direction.Length];
            for (int i = 0; i < position.Length; i++)
            {
                position[i] = from.Position[i] + (step * direction[i]);
            }

            double value = density.LogDensityGradient(position, gradient);
            bool isFinite = double.IsFinite(value) && Array.TrueForAll(gradient, double.IsFinite);
            if (!isFinite || !(value >= from.LogDensity + (SufficientIncrease * step * slope)))
            {
                longest = step;
            }
            else
            {
                best = new Iterate(position, gradient, value);
                if (Vectors.InnerProduct(gradient, direction) <= CurvatureShare * slope)
                {
                    return best;
                }

                shortest = step;
            }

            step = double.IsFinite(longest) ? 0.5 * (shortest + longest) : 2 * shortest;
        }

        // Rounding may leave no step that flattens the slope: one that climbs is still worth taking.
        return best;
    }
}
