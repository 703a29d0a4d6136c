using System.Diagnostics;
using GpuSampling.Adaptation;
using GpuSampling.Kernels.Models;

namespace GpuSampling.Sampling;

/// <summary>The warm-up of a run of Hamiltonian Monte Carlo: reaches the typical set, adapts what the options leave open.</summary>
internal sealed class HamiltonianMonteCarloWarmup<TModel>(
    HamiltonianMonteCarloOptions options,
    RunOptions run,
    HamiltonianMonteCarloChains<TModel> chains,
    Stopwatch clock,
    IProgress<RunProgress>? progress,
    CancellationToken cancellationToken)
    where TModel : struct, IModel
{
    // Where every step is accepted, or none, the trials end here: far beyond any use and still numbers in float32.
    private const double LeastStepSize = 1e-26;
    private const double LargestStepSize = 1e26;

    /// <summary>Makes the warm-up's transitions; returns the step size to keep.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public double Run()
    {
        if (options.StepSize is double fixedStepSize && (!options.Scales.IsEmpty || run.WarmupCount == 0))
        {
            MoveOn(fixedStepSize);
            return fixedStepSize;
        }

        double stepSize = options.StepSize ?? FindReasonableStepSize(1);
        DualAveraging adaptation = new(stepSize, options.TargetAcceptance);
        int transition = 0;
        foreach (WarmupWindow window in WarmupSchedule.Windows(run.WarmupCount))
        {
            bool adaptsScales = window.AdaptsMetric && options.Scales.IsEmpty;
            for (int i = 0; i < window.Length; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                double current = options.StepSize ?? adaptation.StepSize;
                adaptation.Update(chains.Transition(transition, current, adaptsScales ? i + 1 : 0));
                transition++;
                progress?.Report(new RunProgress(true, transition, run.WarmupCount, clock.Elapsed, 0));
            }

            if (adaptsScales)
            {
                chains.AdaptScales(window.Length);
                if (options.StepSize is null)
                {
                    adaptation.Restart(FindReasonableStepSize(adaptation.AveragedStepSize));
                }
            }
        }

        return options.StepSize ?? adaptation.AveragedStepSize;
    }

    /// <summary>All transitions without adaptation, many in a launch.</summary>
    private void MoveOn(double stepSize)
    {
        for (int batch = 0; batch < chains.Batches.BatchCount; batch++)
        {
            LaunchLength length = new();
            int transition = 0;
            while (transition < run.WarmupCount)
            {
                cancellationToken.ThrowIfCancellationRequested();
                length.Begin();
                int count = Math.Min(length.Count, run.WarmupCount - transition);
                chains.Advance(batch, transition, count, 0, stepSize);
                transition += count;
                length.End();
                int completed = chains.Batches.MeanCompleted(batch, transition, run.WarmupCount);
                progress?.Report(new RunProgress(true, completed, run.WarmupCount, clock.Elapsed, 0));
            }
        }
    }

    /// <summary>
    /// Halves or doubles a step size until one leapfrog step is accepted about as often as wanted: Hoffman and Gelman (2014),
    /// algorithm 4, on the acceptance of all chains.
    /// </summary>
    private double FindReasonableStepSize(double stepSize)
    {
        bool grows = IsAccepted(stepSize);
        while (stepSize is > LeastStepSize and < LargestStepSize)
        {
            double next = grows ? stepSize * 2 : stepSize / 2;
            if (IsAccepted(next) != grows)
            {
                return grows ? stepSize : next;
            }

            stepSize = next;
        }

        return stepSize;
    }

    private bool IsAccepted(double stepSize)
    {
        const double crossing = 0.8;
        cancellationToken.ThrowIfCancellationRequested();
        return chains.TrialAcceptance(stepSize) > crossing;
    }
}
