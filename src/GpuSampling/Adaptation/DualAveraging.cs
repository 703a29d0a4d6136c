using GpuSampling.Kernels.Functions;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Adaptation;

/// <summary>
/// Step-size adaptation by dual averaging: Hoffman and Gelman, The No-U-Turn Sampler, JMLR 15 (2014), algorithm 5 and eq. 6.
/// </summary>
/// <remarks>
/// Fed with the acceptance pooled over all chains, so that one step size serves them all. Logarithms and exponentials are the
/// kernels' own, so that the adapted step has the same bits on every machine.
/// </remarks>
public sealed class DualAveraging
{
    private const double Shrinkage = 0.05; // γ
    private const double IterationOffset = 10; // t₀
    private const double RelaxationExponent = 0.75; // κ

    // Where every proposal, or none, is accepted the iteration would run away to 0 or infinity: it is held at e^±60, which is far
    // beyond any use and still a number in float32.
    private const double LogStepLimit = 60;

    private readonly double target;
    private readonly double boldness;
    private double shrinkagePoint; // μ
    private double averageError; // H̄
    private double averageLogStep; // log ε̄
    private int count;

    /// <summary>Begins at a step size.</summary>
    /// <param name="initialStepSize">ε₀ &gt; 0.</param>
    /// <param name="targetAcceptance">δ, between 0 and 1.</param>
    /// <param name="boldness">
    /// The iteration is drawn towards this many times ε₀: μ = log(boldness ε₀), above 0. The paper's 10 tries long steps first. Where ε₀ is
    /// good already 1 is better: after long steps that all are refused the iteration swings to short ones, and a trajectory of a given
    /// length takes thousands of them.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public DualAveraging(double initialStepSize, double targetAcceptance, double boldness = 10)
    {
        if (!(boldness > 0 && double.IsFinite(boldness)))
        {
            throw new ArgumentOutOfRangeException(nameof(boldness), boldness, "Allowed: finite numbers above 0.");
        }

        this.boldness = boldness;
        if (!(targetAcceptance > 0 && targetAcceptance < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(targetAcceptance), targetAcceptance, "Allowed: above 0 and below 1.");
        }

        target = targetAcceptance;
        Restart(initialStepSize);
    }

    /// <summary>The step size to use next: ε.</summary>
    public double StepSize { get; private set; }

    /// <summary>The step size to keep when adaptation ends: ε̄.</summary>
    public double AveragedStepSize => count == 0 ? StepSize : Exp(averageLogStep);

    /// <summary>Forgets the past and begins at another step size.</summary>
    /// <param name="initialStepSize">ε₀ &gt; 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not a positive number.</exception>
    public void Restart(double initialStepSize)
    {
        if (!(initialStepSize > 0 && double.IsFinite(initialStepSize)))
        {
            throw new ArgumentOutOfRangeException(nameof(initialStepSize), initialStepSize, "Allowed: finite numbers above 0.");
        }

        StepSize = initialStepSize;
        shrinkagePoint = Log(boldness * initialStepSize);
        averageError = 0;
        averageLogStep = 0;
        count = 0;
    }

    /// <summary>Takes in the acceptance seen with <see cref="StepSize"/>.</summary>
    /// <param name="acceptance">The mean acceptance probability, 0 to 1; NaN counts as 0.</param>
    public void Update(double acceptance)
    {
        acceptance = acceptance >= 0 ? Math.Min(acceptance, 1) : 0;
        count++;
        double weight = 1 / (count + IterationOffset);
        averageError = ((1 - weight) * averageError) + (weight * (target - acceptance));
        double logStep = Math.Clamp(shrinkagePoint - (Math.Sqrt(count) / Shrinkage * averageError), -LogStepLimit, LogStepLimit);
        double averaging = Exp(-RelaxationExponent * Log(count));
        averageLogStep = (averaging * logStep) + ((1 - averaging) * averageLogStep);
        StepSize = Exp(logStep);
    }

    private static double Exp(double value) => Elementary.Exp(new Float64(value)).Value;

    private static double Log(double value) => Elementary.Log(new Float64(value)).Value;
}
