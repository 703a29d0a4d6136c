using GpuSampling.Engines;
using GpuSampling.Kernels.StochasticGradients;
using GpuSampling.Modeling;

namespace GpuSampling.Sampling;

/// <summary>
/// A sampler that looks at some of the data in each step and does not correct the errors that it makes: for data sets too large to go
/// through in every transition. Its draws are biased, and no diagnostic of draws shows by how much: compare runs of different
/// <see cref="StochasticGradientOptions.StepSize"/>, or with a sampler that corrects its errors on fewer data.
/// </summary>
/// <remarks>
/// The bias has two parts, both of order ε². That of the step: a normal posterior, whitened by the scales, comes out of Langevin steps
/// with variance 1/(1 − ε²/4) in place of 1. And that of the estimate: a gradient with noise of variance V, in the same units, adds to
/// the variance of each step of ε² another ε⁴V/4. Control variates make V small.
/// All chains see the same data in a transition, and so are not independent: the spread of chain means hides the error that they share.
/// Data of their own would have to be gathered for each lane: of a logistic regression with 24 columns, a row took 6.5 to 8.5 times as long
/// so on AVX-512 (248 and 327 ns for 16 chains, element by element and by the instruction, beside 38.5 ns shared), and GPU threads side by
/// side would read rows far apart. Data of their own for each pack or launch of chains would make draws depend on the engine.
/// The log density of a draw is an estimate from the data that its step looked at, of the position before it.
/// A run's counts of gradients are of estimates.
/// </remarks>
public abstract class StochasticGradientSampler : Sampler
{
    private protected StochasticGradientSampler()
    {
    }

    /// <summary>What both have in common.</summary>
    private protected abstract StochasticGradientOptions Common { get; }

    internal override bool KeepsExactDensity => false;

    internal override string DivergenceAdvice => "their steps led out of the finite numbers and were not taken; lower the step size";

    internal override bool ChainsAreCoupled => true;

    internal override void Check(Posterior posterior, RunOptions run)
    {
        if (Common.Scales.Length != 0 && Common.Scales.Length != posterior.Dimension)
        {
            throw new ArgumentException(
                $"The model {posterior.Name} has {posterior.Dimension} unconstrained parameters and the sampler's options give {Common.Scales.Length} scales; allowed are one for each parameter, or none.",
                nameof(posterior));
        }
    }

    internal override SamplerProgram Prepare<TModel>(Posterior<TModel> posterior, RunOptions run, Engine engine, Precision precision)
    {
        int terms = posterior.Model.DataTermCount;
        int length = Math.Max(1, Math.Min(Common.BlockLength, terms));
        int blocks = (terms + length - 1) / length;
        StochasticGradientStep step = new()
        {
            BlockLength = length,
            BlockCount = blocks,
            BlocksPerStep = Math.Min(blocks, (Common.MinibatchSize + length - 1) / length),
            HasControlVariates = Common.UsesControlVariates ? 1 : 0,
        };
        int settings = StochasticGradientStep.CoefficientStart(posterior.Dimension) + (StochasticGradientStep.Coefficients * LaunchLength.Most);
        return new StochasticGradientProgram(
            new Chains<TModel, StochasticGradientStep>(posterior, run, engine, precision, step, settings, Math.Max(1, step.BlocksPerStep)),
            Common,
            step,
            new CentreOfData<TModel>(posterior, engine, precision, length));
    }
}

/// <summary>Stochastic-gradient Langevin dynamics: Welling and Teh (2011); with control variates: Baker et al. (2019).</summary>
public sealed class StochasticLangevinSampler : StochasticGradientSampler
{
    /// <summary>Makes a sampler.</summary>
    /// <param name="options">How it steps; null: the defaults.</param>
    public StochasticLangevinSampler(StochasticLangevinOptions? options = null) => Options = options ?? new StochasticLangevinOptions();

    /// <summary>How it steps.</summary>
    public StochasticLangevinOptions Options { get; }

    /// <inheritdoc/>
    public override string Name => "sgld";

    private protected override StochasticGradientOptions Common => Options;
}

/// <summary>Stochastic-gradient Hamiltonian Monte Carlo: Chen, Fox and Guestrin (2014), without an estimate of the gradients' own noise.</summary>
public sealed class StochasticHamiltonianSampler : StochasticGradientSampler
{
    /// <summary>Makes a sampler.</summary>
    /// <param name="options">How it steps; null: the defaults.</param>
    public StochasticHamiltonianSampler(StochasticHamiltonianOptions? options = null) => Options = options ?? new StochasticHamiltonianOptions();

    /// <summary>How it steps.</summary>
    public StochasticHamiltonianOptions Options { get; }

    /// <inheritdoc/>
    public override string Name => "sghmc";

    private protected override StochasticGradientOptions Common => Options;
}
