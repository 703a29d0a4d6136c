using GpuSampling.Modeling;

namespace GpuSampling.Pathfinding;

/// <summary>A step s = θ⁺ − θ and how much the gradient fell over it, z = ∇log p(θ) − ∇log p(θ⁺).</summary>
internal sealed record CurvaturePair(double[] Step, double[] GradientFall)
{
    /// <summary>sᵀz, above 0 where the density is concave along the step.</summary>
    public double Curvature { get; } = Vectors.InnerProduct(Step, GradientFall);

    /// <summary>The pair of two points.</summary>
    public static CurvaturePair Between(Iterate from, Iterate to)
    {
        double[] step = new double[from.Position.Length], fall = new double[from.Position.Length];
        for (int i = 0; i < step.Length; i++)
        {
            step[i] = to.Position[i] - from.Position[i];
            fall[i] = from.Gradient[i] - to.Gradient[i];
        }

        return new CurvaturePair(step, fall);
    }

    /// <summary>Whether the pair may update an inverse Hessian: the condition of Zhang et al. (2022), section 2.2.</summary>
    public bool IsUsable => Curvature > 1e-12 * Vectors.InnerProduct(GradientFall, GradientFall);
}

/// <summary>
/// Climbs a log density by L-BFGS, told of every point on the way: Nocedal and Wright, Numerical Optimization (2006), algorithms 7.4 and
/// 7.5.
/// </summary>
internal sealed class LimitedMemoryBfgs(IHostDensity density, int historySize, int mostIterations)
{
    private const double RelativeTolerance = 1e-13;
    private const double GradientTolerance = 1e-9;
    private readonly List<CurvaturePair> history = [];

    /// <summary>Evaluations of the gradient.</summary>
    public int EvaluationCount { get; private set; }

    /// <summary>The points from a start on, without it.</summary>
    /// <param name="start">A point with finite density and gradient.</param>
    public IEnumerable<Iterate> From(Iterate start)
    {
        Iterate current = start;
        for (int iteration = 0; iteration < mostIterations; iteration++)
        {
            double[] direction = Direction(current.Gradient);
            double length = Math.Sqrt(Vectors.InnerProduct(direction, direction));
            double firstStep = history.Count == 0 ? Math.Min(1, 1 / length) : 1;
            Iterate? next = length > GradientTolerance ? WolfeLineSearch.Search(density, current, direction, firstStep, out int evaluations) : Stop(out evaluations);
            EvaluationCount += evaluations;
            if (next is null)
            {
                yield break;
            }

            CurvaturePair pair = CurvaturePair.Between(current, next);
            if (pair.IsUsable)
            {
                history.Add(pair);
                history.RemoveRange(0, Math.Max(0, history.Count - historySize));
            }

            double rise = next.LogDensity - current.LogDensity;
            current = next;
            yield return current;
            if (rise <= RelativeTolerance * Math.Max(Math.Abs(current.LogDensity), 1))
            {
                yield break;
            }
        }
    }

    private static Iterate? Stop(out int evaluations)
    {
        evaluations = 0;
        return null;
    }

    /// <summary>The inverse Hessian times the gradient, by two loops over the history: algorithm 7.4.</summary>
    private double[] Direction(double[] gradient)
    {
        double[] direction = (double[])gradient.Clone();
        double[] shares = new double[history.Count];
        for (int i = history.Count - 1; i >= 0; i--)
        {
            shares[i] = Vectors.InnerProduct(history[i].Step, direction) / history[i].Curvature;
            Vectors.AddScaled(direction, -shares[i], history[i].GradientFall);
        }

        if (history.Count > 0)
        {
            CurvaturePair last = history[^1];
            double scale = last.Curvature / Vectors.InnerProduct(last.GradientFall, last.GradientFall);
            for (int i = 0; i < direction.Length; i++)
            {
                direction[i] *= scale;
            }
        }

        for (int i = 0; i < history.Count; i++)
        {
            double other = Vectors.InnerProduct(history[i].GradientFall, direction) / history[i].Curvature;
            Vectors.AddScaled(direction, shares[i] - other, history[i].Step);
        }

        return direction;
    }
}
