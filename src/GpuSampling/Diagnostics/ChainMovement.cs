namespace GpuSampling.Diagnostics;

/// <summary>Which chains never move, and how likely it is that one that does would seem not to.</summary>
/// <param name="StuckChains">The chains of which no parameter ever changes.</param>
/// <param name="RepeatShare">Of the draws of the other chains after their first, the share that repeat the one before; NaN where there is none.</param>
/// <remarks>
/// A parameter alone tells nothing: an indicator of something rare keeps one value in most chains, and a discrete parameter that the
/// data leave no choice in all of them.
/// </remarks>
internal readonly record struct ChainMovement(int StuckChains, double RepeatShare)
{
    // Standard deviations of a Poisson number beyond its mean: exceeded once in some millions of runs.
    private const double Deviations = 5;

    // Rising from the share, the probability settles long before.
    private const int Iterations = 200;

    /// <summary>
    /// Whether more chains stand still than rejections in a row explain: of c chains that repeat a draw with probability r, a number of
    /// mean c rⁿ⁻¹ in n draws. Those that move repeat the share s = (r − rⁿ⁻¹)/(1 − rⁿ⁻¹) of their draws, from which r follows.
    /// </summary>
    /// <param name="chains">The number of chains.</param>
    /// <param name="draws">The number of draws of each.</param>
    /// <param name="fewestDraws">Fewer draws tell nothing.</param>
    public bool IsUnexplained(int chains, int draws, int fewestDraws)
    {
        if (StuckChains == 0 || draws < fewestDraws)
        {
            return false;
        }

        if (double.IsNaN(RepeatShare))
        {
            return true; // no chain moves
        }

        double probability = RepeatShare;
        for (int i = 0; i < Iterations; i++)
        {
            probability = RepeatShare + ((1 - RepeatShare) * Math.Pow(probability, draws - 1));
        }

        double expected = chains * Math.Pow(probability, draws - 1);
        return StuckChains > expected + (Deviations * Math.Sqrt(expected));
    }

    /// <summary>Looks at draws, at no cost where a parameter moves in every chain.</summary>
    /// <param name="draws">The draws.</param>
    /// <param name="parameters">Their summaries.</param>
    public static ChainMovement Of<T>(IDrawSource<T> draws, IReadOnlyList<ParameterSummary> parameters)
        where T : unmanaged
    {
        int[] telling = [.. Enumerable.Range(0, parameters.Count).Where(i => parameters[i].StandardDeviation > 0).OrderBy(i => parameters[i].StuckChains)];
        if (telling.Length == 0 || parameters[telling[0]].StuckChains == 0)
        {
            return new ChainMovement(0, double.NaN);
        }

        bool[] moves = new bool[draws.Chains];
        foreach (int parameter in telling)
        {
            var values = new ParameterDraws<T>(draws.Values(parameter), draws.Chains);
            for (int chain = 0; chain < moves.Length; chain++)
            {
                for (int draw = 1; draw < values.Draws && !moves[chain]; draw++)
                {
                    moves[chain] = values.ToDouble(draw, chain) != values.ToDouble(draw - 1, chain);
                }
            }
        }

        int stuck = moves.Count(one => !one);
        return new ChainMovement(stuck, stuck == 0 ? double.NaN : telling.Min(parameter => RepeatShareOf(draws, parameter, moves)));
    }

    private static double RepeatShareOf<T>(IDrawSource<T> draws, int parameter, bool[] moves)
        where T : unmanaged
    {
        var values = new ParameterDraws<T>(draws.Values(parameter), draws.Chains);
        long repeats = 0, pairs = 0;
        for (int draw = 1; draw < values.Draws; draw++)
        {
            for (int chain = 0; chain < moves.Length; chain++)
            {
                pairs += moves[chain] ? 1 : 0;
                repeats += moves[chain] && values.ToDouble(draw, chain) == values.ToDouble(draw - 1, chain) ? 1 : 0;
            }
        }

        return (double)repeats / pairs;
    }
}
