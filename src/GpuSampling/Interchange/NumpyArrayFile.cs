using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace GpuSampling.Interchange;

/// <summary>
/// Writes arrays in NumPy's <c>.npy</c> format, version 1.0, little-endian: a header with type and shape, then the numbers as
/// they lie in memory. NumPy Enhancement Proposal 1, "A simple file format for NumPy arrays".
/// </summary>
public static class NumpyArrayFile
{
    /// <summary>Writes the header of an array whose numbers follow.</summary>
    /// <typeparam name="T">float, double, int, uint, long, ulong or byte.</typeparam>
    /// <param name="stream">Receives it.</param>
    /// <param name="shape">The extents; none for a scalar.</param>
    /// <param name="firstIndexIsFastest">True if neighbours in memory differ in the first index (Fortran order), false for the last.</param>
    /// <exception cref="ArgumentException"><typeparamref name="T"/> is none of the types allowed.</exception>
    public static void WriteHeader<T>(Stream stream, ReadOnlySpan<long> shape, bool firstIndexIsFastest = false)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(stream);
        StringBuilder extents = new();
        foreach (long extent in shape)
        {
            extents.Append(CultureInfo.InvariantCulture, $"{extent},");
        }

        string text = $"{{'descr': '{TypeCode<T>()}', 'fortran_order': {(firstIndexIsFastest ? "True" : "False")}, 'shape': ({extents}), }}";

        // Magic, version and length take 10 bytes; the whole header ends with a line feed at a multiple of 64.
        int length = (10 + text.Length + 1 + 63) / 64 * 64;
        byte[] header = new byte[length];
        Encoding.ASCII.GetBytes(text.PadRight(length - 11) + "\n", header.AsSpan(10));
        ReadOnlySpan<byte> magic = [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0];
        magic.CopyTo(header);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), checked((ushort)(length - 10)));
        stream.Write(header);
    }

    /// <summary>Writes numbers after a header, little-endian.</summary>
    /// <typeparam name="T">The type of the header.</typeparam>
    /// <param name="stream">Receives them.</param>
    /// <param name="values">The numbers, in the order of the header.</param>
    public static void WriteValues<T>(Stream stream, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(stream);
        const int chunk = 1 << 16;
        while (!values.IsEmpty)
        {
            ReadOnlySpan<T> part = values[..Math.Min(chunk, values.Length)];
            ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(part);
            if (BitConverter.IsLittleEndian)
            {
                stream.Write(bytes);
            }
            else
            {
                WriteReversed(stream, bytes, bytes.Length / part.Length);
            }

            values = values[part.Length..];
        }
    }

    private static void WriteReversed(Stream stream, ReadOnlySpan<byte> bytes, int size)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(bytes.Length);
        bytes.CopyTo(buffer);
        for (int start = 0; start < bytes.Length; start += size)
        {
            buffer.AsSpan(start, size).Reverse();
        }

        stream.Write(buffer, 0, bytes.Length);
        ArrayPool<byte>.Shared.Return(buffer);
    }

    private static string TypeCode<T>()
        where T : unmanaged =>
        typeof(T) == typeof(float) ? "<f4"
        : typeof(T) == typeof(double) ? "<f8"
        : typeof(T) == typeof(int) ? "<i4"
        : typeof(T) == typeof(uint) ? "<u4"
        : typeof(T) == typeof(long) ? "<i8"
        : typeof(T) == typeof(ulong) ? "<u8"
        : typeof(T) == typeof(byte) ? "|u1"
        : throw new ArgumentException(
            $"Numbers of type {typeof(T).Name} cannot be written; allowed are float, double, int, uint, long, ulong and byte.", nameof(T));
}
