using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Transitions;

namespace GpuSampling.Ilgpu.Tests.Kernels;

/// <summary>
/// A block of a counter-based generator. Integer settings: four counter words, four key words. Chain 0 takes the counter as it is,
/// others add their number to its first word. Outputs: the four words as bits.
/// </summary>
internal readonly struct GeneratorKernel : IChainKernel
{
    public const int SettingCount = 8;
    public const int OutputCount = 4;

    /// <summary>7 or 10 for Philox4x32, 13 or 20 for Threefry4x32.</summary>
    public int Rounds { get; init; }

    public void Run<T, TVector, TOutput, TData>(Word<T> chain, TVector state, TOutput output, TData data, TData settings)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TOutput : struct, IChainVector<TOutput, T>
        where TData : struct, IDataTable<T>
    {
        Words4<T> counter = new(Setting<T, TData>(settings, 0) + chain, Setting<T, TData>(settings, 1), Setting<T, TData>(settings, 2), Setting<T, TData>(settings, 3));
        uint key0 = (uint)settings.Integer(4);
        uint key1 = (uint)settings.Integer(5);
        StreamKey key = new(key0 | ((ulong)key1 << 32));
        Words4<T> words = Rounds == 7 ? Philox4x32.SevenRounds(counter, key)
            : Rounds == 10 ? Philox4x32.TenRounds(counter, key)
            : Threefry4x32.Rounds(counter, key0, key1, (uint)settings.Integer(6), (uint)settings.Integer(7), (uint)Rounds);
        output[0] = T.FromBits(T.KeepLow32(words.Word0));
        output[1] = T.FromBits(T.KeepLow32(words.Word1));
        output[2] = T.FromBits(T.KeepLow32(words.Word2));
        output[3] = T.FromBits(T.KeepLow32(words.Word3));
    }

    private static Word<T> Setting<T, TData>(TData settings, int index)
        where T : struct, IReal<T>
        where TData : struct, IDataTable<T>
        => T.WordConstant((uint)settings.Integer(index));
}
