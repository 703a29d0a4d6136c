using System.Globalization;

namespace GpuSampling.Diagnostics;

/// <summary>Says in words what the diagnostics of a run find wrong, and what helps.</summary>
internal static class DiagnosticWarnings
{
    // Split half-chains need more than Geyer's five draws.
    private const int ShortestChain = 2 * (GeyerInitialSequence.TooShort + 1);

    /// <summary>The warnings of a summary, gravest first.</summary>
    public static IReadOnlyList<string> Of(DiagnosticsSummary summary, DiagnosticsOptions options)
    {
        List<string> warnings = [];
        AddNonFinite(summary, warnings);
        AddStuck(summary, warnings);
        AddRHat(summary, options, warnings);
        AddNestedRHat(summary, options, warnings);
        AddEffectiveSizes(summary, options, warnings);
        AddDivergences(summary.Outcome, warnings);
        AddEnergies(summary.Outcome, warnings);
        AddRoundTrips(summary, warnings);
        AddSaturatedTrees(summary, warnings);
        AddPrecision(summary.Outcome, warnings);
        AddRestarts(summary, warnings);
        if (options.ChainsAreCoupled)
        {
            warnings.Add(
                "The chains depend on one another, as the walkers of an ensemble do: R-hat cannot see an error that they share, and effective sample sizes and errors are too good by as much; compare runs of other seeds.");
        }

        return warnings;
    }

    private static void AddNonFinite(DiagnosticsSummary summary, List<string> warnings)
    {
        List<ParameterSummary> bad = [.. summary.Parameters.Where(one => one.NonFiniteDraws > 0)];
        if (bad.Count > 0)
        {
            warnings.Add(Text(
                $"{bad[0].Name} has {bad[0].NonFiniteDraws} draws that are not finite{Others(bad.Count, "so do")}: nothing is computed for it; look for overflow in the model."));
        }
    }

    private static void AddStuck(DiagnosticsSummary summary, List<string> warnings)
    {
        if (summary.Draws > 1 && summary.Parameters.All(one => one.StandardDeviation == 0))
        {
            warnings.Add("No chain ever moves: every parameter keeps one value; look at the step size and the starting points.");
            return;
        }

        ParameterSummary? worst = summary.Parameters.MaxBy(one => one.StuckChains);
        if (worst is { StuckChains: > 0 })
        {
            warnings.Add(Text(
                $"{worst.StuckChains} of {summary.Chains} chains never move in {worst.Name}: start them elsewhere or lower the step size."));
        }
    }

    private static void AddRHat(DiagnosticsSummary summary, DiagnosticsOptions options, List<string> warnings)
    {
        double largest = options.LargestRHat ?? RankNormalizedSplitRHat.Threshold(summary.Chains);
        List<ParameterSummary> bad = [.. summary.Parameters.Where(one => one.RHat > largest).OrderByDescending(one => one.RHat)];
        if (bad.Count > 0)
        {
            warnings.Add(Text(
                $"R-hat of {bad[0].Name} is {Ratio(bad[0].RHat)}{Others(bad.Count, Text($"above {Ratio(largest)} also for"))}: run longer, or, if that does not help, reparameterise the model; the chains do not agree yet."));
        }
    }

    private static void AddNestedRHat(DiagnosticsSummary summary, DiagnosticsOptions options, List<string> warnings)
    {
        if (!summary.HasSuperchains)
        {
            return;
        }

        int chainsEach = summary.Chains / NestedRHat.CountSuperchains(options.Superchains.Span, summary.Chains);
        double Threshold(ParameterSummary one)
        {
            // One draw counts for one; where no size is known that is the safe assumption.
            double sizePerChain = double.IsNaN(one.MeanEffectiveSize) ? 1 : Math.Max(1, one.MeanEffectiveSize / summary.Chains);
            return NestedRHat.Threshold(chainsEach, sizePerChain, options.NestedRHatTolerance);
        }

        List<ParameterSummary> bad =
            [.. summary.Parameters.Where(one => one.NestedRHat > Threshold(one)).OrderByDescending(one => one.NestedRHat)];
        if (bad.Count > 0)
        {
            warnings.Add(Text(
                $"Nested R-hat of {bad[0].Name} is {Ratio(bad[0].NestedRHat)}, at most {Ratio(Threshold(bad[0]))} is wanted{Others(bad.Count, "too large also for")}: warm up longer; superchains still remember their starts."));
        }
    }

