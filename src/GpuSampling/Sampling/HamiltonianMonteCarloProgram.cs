using GpuSampling.Adaptation;

namespace GpuSampling.Sampling;

/// <summary>A run along trajectories of a given length, in units in which every parameter has standard deviation 1.</summary>
/// <param name="chains">The chains, owned.</param>
/// <param name="options">What is given and what is to be adapted.</param>
/// <param name="metric">The metric at the beginning.</param>
internal sealed class HamiltonianMonteCarloProgram(Chains chains, HamiltonianMonteCarloOptions options, AdaptedMetric metric)
    : AdaptiveProgram(chains, options, metric)
{
    private readonly TrajectoryLengths lengths = new(options, chains.Run.Seed);

    /// <summary>A given length takes many steps where steps are short: long ones that all are refused would be followed by such.</summary>
    protected override double StepSizeBoldness => 1;

    protected override bool WaitsForStragglers => true;

    protected override bool SuitsTails => HasManyChains;

    protected override void WriteTrialSettings() => Chains.SettingIntegers[0] = 1;

    protected override void WriteTransitionSettings(int firstTransition, int count)
    {
        for (int i = 0; i < count; i++)
        {
            Chains.SettingIntegers[i] = AwaitsMetric
                ? 1 + ((firstTransition + i) % ArrivalLeapfrogCount)
                : lengths.LeapfrogCount((uint)(firstTransition + i), StepSize);
        }
    }
}
