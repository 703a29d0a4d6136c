using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace GpuSampling.Interchange;

/// <summary>Reads arrays of numbers in NumPy's <c>.npy</c> format, versions 1 to 3, as 64-bit floats with the last index fastest.</summary>
/// <remarks>NumPy Enhancement Proposal 1. Elements: floats, signed and unsigned integers and booleans of either byte order.</remarks>
internal static partial class NumpyArrayReader
{
    /// <exception cref="InvalidDataException">The stream is no such array, or ends early.</exception>
    public static (int[] Shape, double[] Elements) Read(Stream stream)
    {
        (string type, bool firstIndexIsFastest, int[] shape) = ReadHeader(stream);
        int size = ElementSize(type);
        long count = shape.Aggregate(1L, (product, extent) => product * extent);
        if (count > Array.MaxLength)
        {
            throw new InvalidDataException($"an array of {count} numbers is more than can be read at once ({Array.MaxLength}).");
        }

        double[] elements = new double[count];
        byte[] buffer = new byte[size * 8192];
        bool swap = type[0] == '>' == BitConverter.IsLittleEndian && size > 1;
        for (int done = 0; done < count;)
        {
            int now = (int)Math.Min(8192, count - done);
            Span<byte> bytes = buffer.AsSpan(0, now * size);
            Fill(stream, bytes);
            for (int i = 0; i < now; i++)
            {
                Span<byte> one = bytes.Slice(i * size, size);
                if (swap)
                {
                    one.Reverse();
                }

                elements[done + i] = Convert(type, one);
            }

            done += now;
        }

        return (shape, firstIndexIsFastest ? LastIndexFastest(shape, elements) : elements);
    }

    private static (string Type, bool FirstIndexIsFastest, int[] Shape) ReadHeader(Stream stream)
    {
        Span<byte> start = stackalloc byte[8];
        Fill(stream, start);
        if (start[0] != 0x93 || !start[1..6].SequenceEqual("NUMPY"u8))
        {
            throw new InvalidDataException("an array does not begin as NumPy's do.");
        }

        Span<byte> length = stackalloc byte[4];
        Fill(stream, length[..(start[6] == 1 ? 2 : 4)]);
        int characters = start[6] == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(length) : BinaryPrimitives.ReadInt32LittleEndian(length);
        if (characters is < 0 or > 1 << 20)
        {
            throw new InvalidDataException("an array's header is damaged.");
        }

        byte[] header = new byte[characters];
        Fill(stream, header);
        string text = Encoding.Latin1.GetString(header);
        Match match = Header().Match(text);
        if (!match.Success)
        {
            throw new InvalidDataException($"an array's header is not understood: {text.Trim()}");
        }

        int[] shape = [.. match.Groups["shape"].Value
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(extent => int.Parse(extent, CultureInfo.InvariantCulture))];
        return (match.Groups["type"].Value, match.Groups["fortran"].Value == "True", shape);
    }

    [GeneratedRegex(@"'descr':\s*'(?<type>[^']+)'.*'fortran_order':\s*(?<fortran>True|False).*'shape':\s*\((?<shape>[\d,\s]*)\)")]
    private static partial Regex Header();

    private static int ElementSize(string type) => type[1..] switch
    {
        "f8" or "i8" or "u8" => 8,
        "f4" or "i4" or "u4" => 4,
        "i2" or "u2" or "f2" => 2,
        "i1" or "u1" or "b1" => 1,
        _ => throw new InvalidDataException($"elements of type '{type}' cannot be read; allowed are floats, integers and booleans."),
    };

    private static double Convert(string type, ReadOnlySpan<byte> one) => type[1..] switch
    {
        "f8" => BitConverter.ToDouble(one),
        "f4" => BitConverter.ToSingle(one),
        "f2" => (double)BitConverter.ToHalf(one),
        "i8" => BitConverter.ToInt64(one),
        "u8" => BitConverter.ToUInt64(one),
        "i4" => BitConverter.ToInt32(one),
        "u4" => BitConverter.ToUInt32(one),
        "i2" => BitConverter.ToInt16(one),
        "u2" => BitConverter.ToUInt16(one),
        "i1" => (sbyte)one[0],
        _ => one[0],
    };

    private static double[] LastIndexFastest(int[] shape, double[] elements)
    {
        double[] ordered = new double[elements.Length];
        int[] index = new int[shape.Length];
        foreach (double element in elements)
        {
            long position = 0;
            for (int axis = 0; axis < shape.Length; axis++)
            {
                position = (position * shape[axis]) + index[axis];
            }

            ordered[position] = element;
            for (int axis = 0; axis < shape.Length && ++index[axis] == shape[axis]; axis++)
            {
                index[axis] = 0;
            }
        }

        return ordered;
    }

    private static void Fill(Stream stream, Span<byte> bytes)
    {
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
        {
            throw new InvalidDataException("an array ends early.");
        }
    }
}
