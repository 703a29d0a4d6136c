using GpuSampling.Modeling;

namespace GpuSampling.Models;

/// <summary>Mixtures of two normal distributions with the components of the numbers as discrete parameters.</summary>
public static class MixtureAssignments
{
    /// <summary>The posterior of both means, <c>mu[1]</c> and <c>mu[2]</c>, and of each number's component, <c>z[n]</c>, 0 or 1.</summary>
    /// <param name="numbers">The numbers, at least one, finite.</param>
    /// <param name="secondShare">The prior probability of the second component; above 0, below 1.</param>
    /// <param name="deviations">The standard deviations of both components, finite and above 0.</param>
    /// <param name="priorMeans">The prior means of both means, finite.</param>
    /// <param name="priorDeviations">Their prior standard deviations, finite and above 0.</param>
    /// <exception cref="ArgumentException">A shape or value is not allowed.</exception>
    public static Posterior<MixtureAssignmentsModel> Posterior(
        ReadOnlySpan<double> numbers,
        double secondShare,
        (double First, double Second) deviations,
        (double First, double Second) priorMeans,
        (double First, double Second) priorDeviations)
    {
        if (numbers.IsEmpty)
        {
            throw new ArgumentException("There are no numbers; at least one is needed.", nameof(numbers));
        }

        if (!(secondShare > 0 && secondShare < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(secondShare), secondShare, "Allowed: above 0 and below 1.");
        }

        Check.Finite(numbers, nameof(numbers));
        Check.Positive([deviations.First, deviations.Second], nameof(deviations));
        Check.Finite([priorMeans.First, priorMeans.Second], nameof(priorMeans));
        Check.Positive([priorDeviations.First, priorDeviations.Second], nameof(priorDeviations));
        double[] reals =
        [
            secondShare,
            deviations.First, deviations.Second,
            priorMeans.First, priorMeans.Second,
            priorDeviations.First, priorDeviations.Second,
            .. numbers,
        ];
        int count = numbers.Length;
        return new Posterior<MixtureAssignmentsModel>(
            "mixture-assignments",
            new MixtureAssignmentsModel(numbers.Length),
            new ModelData(reals, ReadOnlyMemory<int>.Empty),
            new OutputShape("mu", 2),
            new OutputShape("z", numbers.Length))
        {
            Unconstraining = (draw, result) =>
            {
                result.Free("mu", draw[..2]);
                result.Free("z", draw[2..]);
            },
            PriorDrawing = (random, result) =>
            {
                result.Free("mu[1]", random.Normal(priorMeans.First, priorDeviations.First));
                result.Free("mu[2]", random.Normal(priorMeans.Second, priorDeviations.Second));
                for (int n = 1; n <= count; n++)
                {
                    result.Free($"z[{n}]", random.Bernoulli(secondShare));
                }
            },
        };
    }
}
