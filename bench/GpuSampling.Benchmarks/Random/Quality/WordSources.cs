using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Streams;
using GpuSampling.Random;

namespace GpuSampling.Benchmarks.Random.Quality;

/// <summary>An endless sequence of 32-bit words.</summary>
internal interface IWordSource
{
    /// <summary>The next words.</summary>
    void Fill(Span<uint> words);
}

/// <summary>The project's streams, read along each index of their address, and two generators that must fail.</summary>
internal static class WordSources
{
    public static string[] Layouts { get; } = ["single", "interleaved", "steps", "purposes", "seeds", "reversed"];

    public static string[] WeakGenerators { get; } = ["xorshift32-lanes", "philox-truncated"];

    public static IWordSource Create(string layout, ulong seed) => layout switch
    {
        "single" => new SingleStream(seed),
        "interleaved" => new InterleavedStreams(seed),
        "steps" => new AlongAnIndex(seed, (index, key) => Address(key, StreamPurpose.Momentum, 0, index)),
        "purposes" => new AlongAnIndex(seed, (index, key) => Address(key, (StreamPurpose)(index % 256), index / 256, 0)),
        "seeds" => new AlongAnIndex(seed, (index, _) => Address(new StreamKey(seed + index), StreamPurpose.Bulk, 0, 0)),
        "reversed" => new BitReversed(new SingleStream(seed)),
        "xorshift32-lanes" => new XorShift32Lanes((uint)seed),
        "philox-truncated" => new TruncatedPhilox(seed),
        _ => throw new ArgumentOutOfRangeException(
            nameof(layout), layout, $"Allowed: {string.Join(", ", Layouts)}, {string.Join(", ", WeakGenerators)}."),
    };

    private static StreamAddress<Float32> Address(StreamKey key, StreamPurpose purpose, uint stream, uint step) =>
        new(key, purpose, Float32.WordConstant(stream), 0, step);

    private sealed class SingleStream(ulong seed) : IWordSource
    {
        private RandomStream stream = new(seed);

        public void Fill(Span<uint> words) => stream = stream.FillBits(words);
    }

    /// <summary>One word of each of 128 neighbouring streams in turn: what neighbouring chains see.</summary>
    private sealed class InterleavedStreams(ulong seed) : IWordSource
    {
        private const int StreamCount = 128, Length = 1024;
        private readonly uint[] rows = new uint[StreamCount * Length];
        private ulong position;
        private int next = StreamCount * Length;

        public void Fill(Span<uint> words)
        {
            for (int i = 0; i < words.Length; i++)
            {
                if (next == rows.Length)
                {
                    for (int stream = 0; stream < StreamCount; stream++)
                    {
                        new RandomStream(seed, (ulong)stream).Seek(position).FillBits(rows.AsSpan(stream * Length, Length));
                    }

                    position += Length;
                    next = 0;
                }

                words[i] = rows[(next % StreamCount * Length) + (next / StreamCount)];
                next++;
            }
        }
    }

    /// <summary>Block 0 of one address after another.</summary>
    private sealed class AlongAnIndex(ulong seed, Func<uint, StreamKey, StreamAddress<Float32>> address) : IWordSource
    {
        private readonly StreamKey key = new(seed);
        private uint index;

        public void Fill(Span<uint> words)
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(words.Length % 4, 0);
            for (int i = 0; i < words.Length; i += 4)
            {
                Words4<Float32> block = Philox4x32.Block(address(index++, key), 0);
                for (int word = 0; word < 4; word++)
                {
                    words[i + word] = BitConverter.SingleToUInt32Bits(Float32.FromBits(block.At((uint)word)).Value);
                }
            }
        }
    }

    private sealed class BitReversed(IWordSource source) : IWordSource
    {
        public void Fill(Span<uint> words)
        {
            source.Fill(words);
            for (int i = 0; i < words.Length; i++)
            {
                uint word = words[i];
                word = ((word >> 1) & 0x55555555) | ((word & 0x55555555) << 1);
                word = ((word >> 2) & 0x33333333) | ((word & 0x33333333) << 2);
                word = ((word >> 4) & 0x0F0F0F0F) | ((word & 0x0F0F0F0F) << 4);
                words[i] = System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(word);
            }
        }
    }

    /// <summary>Must fail: Marsaglia's xorshift32 with one state for 32 lanes, told apart by adding to the state.</summary>
    private sealed class XorShift32Lanes(uint seed) : IWordSource
    {
        private uint state = seed | 1;
        private uint lane;

        public void Fill(Span<uint> words)
        {
            for (int i = 0; i < words.Length; i++)
            {
                words[i] = Next((state + (lane << 7) + (lane >> 3)) | lane);
                lane = (lane + 1) % 32;
                state = lane == 0 ? Next(state) : state;
            }
        }

        private static uint Next(uint x)
        {
            x ^= x << 13;
            x ^= x >> 17;
            return x ^ (x << 5);
        }
    }

    /// <summary>Must fail: the project's generator with a block counter that wraps, here after 2¹⁶ blocks.</summary>
    private sealed class TruncatedPhilox(ulong seed) : IWordSource
    {
        private const ulong Period = 1ul << 18;
        private ulong position;

        public void Fill(Span<uint> words)
        {
            while (!words.IsEmpty)
            {
                int length = (int)Math.Min((ulong)words.Length, Period - position);
                new RandomStream(seed).Seek(position).FillBits(words[..length]);
                position = (position + (ulong)length) % Period;
                words = words[length..];
            }
        }
    }
}
