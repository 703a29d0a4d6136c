using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Models;
using GpuSampling.Random;

namespace GpuSampling.Modeling;

/// <summary>How a model's gradient compares with finite differences, and what it costs: for authors and their unit tests.</summary>
public sealed record ModelGradientCheck
{
    private const double Step = 1e-3;
    private const int MostCoordinates = 100;

    private ModelGradientCheck()
    {
    }

    /// <summary>The number of unconstrained parameters.</summary>
    public required int Dimension { get; init; }

    /// <summary>The number of terms that the log-likelihood is a sum of.</summary>
    public required int DataTermCount { get; init; }

    /// <summary>The numbers of memory that each chain needs while its gradient is computed.</summary>
    public required int TapeLength { get; init; }

    /// <summary>The points looked at.</summary>
    public required int PointCount { get; init; }

    /// <summary>The points among them where the log-density is −∞ or NaN, which samplers reject.</summary>
    public required int NonFiniteCount { get; init; }

    /// <summary>
    /// The largest difference between a component of the gradient and its finite difference, divided by 1 + the largest component
    /// at that point; NaN if no point had a finite density.
    /// </summary>
    public required double LargestError { get; init; }

    /// <summary>Where that was: the unconstrained parameter, from 0; −1 if nowhere.</summary>
    public required int WorstCoordinate { get; init; }

    /// <summary>Microseconds for a log-density on one core without vectors, in 64 bits.</summary>
    public required double DensityMicroseconds { get; init; }

    /// <summary>Microseconds for a log-density with its gradient, likewise.</summary>
    public required double GradientMicroseconds { get; init; }

    /// <summary>Whether the gradient is right as far as finite differences tell: some density is finite and no error above 1e-6.</summary>
    public bool IsPassed => LargestError <= 1e-6;

    /// <summary>
    /// Evaluates a posterior in 64 bits at random points, each coordinate uniform between −2 and 2, and compares the gradient with
    /// differences of fourth order; of more than 100 parameters, with 100 spread evenly.
    /// </summary>
    /// <param name="posterior">The model and its data.</param>
    /// <param name="pointCount">The number of points, at least 1.</param>
    /// <param name="seed">The seed of the points.</param>
    /// <param name="progress">Told the number of points done.</param>
    /// <param name="cancellationToken">Observed between points.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pointCount"/> is below 1.</exception>
    public static ModelGradientCheck Of(
        Posterior posterior, int pointCount = 20, ulong seed = 0, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(posterior);
        ArgumentOutOfRangeException.ThrowIfLessThan(pointCount, 1);
        return posterior.Accept(new Visitor(pointCount, seed, progress, cancellationToken));
    }

    private sealed class Visitor(int pointCount, ulong seed, IProgress<int>? progress, CancellationToken cancellationToken) : IPosteriorVisitor<ModelGradientCheck>
    {
        public ModelGradientCheck Visit<TModel>(Posterior<TModel> posterior)
            where TModel : struct, IModel
        {
            HostEvaluation<TModel> evaluation = new(posterior);
            int dimension = posterior.Dimension;
            double[] point = new double[dimension], gradient = new double[dimension];
            RandomStream stream = new(seed);
            int nonFiniteCount = 0, worst = -1;
            double largest = double.NaN;
            for (int one = 0; one < pointCount; one++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress?.Report(one);
                stream = stream.FillUniform(point);
                for (int i = 0; i < dimension; i++)
                {
                    point[i] = (4 * point[i]) - 2;
                }

                if (!double.IsFinite(evaluation.LogDensityGradient(point, gradient)))
                {
                    nonFiniteCount++;
                    continue;
                }

                double size = 1;
                foreach (double component in gradient)
                {
                    size = Math.Max(size, 1 + Math.Abs(component));
                }

                for (int i = 0; i < dimension; i += 1 + ((dimension - 1) / MostCoordinates))
                {
                    double error = Math.Abs(gradient[i] - evaluation.Difference(point, i, Step)) / size;
                    if (!(error <= largest))
                    {
                        (largest, worst) = (double.IsNaN(error) ? double.PositiveInfinity : error, i);
                    }
                }
            }

            progress?.Report(pointCount);
            return new ModelGradientCheck
            {
                Dimension = dimension,
                DataTermCount = posterior.Model.DataTermCount,
                TapeLength = posterior.Model.ScratchLength,
                PointCount = pointCount,
                NonFiniteCount = nonFiniteCount,
                LargestError = largest,
                WorstCoordinate = worst,
                DensityMicroseconds = HostEvaluation<TModel>.Microseconds(() => evaluation.LogDensity(point)),
                GradientMicroseconds = HostEvaluation<TModel>.Microseconds(() => evaluation.LogDensityGradient(point, gradient)),
            };
        }
    }
}
