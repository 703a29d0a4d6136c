using System.Runtime.InteropServices;

namespace GpuSampling.Sampling;

/// <summary>Numbers as bytes, in blocks: an array may have more bytes than a span counts.</summary>
internal static class NumberBlocks
{
    private const int Block = 1 << 20;

    /// <summary>Writes numbers.</summary>
    public static void Write(BinaryWriter writer, ReadOnlySpan<double> values)
    {
        for (int start = 0; start < values.Length; start += Block)
        {
            writer.Write(MemoryMarshal.AsBytes(values.Slice(start, Math.Min(Block, values.Length - start))));
        }
    }

    /// <summary>Reads as many numbers as there is room for.</summary>
    /// <exception cref="EndOfStreamException">There are fewer.</exception>
    public static void Read(BinaryReader reader, Span<double> values)
    {
        for (int start = 0; start < values.Length; start += Block)
        {
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.Slice(start, Math.Min(Block, values.Length - start))));
        }
    }
}
