using GpuSampling.Ilgpu.Arithmetic;
using GpuSampling.Kernels.Lanes;
using ILGPU;

namespace GpuSampling.Ilgpu;

/// <summary>The lane types in kernels of one's own.</summary>
public static class LaneTypes
{
    /// <summary>
    /// Makes <see cref="Float32"/>, <see cref="Float64"/> and all that is written over them (elementary functions, streams,
    /// variates) usable in the kernels of an ILGPU context, with the same bits as on the host.
    /// </summary>
    /// <param name="builder">The builder of the context.</param>
    /// <returns>The builder.</returns>
    public static Context.Builder UseLaneTypes(this Context.Builder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.UseLaneInstructions();
    }
}
