using System.Globalization;

namespace GpuSampling.Diagnostics;

/// <summary>Says in words what the diagnostics of a run find wrong, and what helps.</summary>
internal static class DiagnosticWarnings
{
    // Of millions of transitions a few diverge in the far tails of any posterior: they tell of no region that is missed.
    private const double LargestDivergentShare = 1e-5;

    // Split half-chains need more than Geyer's five draws.
    private const int ShortestChain = 2 * (GeyerInitialSequence.TooShort + 1);

    /// <summary>The warnings of a run, gravest first.</summary>
    public static IReadOnlyList<string> Of(IRunFindings run, DiagnosticsOptions options)
    {
        List<string> warnings = [];
        AddNonFinite(run, warnings);
        AddStuck(run, warnings);
        AddRHat(run, options, warnings);
        AddNestedRHat(run, options, warnings);
        AddEffectiveSizes(run, options, warnings);
        AddHeavyTails(run, options, warnings);
        AddDivergences(run.Outcome, warnings);
        AddEnergies(run.Outcome, warnings);
        AddRoundTrips(run, warnings);
        AddSaturatedTrees(run, warnings);
        AddPrecision(run.Outcome, warnings);
        AddRestarts(run, warnings);
        if (options.ChainsAreCoupled)
        {
            warnings.Add(
                "The chains depend on one another, as the walkers of an ensemble and chains that look at the same minibatches do: R-hat cannot see an error that they share, and effective sample sizes and errors are too good by as much; compare runs of other seeds.");
        }

        return warnings;
    }

    private static void AddNonFinite(IRunFindings run, List<string> warnings)
    {
        List<ParameterSummary> bad = [.. run.Parameters.Where(one => one.NonFiniteDraws > 0)];
        if (bad.Count > 0)
        {
            warnings.Add(Text(
                $"{bad[0].Name} has {bad[0].NonFiniteDraws} draws that are not finite{Others(bad.Count, "so do")}: nothing is computed for it; look for overflow in the model."));
        }
    }

    private static void AddStuck(IRunFindings run, List<string> warnings)
    {
        if (run.Draws > 1 && run.Parameters.All(one => one.StandardDeviation == 0))
        {
            warnings.Add("No chain ever moves: every parameter keeps one value; look at the step size and the starting points.");
            return;
        }

        if (run.Movement.IsUnexplained(run.Chains, run.Draws, ShortestChain))
        {
            warnings.Add(Text($"{run.Movement.StuckChains} of {run.Chains} chains never move: start them elsewhere or lower the step size."));
        }
    }

    private static void AddRHat(IRunFindings run, DiagnosticsOptions options, List<string> warnings)
    {
        double largest = options.LargestRHat ?? RankNormalizedSplitRHat.Threshold(run.Chains);
        List<ParameterSummary> bad = [.. run.Parameters.Where(one => one.RHat > largest).OrderByDescending(one => one.RHat)];
        if (bad.Count > 0)
        {
            warnings.Add(Text(
                $"R-hat of {bad[0].Name} is {Ratio(bad[0].RHat)}{Others(bad.Count, Text($"above {Ratio(largest)} also for"))}: run longer, or, if that does not help, reparameterise the model; the chains do not agree yet."));
        }
    }

    private static void AddNestedRHat(IRunFindings run, DiagnosticsOptions options, List<string> warnings)
    {
        if (!run.HasSuperchains)
        {
            return;
        }

        int chainsEach = run.Chains / NestedRHat.CountSuperchains(options.Superchains.Span, run.Chains);
        double Threshold(ParameterSummary one)
        {
            // One draw counts for one; where no size is known that is the safe assumption.
            double sizePerChain = double.IsNaN(one.MeanEffectiveSize) ? 1 : Math.Max(1, one.MeanEffectiveSize / run.Chains);
            return NestedRHat.Threshold(chainsEach, sizePerChain, options.NestedRHatTolerance);
        }

        List<ParameterSummary> bad =
            [.. run.Parameters.Where(one => one.NestedRHat > Threshold(one)).OrderByDescending(one => one.NestedRHat)];
        if (bad.Count > 0)
        {
            warnings.Add(Text(
                $"Nested R-hat of {bad[0].Name} is {Ratio(bad[0].NestedRHat)}, at most {Ratio(Threshold(bad[0]))} is wanted{Others(bad.Count, "too large also for")}: warm up longer; superchains still remember their starts."));
        }
    }

    private static void AddEffectiveSizes(IRunFindings run, DiagnosticsOptions options, List<string> warnings)
    {
        if (run.Draws < ShortestChain || !run.HasDraws)
        {
            AddShortChains(run, options, warnings);
            return;
        }

        AddSmall(run, options, warnings, "Bulk", one => one.BulkEffectiveSize);
        AddSmall(run, options, warnings, "Tail", one => one.TailEffectiveSize);
    }

    private static void AddShortChains(IRunFindings run, DiagnosticsOptions options, List<string> warnings)
    {
        if (run.HasCrossChain)
        {
            AddSmall(run, options, warnings, "Cross-chain", one => one.CrossChainMeanEffectiveSize);
            return;
        }

        if (!run.HasDraws)
        {
            // Whether chains are few or coupled is said elsewhere, or plain to see.
            return;
        }

        warnings.Add(Text(
            $"Chains of {run.Draws} draws are too short for effective sample sizes: {ShortestChain} draws a chain are needed, or {CrossChainEffectiveSampleSize.RecommendedChains} independent chains."));
    }

