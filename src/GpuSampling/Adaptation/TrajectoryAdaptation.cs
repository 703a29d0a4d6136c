using GpuSampling.Kernels.Functions;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Adaptation;

/// <summary>
/// Gradient ascent on the logarithm of the trajectory length, by a criterion's gradient averaged over all chains: Hoffman, Radul and
/// Sountsov, An Adaptive-MCMC Scheme for Setting Trajectory Lengths in Hamiltonian Monte Carlo (2021), section 3 and algorithm 1.
/// The steps are those of Adam without momentum: Kingma and Ba, Adam (2015), algorithm 1 with β₁ = 0.
/// </summary>
/// <remarks>Exponentials and logarithms are the kernels' own, so that the length has the same bits on every machine.</remarks>
internal sealed class TrajectoryAdaptation
{
    // A step changes the length by at most e^0.35, a factor of √2.
    private const double LargestLogStep = 0.35;

    private readonly double rate;
    private readonly double decay; // β₂
    private double squaredGradient; // v
    private double averageLog;
    private double decayPower = 1; // β₂ⁿ
    private int count;

    /// <summary>Begins at a length.</summary>
    /// <param name="length">Above 0.</param>
    /// <param name="rate">Adam's step.</param>
    /// <param name="decay">Adam's β₂.</param>
    public TrajectoryAdaptation(double length, double rate, double decay)
    {
        (this.rate, this.decay) = (rate, decay);
        Restart(length);
    }

    /// <summary>The length to use next.</summary>
    public double Length { get; private set; }

    /// <summary>The length to keep.</summary>
    public double AveragedLength => count == 0 ? Length : Exp(averageLog);

    /// <summary>Forgets the past and begins at another length.</summary>
    /// <param name="length">Above 0.</param>
    public void Restart(double length)
    {
        Length = length;
        (squaredGradient, averageLog, decayPower, count) = (0, 0, 1, 0);
    }

    /// <summary>Takes in the criterion's gradient.</summary>
    /// <param name="gradient">With respect to the length; what is not finite counts as 0.</param>
    /// <param name="least">The length below which it does not shrink; one that is shorter already is not lengthened.</param>
    /// <param name="most">The longest.</param>
    public void Update(double gradient, double least, double most)
    {
        gradient = double.IsFinite(gradient * gradient) ? gradient : 0;
        count++;
        squaredGradient = (decay * squaredGradient) + ((1 - decay) * gradient * gradient);
        decayPower *= decay;
        double unbiased = squaredGradient / (1 - decayPower);
        double step = rate * gradient / Math.Sqrt(unbiased + 1e-20);
        double next = Length * Exp(Math.Clamp(step, -LargestLogStep, LargestLogStep));
        Length = Math.Min(Math.Max(next, Math.Min(Length, least)), most);

        // Polyak averaging with weights that forget the beginning.
        double weight = 1 / Math.Sqrt(count);
        averageLog = (weight * Log(Length)) + ((1 - weight) * averageLog);
    }

    private static double Exp(double value) => Elementary.Exp(new Float64(value)).Value;

    private static double Log(double value) => Elementary.Log(new Float64(value)).Value;
}