    private static void AddEffectiveSizes(DiagnosticsSummary summary, DiagnosticsOptions options, List<string> warnings)
    {
        if (summary.Draws < ShortestChain)
        {
            AddShortChains(summary, options, warnings);
            return;
        }

        AddSmall(summary, options, warnings, "Bulk", one => one.BulkEffectiveSize);
        AddSmall(summary, options, warnings, "Tail", one => one.TailEffectiveSize);
    }

    private static void AddShortChains(DiagnosticsSummary summary, DiagnosticsOptions options, List<string> warnings)
    {
        if (summary.HasCrossChain)
        {
            AddSmall(summary, options, warnings, "Cross-chain", one => one.CrossChainMeanEffectiveSize);
            return;
        }

        warnings.Add(Text(
            $"Chains of {summary.Draws} draws are too short for effective sample sizes: {ShortestChain} draws a chain are needed, or {CrossChainEffectiveSampleSize.RecommendedChains} independent chains."));
    }

    private static void AddSmall(
        DiagnosticsSummary summary, DiagnosticsOptions options, List<string> warnings, string kind, Func<ParameterSummary, double> size)
    {
        List<ParameterSummary> bad = [.. summary.Parameters.Where(one => size(one) < options.SmallestEffectiveSize).OrderBy(size)];
        if (bad.Count > 0)
        {
            warnings.Add(Text(
                $"{kind} effective sample size of {bad[0].Name} is {size(bad[0]):0}{Others(bad.Count, Text($"below {options.SmallestEffectiveSize:0} also for"))}: run longer or with more chains."));
        }
    }

    private static void AddDivergences(SamplerOutcome? outcome, List<string> warnings)
    {
        if (outcome is { Divergences: > 0 })
        {
            string share = outcome.Transitions > 0
                ? Text($" of {outcome.Transitions} ({(double)outcome.Divergences / outcome.Transitions:0.### %})")
                : "";
            warnings.Add(Text(
                $"{outcome.Divergences}{share} transitions diverged: estimates may miss where the density bends sharply; raise the target acceptance or reparameterise the model."));
        }
    }

    private static void AddRoundTrips(DiagnosticsSummary summary, List<string> warnings)
    {
        // One for each chain is the least: until then a chain has seen no mode but the one where it began.
        if (summary.Outcome is { } outcome && outcome.RoundTrips < summary.Chains)
        {
            warnings.Add(Text(
                $"Tempering brought only {outcome.RoundTrips:0} states from the hottest level to the posterior, for {summary.Chains} chains: the weights of modes may be wrong; run longer, or with about {Math.Max(2, Math.Ceiling(2 * outcome.CommunicationBarrier)):0} levels, twice the communication barrier."));
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

    private static void AddSaturatedTrees(DiagnosticsSummary summary, List<string> warnings)
    {
        if (summary.Outcome is { SaturatedTrees: > 0 } outcome)
        {
            long draws = (long)summary.Draws * summary.Chains;
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

    private static void AddRestarts(DiagnosticsSummary summary, List<string> warnings)
    {
        // A chain or two that never arrived say little; a twentieth of them say that there is something where they were.
        if (summary.Outcome is { } outcome && outcome.RestartedChains > summary.Chains / 20)
        {
            warnings.Add(Text(
                $"The warm-up found chains left behind {outcome.RestartedChains} times where the log density is far below that of most of the {summary.Chains} chains, and placed them where others were or where Pathfinder led: if those are modes that matter, sample with tempering, or start the chains nearer by."));
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
