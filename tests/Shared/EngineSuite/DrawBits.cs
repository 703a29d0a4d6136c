using System.Runtime.InteropServices;
using System.Security.Cryptography;
using GpuSampling.Sampling;

namespace GpuSampling.TestSupport.EngineSuite;

/// <summary>The bits of a run's rows: the sampler's statistics and the outputs.</summary>
internal static class DrawBits
{
    /// <summary>The SHA-256 of all rows, [row][draw][chain].</summary>
    public static string Hash<TElement>(KeptDraws<TElement> draws)
        where TElement : unmanaged
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int row = 0; row < RowCount(draws); row++)
        {
            hash.AppendData(MemoryMarshal.AsBytes(draws.Row(row)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>All rows of some chains and draws, [row][draw][chain].</summary>
    public static TElement[] Of<TElement>(KeptDraws<TElement> draws, int firstChain, int chainCount, int drawCount)
        where TElement : unmanaged
    {
        List<TElement> values = [];
        for (int row = 0; row < RowCount(draws); row++)
        {
            for (int draw = 0; draw < drawCount; draw++)
            {
                values.AddRange(draws.Row(row).Slice((draw * draws.ChainCount) + firstChain, chainCount));
            }
        }

        return [.. values];
    }

    /// <summary>Fails unless two arrays have the same bits, naming the first place where they differ.</summary>
    public static void AssertEqual<TElement>(TElement[] expected, TElement[] actual)
        where TElement : unmanaged
    {
        Assert.Equal(expected.Length, actual.Length);
        if (!MemoryMarshal.AsBytes<TElement>(expected).SequenceEqual(MemoryMarshal.AsBytes<TElement>(actual)))
        {
            int place = Enumerable.Range(0, expected.Length).First(i => !expected[i].Equals(actual[i]));
            Assert.Fail($"Element {place} of {expected.Length} is {actual[place]} and should be {expected[place]}.");
        }
    }

    private static int RowCount<TElement>(KeptDraws<TElement> draws)
        where TElement : unmanaged => DrawRows.Outputs + draws.Labels.Count + draws.StatisticLabels.Count;
}
