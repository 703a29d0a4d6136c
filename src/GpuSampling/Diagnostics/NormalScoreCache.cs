namespace GpuSampling.Diagnostics;

/// <summary>Keeps the normal scores of the last number of ranks asked for, which all parameters of a run share.</summary>
internal sealed class NormalScoreCache
{
    private readonly Lock gate = new();
    private NormalScores? scores;
    private int count;

    /// <summary>The scores of ranks 1 to <paramref name="ranks"/>.</summary>
    public NormalScores For(int ranks)
    {
        lock (gate)
        {
            if (scores is null || count != ranks)
            {
                scores = new NormalScores(ranks);
                count = ranks;
            }

            return scores;
        }
    }
}