    private static void AddSmall(
        IRunFindings run, DiagnosticsOptions options, List<string> warnings, string kind, Func<ParameterSummary, double> size)
    {
        List<ParameterSummary> bad = [.. run.Parameters.Where(one => size(one) < options.SmallestEffectiveSize).OrderBy(size)];
        if (bad.Count > 0)
        {
            warnings.Add(Text(
                $"{kind} effective sample size of {bad[0].Name} is {size(bad[0]):0}{Others(bad.Count, Text($"below {options.SmallestEffectiveSize:0} also for"))}: run longer or with more chains."));
        }
    }

    /// <summary>Shapes that are too large by two standard errors: chance does that once in 40 parameters that are just at the bound.</summary>
    private static void AddHeavyTails(IRunFindings run, DiagnosticsOptions options, List<string> warnings)
    {
        long count = (long)run.Draws * run.Chains;
        double Surely(ParameterSummary one) => one.TailShape - (2 * TailShape.StandardError(one.TailShape, count, one.TailEffectiveSize));
        List<ParameterSummary> bad =
        [
            .. run.Parameters
                .Where(one => one.TailEffectiveSize >= options.SmallestEffectiveSize && Surely(one) > TailShape.LargestForStandardDeviation)
                .OrderByDescending(one => one.TailShape),
        ];
        if (bad.Count > 0)
        {
            string what = Surely(bad[0]) > TailShape.LargestForMean
                ? "neither its mean nor its standard deviation is to be trusted, if they exist at all"
                : "its standard deviation and the error of its mean are not to be trusted";
            warnings.Add(Text(
                $"The tails of {bad[0].Name} are heavy, of Pareto shape {bad[0].TailShape:0.00}{Others(bad.Count, Text($"above {TailShape.LargestForStandardDeviation:0.00} also for"))}: {what}; report quantiles, or a function of it with lighter tails, such as its logarithm."));
        }
    }

    private static void AddDivergences(SamplerOutcome? outcome, List<string> warnings)
    {
        if (outcome is { Divergences: > 0 } && outcome.Divergences > LargestDivergentShare * outcome.Transitions)
        {
            string share = outcome.Transitions > 0
                ? Text($" of {outcome.Transitions} ({(double)outcome.Divergences / outcome.Transitions:0.### %})")
                : "";
            warnings.Add(Text(
                $"{outcome.Divergences}{share} transitions diverged: {outcome.DivergenceAdvice}."));
        }
    }

    private static void AddRoundTrips(IRunFindings run, List<string> warnings)
    {
        // One for each chain is the least: until then a chain has seen no mode but the one where it began.
        if (run.Outcome is { } outcome && outcome.RoundTrips < run.Chains)
        {
            warnings.Add(Text(
                $"Tempering brought only {outcome.RoundTrips:0} states from the hottest level to the posterior, for {run.Chains} chains: the weights of modes may be wrong; run longer, or with about {Math.Max(2, Math.Ceiling(2 * outcome.CommunicationBarrier)):0} levels, twice the communication barrier."));
        }
    }

    private static void AddEnergies(SamplerOutcome? outcome, List<string> warnings)
    {
        if (outcome is null)
        {
            return;
        }

        const double threshold = EnergyBayesianFractionOfMissingInformation.Threshold;
        double[] bad = [.. outcome.EnergyFractions.ToArray().Where(fraction => fraction < threshold)];
        if (bad.Length > 0)
        {
            warnings.Add(Text(
                $"E-BFMI of {bad.Length} of {outcome.EnergyFractions.Length} chains is below {threshold} (the smallest is {bad.Min():0.00}): the chains move slowly between energies; reparameterise the model or run longer."));
        }
    }

    private static void AddSaturatedTrees(IRunFindings run, List<string> warnings)
    {
        if (run.Outcome is { SaturatedTrees: > 0 } outcome)
        {
            long draws = (long)run.Draws * run.Chains;
            warnings.Add(Text(
                $"{outcome.SaturatedTrees} of {draws} trajectories ({(double)outcome.SaturatedTrees / draws:0.### %}) were cut off at the greatest tree depth before they turned: allow a greater one, or a metric that follows the correlations."));
        }
    }

    private static void AddPrecision(SamplerOutcome? outcome, List<string> warnings)
    {
        if (outcome is { DensityError: > Sampling.DensityPrecision.Tolerance })
        {
            warnings.Add(Text(
                $"32 bits compute the log density to ±{outcome.DensityError:G2} only, of which acceptance decides by differences below 1: sample in 64 bits, or centre and scale the data."));
        }
    }

    private static void AddRestarts(IRunFindings run, List<string> warnings)
    {
        // A chain or two that never arrived say little; a twentieth of them say that there is something where they were.
        if (run.Outcome is { } outcome && outcome.RestartedChains > run.Chains / 20)
        {
            warnings.Add(Text(
                $"The warm-up found chains left behind {outcome.RestartedChains} times where the log density is far below that of most of the {run.Chains} chains, and placed them where others were or where Pathfinder led: if those are modes that matter, sample with tempering, or start the chains nearer by."));
        }
    }

    private static string Ratio(double value) => double.IsInfinity(value) ? "infinite" : Text($"{value:0.00##}");

    private static string Others(int bad, string verb) => bad switch
    {
        1 => "",
        2 => $" ({verb} 1 other parameter)",
        _ => Text($" ({verb} {bad - 1} other parameters)"),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
