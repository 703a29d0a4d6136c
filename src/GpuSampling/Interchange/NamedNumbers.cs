using System.Buffers;

namespace GpuSampling.Interchange;

/// <summary>
/// The numbers that JSON has no way to write, but Python's json and others do: NaN, Infinity and -Infinity, without quotation marks.
/// </summary>
internal static class NamedNumbers
{
    /// <summary>A text of JSON with these numbers as strings.</summary>
    /// <param name="text">UTF-8.</param>
    public static ReadOnlyMemory<byte> Quote(ReadOnlySpan<byte> text)
    {
        ArrayBufferWriter<byte> result = new(text.Length + (text.Length / 8) + 16);
        bool isWithinString = false;
        int copied = 0;
        for (int i = 0; i < text.Length; i++)
        {
            byte here = text[i];
            if (isWithinString)
            {
                i += here == '\\' ? 1 : 0;
                isWithinString = here != '"';
                continue;
            }

            isWithinString = here == '"';
            if (NameAt(text[i..]) is int length and > 0)
            {
                result.Write(text[copied..i]);
                result.Write("\""u8);
                result.Write(text.Slice(i, length));
                result.Write("\""u8);
                copied = i + length;
                i = copied - 1;
            }
        }

        result.Write(text[copied..]);
        return result.WrittenMemory;
    }

    private static int NameAt(ReadOnlySpan<byte> text) =>
        text.StartsWith("NaN"u8) ? 3 : text.StartsWith("Infinity"u8) ? 8 : text.StartsWith("-Infinity"u8) ? 9 : 0;
}
