namespace GpuSampling.Diagnostics;

/// <summary>The numbers of a parameter's summary and their names in files, in order.</summary>
internal static class SummaryFields
{
    /// <summary>Name and value of each number.</summary>
    public static IReadOnlyList<(string Name, Func<ParameterSummary, double> Value)> All { get; } =
    [
        ("mean", one => one.Mean),
        ("mcse_mean", one => one.MeanError),
        ("sd", one => one.StandardDeviation),
        ("mcse_sd", one => one.StandardDeviationError),
        ("q5", one => one.Quantile5),
        ("mcse_q5", one => one.Quantile5Error),
        ("median", one => one.Median),
        ("mcse_median", one => one.MedianError),
        ("q95", one => one.Quantile95),
        ("mcse_q95", one => one.Quantile95Error),
        ("rhat", one => one.RHat),
        ("rhat_nested", one => one.NestedRHat),
        ("ess_bulk", one => one.BulkEffectiveSize),
        ("ess_tail", one => one.TailEffectiveSize),
        ("tail_shape", one => one.TailShape),
        ("ess_mean", one => one.MeanEffectiveSize),
        ("ess_sd", one => one.StandardDeviationEffectiveSize),
        ("mcse_mean_chains", one => one.CrossChainMeanError),
        ("ess_mean_chains", one => one.CrossChainMeanEffectiveSize),
        ("ess_tail_chains", one => one.CrossChainTailEffectiveSize),
        ("stuck_chains", one => one.StuckChains),
        ("non_finite_draws", one => one.NonFiniteDraws),
    ];
}
