using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;

namespace GpuSampling.Kernels.Tests.Streams;

/// <summary>Work to do for one lane type.</summary>
internal interface ILaneAction
{
    void Run<T>()
        where T : unmanaged, IPackedReal<T>;
}

/// <summary>Moves 32-bit words between arrays and lanes, and runs work on every lane type.</summary>
internal static class LaneWords
{
    public static TheoryData<string> LaneTypeNames => new(
        nameof(Float32), nameof(Float32x4), nameof(Float32x8), nameof(Float32x16),
        nameof(Float64), nameof(Float64x2), nameof(Float64x4), nameof(Float64x8));

    public static void RunOn<TAction>(string laneType, TAction action)
        where TAction : ILaneAction
    {
        switch (laneType)
        {
            case nameof(Float32): action.Run<Float32>(); break;
            case nameof(Float32x4): action.Run<Float32x4>(); break;
            case nameof(Float32x8): action.Run<Float32x8>(); break;
            case nameof(Float32x16): action.Run<Float32x16>(); break;
            case nameof(Float64): action.Run<Float64>(); break;
            case nameof(Float64x2): action.Run<Float64x2>(); break;
            case nameof(Float64x4): action.Run<Float64x4>(); break;
            case nameof(Float64x8): action.Run<Float64x8>(); break;
            default: throw new ArgumentOutOfRangeException(nameof(laneType), laneType, "Not a lane type.");
        }
    }

    /// <summary>A word per lane; bits above the lowest 32 are filled with garbage, which nothing may read.</summary>
    public static Word<T> Load<T>(ReadOnlySpan<uint> words)
        where T : unmanaged, IPackedReal<T>
    {
        T lanes = default;
        Span<uint> target = AsWords(ref lanes);
        int stride = T.ElementBits / 32;
        for (int lane = 0; lane < T.Width; lane++)
        {
            target[lane * stride] = words[lane];
            if (stride == 2)
            {
                target[(lane * stride) + 1] = 0xCACACACA;
            }
        }

        return T.ToBits(lanes);
    }

    public static Word<T> Load<T>(uint word)
        where T : unmanaged, IPackedReal<T>
    {
        Span<uint> words = stackalloc uint[T.Width];
        words.Fill(word);
        return Load<T>(words);
    }

    /// <summary>The low 32 bits of each lane.</summary>
    public static uint[] Store<T>(Word<T> word)
        where T : unmanaged, IPackedReal<T>
    {
        T lanes = T.FromBits(word);
        Span<uint> source = AsWords(ref lanes);
        uint[] words = new uint[T.Width];
        for (int lane = 0; lane < T.Width; lane++)
        {
            words[lane] = source[lane * (T.ElementBits / 32)];
        }

        return words;
    }

    /// <summary>Each lane's number, exactly, as a double.</summary>
    public static double[] Numbers<T>(T value)
        where T : unmanaged, IPackedReal<T>
    {
        double[] numbers = new double[T.Width];
        Span<uint> source = AsWords(ref value);
        for (int lane = 0; lane < T.Width; lane++)
        {
            numbers[lane] = T.ElementBits == 32
                ? BitConverter.UInt32BitsToSingle(source[lane])
                : BitConverter.UInt64BitsToDouble(source[2 * lane] | ((ulong)source[(2 * lane) + 1] << 32));
        }

        return numbers;
    }

    private static unsafe Span<uint> AsWords<T>(ref T lanes)
        where T : unmanaged, IPackedReal<T> =>
        new(Unsafe.AsPointer(ref lanes), sizeof(T) / sizeof(uint));
}
