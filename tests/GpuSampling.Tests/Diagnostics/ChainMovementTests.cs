using GpuSampling.Diagnostics;

namespace GpuSampling.Tests.Diagnostics;

/// <summary>Chains that never move are warned of, and no others: fixed seeds, no false alarm.</summary>
public sealed class ChainMovementTests
{
    private const string Warning = "never move";

    [Fact]
    public void An_indicator_of_something_rare_is_no_chain_that_stands_still()
    {
        double[][] moving = SimulatedChains.Independent(2000, 100, 1);
        double[][] indicator = [.. SimulatedChains.Independent(2000, 100, 2).Select(chain => chain.Select(x => x > 3 ? 1.0 : 0).ToArray())];
        DiagnosticsSummary summary = Of(("x", moving), ("rare", indicator));
        Assert.InRange(summary.Parameters[1].StuckChains, 1000, 1999);
        Assert.DoesNotContain(Warning, string.Join('\n', summary.Warnings), StringComparison.Ordinal);
        Assert.Contains("1 of 2000 chains never move", string.Join('\n', Of(("x", Stuck(moving, 7)), ("rare", Stuck(indicator, 7))).Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(12)]
    [InlineData(40)]
    public void Rejections_in_a_row_are_none_either(int draws)
    {
        double[][] proposals = SimulatedChains.Independent(4000, draws, 3), rejected = SimulatedChains.Independent(4000, draws, 4);
        for (int chain = 0; chain < proposals.Length; chain++)
        {
            for (int draw = 1; draw < draws; draw++)
            {
                // Three quarters are rejected: the upper quartile of a standard normal is 0.674.
                proposals[chain][draw] = rejected[chain][draw] > 0.674 ? proposals[chain][draw] : proposals[chain][draw - 1];
            }
        }

        Assert.DoesNotContain(Warning, string.Join('\n', Of(("x", proposals)).Warnings), StringComparison.Ordinal);
        if (draws == 40)
        {
            Assert.Contains(Warning, string.Join('\n', Of(("x", Stuck(proposals, 0, 1, 2, 3, 4, 5))).Warnings), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Where_no_chain_moves_it_takes_some_draws_to_tell()
    {
        double[][] moving = SimulatedChains.Independent(8, 12, 5);
        double[][] standing = Stuck(moving, 0, 1, 2, 3, 4, 5, 6, 7);
        Assert.Contains("8 of 8 chains never move", string.Join('\n', Of(("x", standing)).Warnings), StringComparison.Ordinal);
        double[][] shorter = [.. standing.Select(chain => chain[..3])];
        Assert.DoesNotContain(Warning, string.Join('\n', Of(("x", shorter)).Warnings), StringComparison.Ordinal);
    }

    private static double[][] Stuck(double[][] chains, params int[] which) =>
        [.. chains.Select((chain, c) => which.Contains(c) ? [.. chain.Select(_ => chain[0])] : chain)];

    private static DiagnosticsSummary Of(params (string Name, double[][] Chains)[] parameters)
    {
        int chains = parameters[0].Chains.Length, draws = parameters[0].Chains[0].Length;
        double[] values = new double[parameters.Length * chains * draws];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = parameters[i / (chains * draws)].Chains[i % chains][i / chains % draws];
        }

        return DiagnosticsSummary.Compute(new DrawArray<double>(values, parameters.Select(one => one.Name), chains));
    }
}
