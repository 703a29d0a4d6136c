#if ILGPU
using GpuSampling.Ilgpu;
using GpuSampling.Ilgpu.Random;
using GpuSampling.Random;
using ILGPU;
using ILGPU.Runtime;

namespace GpuSampling.Cli;

/// <summary>Fills device memory with random numbers and copies them to the host.</summary>
internal sealed class DeviceFiller(IlgpuEngine engine)
{
    private readonly DeviceRandom random = new(engine.Accelerator);

    /// <summary>Fills a span from a stream; returns the stream after it.</summary>
    public RandomStream Fill<T>(RandomStream stream, Span<T> destination, string distribution, double first, double second)
        where T : unmanaged
    {
        using MemoryBuffer1D<T, Stride1D.Dense> buffer = engine.Accelerator.Allocate1D<T>(destination.Length);
        ArrayView<T> view = buffer.View;
        RandomStream after =
            typeof(T) == typeof(uint) ? random.FillBits(stream, view.Cast<uint>())
            : typeof(T) == typeof(ulong) ? random.FillBits(stream, view.Cast<ulong>())
            : typeof(T) == typeof(int) ? random.FillIntegers(stream, view.Cast<int>(), RandomFiller.Bound(first), RandomFiller.Bound(second))
            : typeof(T) == typeof(float) ? FillReals(stream, view.Cast<float>(), distribution, (float)first, (float)second)
            : FillReals(stream, view.Cast<double>(), distribution, first, second);
        engine.Accelerator.Synchronize();
        view.CopyToCPU(engine.Accelerator.DefaultStream, destination);
        return after;
    }

    private RandomStream FillReals(RandomStream stream, ArrayView<float> view, string distribution, float first, float second) => distribution switch
    {
        "uniform" => random.FillUniform(stream, view),
        "normal" => random.FillNormal(stream, view, first, second),
        _ => random.FillExponential(stream, view, first),
    };

    private RandomStream FillReals(RandomStream stream, ArrayView<double> view, string distribution, double first, double second) => distribution switch
    {
        "uniform" => random.FillUniform(stream, view),
        "normal" => random.FillNormal(stream, view, first, second),
        _ => random.FillExponential(stream, view, first),
    };
}
#endif
