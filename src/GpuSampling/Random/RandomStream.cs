using System.Text.Json.Serialization;
using GpuSampling.Kernels.Streams;

namespace GpuSampling.Random;

/// <summary>
/// A stream of random numbers: an address, not a generator. It never changes; a fill reads from it and returns the stream that
/// begins where the fill ended. What it yields is a pure function of (seed, purpose, stream, position), the same on every
/// machine, register width and thread count.
/// </summary>
/// <remarks>
/// <para>
/// A stream is a sequence of 2⁵⁸ random words of 32 bits, four to a block of Philox4x32-10. The block with index b (position ⌊p/4⌋)
/// has the key (seed low, seed high) and the counter (b low, b high, stream low, purpose · 2²⁴ + stream high): for purpose 0 that
/// is the sequence of cuRAND's and rocRAND's device generators for (seed, subsequence = stream, offset = position).
/// </para>
/// <para>
/// Positions count words. Numbers of 32 bits take one word each, numbers of 64 bits two, beginning at an even position (an odd
/// one is rounded up). Normal numbers come in pairs from an aligned pair of numbers' words. Hence number i of a fill that starts
/// at position p is number p + i (or ⌈p/2⌉ + i) of the stream, however a sequence is cut into fills.
/// </para>
/// </remarks>
[JsonConverter(typeof(RandomStreamJsonConverter))]
public sealed partial record RandomStream
{
    /// <summary>The name and version of the generator and of all mappings from words to numbers; changes when any number does.</summary>
    public const string Algorithm = "philox4x32-10/v1";

    /// <summary>How many streams there are for each seed and purpose: 2⁵⁶.</summary>
    public const ulong StreamLimit = 1ul << 56;

    /// <summary>How many words a stream has: 2⁵⁸.</summary>
    public const ulong PositionLimit = 1ul << 58;

    private readonly ulong stream;
    private readonly ulong streamCount = StreamLimit;

    /// <summary>The root of all streams of a seed: stream 0, which owns all others and may be split.</summary>
    /// <param name="seed">Any number; seeds need no hashing, and 0 is as good as any.</param>
    public RandomStream(ulong seed) => Seed = seed;

    /// <summary>One stream by its number.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="stream">The stream, below <see cref="StreamLimit"/>. It owns no other, so it cannot be split.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="stream"/> is too large.</exception>
    public RandomStream(ulong seed, ulong stream)
    {
        Seed = seed;
        Stream = stream;
    }

    /// <summary>The seed.</summary>
    public ulong Seed { get; init; }

    /// <summary>What the numbers are for: <see cref="StreamPurpose.Bulk"/>, or <see cref="StreamPurpose.User"/> to 255. The
    /// others belong to the samplers, whose addresses are laid out differently.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Another purpose.</exception>
    public StreamPurpose Purpose
    {
        get;
        init => field = value is StreamPurpose.Bulk or (>= StreamPurpose.User and <= (StreamPurpose)255)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Purpose), value, "Allowed: Bulk (0), and User (128) to 255.");
    }

    /// <summary>The number of the stream, below <see cref="StreamLimit"/>. Setting it gives a stream that owns no other.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is <see cref="StreamLimit"/> or more.</exception>
    public ulong Stream
    {
        get => stream;
        init
        {
            if (value >= StreamLimit)
            {
                throw new ArgumentOutOfRangeException(nameof(Stream), value, "Allowed: 0 to 2^56 - 1.");
            }

            stream = value;
            streamCount = 1;
        }
    }

    /// <summary>How many streams this one owns, itself included: numbers <see cref="Stream"/> and up. All of them may be split off.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is 0, or streams beyond <see cref="StreamLimit"/> would be owned.</exception>
    public ulong StreamCount
    {
        get => streamCount;
        init
        {
            if (value == 0 || value > StreamLimit - stream)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(StreamCount), value, $"Allowed: 1 to {StreamLimit - stream}, for stream {stream}.");
            }

            streamCount = value;
        }
    }

    /// <summary>The next word, below or at <see cref="PositionLimit"/>, where the stream ends.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is above <see cref="PositionLimit"/>.</exception>
    public ulong Position
    {
        get;
        init => field = value <= PositionLimit
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Position), value, "Allowed: 0 to 2^58.");
    }

    /// <summary>The same stream at another position, at no cost.</summary>
    /// <param name="position">The word to go on with, 0 to <see cref="PositionLimit"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="position"/> is too large.</exception>
    public RandomStream Seek(ulong position) => this with { Position = position };

    /// <summary>
    /// Splits off <paramref name="count"/> streams that share no number with this one, with each other, or with anything split
    /// off those: each owns an equal part of the streams that this one owns beside itself.
    /// </summary>
    /// <param name="count">How many, at least 1.</param>
    /// <returns>The streams, at position 0. The same at every call: split once, or split the parts.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1, or more than this stream owns.</exception>
    public RandomStream[] Split(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ulong share = (streamCount - 1) / (ulong)count;
        if (share == 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(count), count, $"Stream {stream} owns {streamCount - 1} streams beside itself: it cannot be split into {count}.");
        }

        RandomStream[] parts = new RandomStream[count];
        for (int part = 0; part < count; part++)
        {
            parts[part] = this with { Stream = stream + 1 + ((ulong)part * share), StreamCount = share, Position = 0 };
        }

        return parts;
    }

    /// <summary>One of the streams that this one owns, by its place: 0 is this stream's own number.</summary>
    /// <param name="index">Below <see cref="StreamCount"/>.</param>
    /// <returns>The stream, at position 0, owning itself only.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is too large.</exception>
    public RandomStream Substream(ulong index) =>
        index < streamCount
            ? this with { Stream = stream + index, Position = 0 }
            : throw new ArgumentOutOfRangeException(nameof(index), index, $"Allowed: 0 to {streamCount - 1}.");
}
