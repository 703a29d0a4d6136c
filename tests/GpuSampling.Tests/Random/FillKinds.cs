using System.Runtime.InteropServices;
using GpuSampling.Random;

namespace GpuSampling.Tests.Random;

/// <summary>Every kind of fill by name, as bytes.</summary>
internal static class FillKinds
{
    public static string[] Names { get; } =
    [
        "bits", "bits64", "uniform", "uniform64", "normal", "normal64", "exponential", "exponential64",
        "normal(2, 3)", "exponential64(4)", "integers(-3, 7)", "integers(0, 3·2^30)",
    ];

    public static int ElementSize(string kind) => kind.Contains("64", StringComparison.Ordinal) ? 8 : 4;

    public static byte[] Fill(string kind, RandomStream stream, int length, RandomFillOptions options) =>
        Fill(kind, ref stream, length, options);

    public static byte[] Fill(string kind, ref RandomStream stream, int length, RandomFillOptions options)
    {
        byte[] bytes = new byte[length * ElementSize(kind)];
        Span<uint> words = MemoryMarshal.Cast<byte, uint>(bytes.AsSpan());
        Span<float> singles = MemoryMarshal.Cast<byte, float>(bytes.AsSpan());
        Span<double> doubles = MemoryMarshal.Cast<byte, double>(bytes.AsSpan());
        stream = kind switch
        {
            "bits" => stream.FillBits(words, options),
            "bits64" => stream.FillBits(MemoryMarshal.Cast<byte, ulong>(bytes.AsSpan()), options),
            "uniform" => stream.FillUniform(singles, options),
            "uniform64" => stream.FillUniform(doubles, options),
            "normal" => stream.FillNormal(singles, options: options),
            "normal64" => stream.FillNormal(doubles, options: options),
            "exponential" => stream.FillExponential(singles, options: options),
            "exponential64" => stream.FillExponential(doubles, options: options),
            "normal(2, 3)" => stream.FillNormal(singles, 2, 3, options),
            "exponential64(4)" => stream.FillExponential(doubles, 4, options),
            "integers(-3, 7)" => stream.FillIntegers(MemoryMarshal.Cast<byte, int>(bytes.AsSpan()), -3, 7, options),
            "integers(0, 3·2^30)" => stream.FillIntegers(
                MemoryMarshal.Cast<byte, int>(bytes.AsSpan()), int.MinValue, unchecked((int)0x40000000), options),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of fill."),
        };
        return bytes;
    }
}
