using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Functions;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Transitions;
using GpuSampling.Kernels.Variates;

namespace GpuSampling.Kernels.Tempering;

/// <summary>
/// Exchanges the states of neighbouring levels: in even transitions of levels 0 and 1, 2 and 3, …, in odd ones of 1 and 2, 3 and 4, ….
/// The alternation is deterministic, and so not reversible, and carries states through the ladder in a number of transitions that grows
/// with its length and not with its square: Okabe, Kawata, Okamoto and Mikami, Chemical Physics Letters 335 (2001); Syed,
/// Bouchard-Côté, Deligiannidis and Doucet, Non-reversible parallel tempering, JRSS B 84 (2022), algorithm 1.
/// </summary>
/// <remarks>
/// The levels of a ladder are neighbouring chains of the arena. Both partners read the other's published state and reach the same
/// verdict on their own.
/// </remarks>
public readonly struct ReplicaExchange
{
    /// <summary>The levels of a ladder.</summary>
    public int LevelCount { get; init; }

    /// <summary>The global index of the arena's first chain.</summary>
    public uint FirstChain { get; init; }

    /// <summary>The place of the published rows in the settings.</summary>
    public int PublishedStart { get; init; }

    /// <summary>The distance between published rows.</summary>
    public int PublishedRowLength { get; init; }

    /// <summary>One round of exchanges.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <typeparam name="TVector">The accessor of chain vectors.</typeparam>
    /// <typeparam name="TData">The accessor of shared tables.</typeparam>
    /// <param name="random">The replicas' address at this step.</param>
    /// <param name="state">Their memory.</param>
    /// <param name="settings">The inverse temperatures of the levels, and behind the settings what is published.</param>
    /// <param name="dimension">The number of unconstrained parameters.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Exchange<T, TVector, TData>(StreamAddress<T> random, TVector state, TData settings, int dimension)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
    {
        ChainRows rows = new(dimension);
        TVector own = state.Slice(rows.Own);
        Word<T> one = T.WordConstant(1);
        Word<T> level = LevelOf(own[ReplicaRows.Level]);
        Mask<T> begins = T.AreEqual(level & one, T.WordConstant(random.Step & 1));
        Mask<T> isColder = begins & T.LessThan(level, T.WordConstant((ulong)(uint)(LevelCount - 1)));
        Mask<T> isHotter = !begins & T.LessThan(T.WordConstant(0), level);
        Word<T> place = T.KeepLow32(random.StreamLow - T.WordConstant(FirstChain));
        Word<T> partner = T.Select(isColder, place + one, T.Select(isHotter, place - one, place));

        // Lanes beyond the last chain have no partner: they look at the first.
        partner = T.Select(T.LessThan(partner, T.WordConstant((ulong)(uint)PublishedRowLength)), partner, T.WordConstant(0));
        partner += T.WordConstant((ulong)(uint)PublishedStart);
        Word<T> partnerLevel = T.Select(isColder, level + one, T.Select(isHotter, level - one, level));
        T partnerTilt = Published(settings, partner, (2 * dimension) + 1);
        T gain = (settings.Gather(level) - settings.Gather(partnerLevel)) * (partnerTilt - own[ReplicaRows.Tilt]);

        // Both take the number of the colder one.
        Word<T> stream = T.Select(isHotter, random.StreamLow - one, random.StreamLow);
        T threshold = ExponentialVariate.At(new StreamAddress<T>(random.Key, StreamPurpose.Swap, stream, 0, random.Step), 0);
        Mask<T> accepted = (-gain < threshold) & (isColder | isHotter);
        T rejection = T.Select(T.AreEqual(gain, gain), T.One - Elementary.Exp(T.Min(gain, T.Zero)), T.One);
        own[ReplicaRows.RejectionSum] += T.Select(isColder, rejection, T.Zero);
        own[ReplicaRows.TryCount] += T.Select(isColder, T.One, T.Zero);
        if (T.Any(accepted))
        {
            for (int i = 0; i < 2 * dimension; i++)
            {
                state[ChainRows.Position + i] = T.Select(accepted, Published(settings, partner, i), state[ChainRows.Position + i]);
            }

            for (int i = 0; i < ReplicaRows.ExchangedScalars + dimension; i++)
            {
                int row = ReplicaRows.Base + i;
                own[row] = T.Select(accepted, Published(settings, partner, (2 * dimension) + i), own[row]);
            }
        }

        MarkRoundTrips<T, TVector>(own, level);
    }

    /// <summary>The level of each lane's replica. Lanes beyond the last chain were told none: they count as the coldest.</summary>
    /// <typeparam name="T">The lane type.</typeparam>
    /// <param name="told">What the host wrote.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Word<T> LevelOf<T>(T told)
        where T : struct, IReal<T>
    {
        Word<T> level = Ensembles.EnsembleRows.ToWord(told);
        return T.Select(T.LessThan(level, T.WordConstant((ulong)(uint)LevelCount)), level, T.WordConstant(0));
    }

    private void MarkRoundTrips<T, TVector>(TVector own, Word<T> level)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
    {
        Mask<T> isColdest = T.AreEqual(level, T.WordConstant(0));
        Mask<T> isHottest = T.AreEqual(level, T.WordConstant((ulong)(uint)(LevelCount - 1)));
        T wasHot = own[ReplicaRows.WasHot];
        own[ReplicaRows.RoundTrips] += T.Select(isColdest, wasHot, T.Zero);
        own[ReplicaRows.WasHot] = T.Select(isColdest, T.Zero, T.Select(isHottest, T.One, wasHot));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T Published<T, TData>(TData settings, Word<T> partner, int row)
        where T : struct, IReal<T>
        where TData : struct, IDataTable<T> => settings.Gather(partner + T.WordConstant((ulong)(uint)(row * PublishedRowLength)));
}
