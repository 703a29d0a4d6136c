using System.Runtime.Intrinsics;

namespace GpuSampling.Engines;

/// <summary>The register width of the SIMD engine, in bits.</summary>
public enum VectorWidth
{
    /// <summary>The widest that the machine computes in hardware.</summary>
    Widest = 0,

    /// <summary>One number at a time.</summary>
    Scalar = 1,

    /// <summary>128 bits: SSE, NEON.</summary>
    Bits128 = 128,

    /// <summary>256 bits: AVX2.</summary>
    Bits256 = 256,

    /// <summary>512 bits: AVX-512.</summary>
    Bits512 = 512,
}

/// <summary>What widths the machine has.</summary>
public static class VectorWidths
{
    /// <summary>The widest that the machine computes in hardware; <see cref="VectorWidth.Scalar"/> if none.</summary>
    public static VectorWidth Widest =>
        Vector512.IsHardwareAccelerated ? VectorWidth.Bits512
        : Vector256.IsHardwareAccelerated ? VectorWidth.Bits256
        : Vector128.IsHardwareAccelerated ? VectorWidth.Bits128
        : VectorWidth.Scalar;

    /// <summary>The widths that the machine computes in hardware, widest first, ending with <see cref="VectorWidth.Scalar"/>.</summary>
    public static IReadOnlyList<VectorWidth> Present
    {
        get
        {
            List<VectorWidth> widths = [];
            if (Vector512.IsHardwareAccelerated)
            {
                widths.Add(VectorWidth.Bits512);
            }

            if (Vector256.IsHardwareAccelerated)
            {
                widths.Add(VectorWidth.Bits256);
            }

            if (Vector128.IsHardwareAccelerated)
            {
                widths.Add(VectorWidth.Bits128);
            }

            widths.Add(VectorWidth.Scalar);
            return widths;
        }
    }
}
