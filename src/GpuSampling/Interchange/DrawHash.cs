using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using GpuSampling.Sampling;

namespace GpuSampling.Interchange;

/// <summary>
/// The SHA-256 of a run's draws: the bits of every output, [output][draw][chain], little-endian. Equal on every engine, vector
/// width and number of threads.
/// </summary>
public static class DrawHash
{
    /// <summary>Hashes the outputs.</summary>
    /// <typeparam name="TElement">float or double.</typeparam>
    /// <param name="draws">The draws.</param>
    /// <returns>64 hexadecimal digits in lower case.</returns>
    public static string Of<TElement>(KeptDraws<TElement> draws)
        where TElement : unmanaged
    {
        ArgumentNullException.ThrowIfNull(draws);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int output = 0; output < draws.Labels.Count; output++)
        {
            Append(hash, draws.Output(output));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append<TElement>(IncrementalHash hash, ReadOnlySpan<TElement> values)
        where TElement : unmanaged
    {
        if (BitConverter.IsLittleEndian)
        {
            while (!values.IsEmpty)
            {
                ReadOnlySpan<TElement> part = values[..Math.Min(1 << 20, values.Length)];
                hash.AppendData(MemoryMarshal.AsBytes(part));
                values = values[part.Length..];
            }

            return;
        }

        Span<byte> bytes = stackalloc byte[8];
        foreach (TElement value in values)
        {
            int size;
            if (typeof(TElement) == typeof(float))
            {
                BinaryPrimitives.WriteSingleLittleEndian(bytes, (float)(object)value);
                size = sizeof(float);
            }
            else
            {
                BinaryPrimitives.WriteDoubleLittleEndian(bytes, (double)(object)value);
                size = sizeof(double);
            }

            hash.AppendData(bytes[..size]);
        }
    }
}
