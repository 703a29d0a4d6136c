using System.Runtime.InteropServices;
using GpuSampling.Engines;
using GpuSampling.Random;
#if ILGPU
using GpuSampling.Ilgpu;
#endif

namespace GpuSampling.Cli;

/// <summary>Fills spans with numbers of one distribution on one engine.</summary>
internal sealed class RandomFiller : IDisposable
{
    private readonly string distribution;
    private readonly double[] parameters;
    private readonly Engine engine;
    private readonly RandomFillOptions options;
#if ILGPU
    private readonly DeviceFiller? device;
#endif

    public RandomFiller(string distribution, double[] parameters, string engineName)
    {
        this.distribution = distribution;
        this.parameters = parameters;
        engine = EngineSelection.Open(engineName, threadCount: 0);
        options = engine is SimdEngine simd
            ? new RandomFillOptions { Width = simd.Width, ThreadCount = simd.ThreadCount }
            : RandomFillOptions.Default;
#if ILGPU
        device = engine is IlgpuEngine ilgpu ? new DeviceFiller(ilgpu) : null;
#endif
    }

    public void Dispose() => engine.Dispose();

    /// <summary>Fills a span from a stream; returns the stream after it.</summary>
    public RandomStream Fill<T>(RandomStream stream, Span<T> destination, CancellationToken cancellationToken)
        where T : unmanaged
    {
        try
        {
#if ILGPU
            if (device is not null)
            {
                return device.Fill(stream, destination, distribution, Parameter(0, distribution == "exponential" ? 1 : 0), Parameter(1, 1));
            }
#endif
            return typeof(T) == typeof(uint) ? stream.FillBits(MemoryMarshal.Cast<T, uint>(destination), options, cancellationToken)
                : typeof(T) == typeof(ulong) ? stream.FillBits(MemoryMarshal.Cast<T, ulong>(destination), options, cancellationToken)
                : typeof(T) == typeof(int) ? stream.FillIntegers(MemoryMarshal.Cast<T, int>(destination), Bound(parameters[0]), Bound(parameters[1]), options, cancellationToken)
                : typeof(T) == typeof(float) ? FillReals(stream, MemoryMarshal.Cast<T, float>(destination), cancellationToken)
                : FillReals(stream, MemoryMarshal.Cast<T, double>(destination), cancellationToken);
        }
        catch (ArgumentException fault)
        {
            throw new BadInputException(FaultText.Of(fault));
        }
    }

    /// <summary>A bound of integers.</summary>
    /// <exception cref="BadInputException">Not an integer of 32 bits.</exception>
    internal static int Bound(double parameter) => parameter == Math.Floor(parameter) && Math.Abs(parameter) <= int.MaxValue
        ? (int)parameter
        : throw new BadInputException(FormattableString.Invariant($"A bound is {parameter}; allowed are integers of 32 bits."));

    private RandomStream FillReals(RandomStream stream, Span<float> destination, CancellationToken cancellationToken) => distribution switch
    {
        "uniform" => stream.FillUniform(destination, options, cancellationToken),
        "normal" => stream.FillNormal(destination, (float)Parameter(0, 0), (float)Parameter(1, 1), options, cancellationToken),
        _ => stream.FillExponential(destination, (float)Parameter(0, 1), options, cancellationToken),
    };

    private RandomStream FillReals(RandomStream stream, Span<double> destination, CancellationToken cancellationToken) => distribution switch
    {
        "uniform" => stream.FillUniform(destination, options, cancellationToken),
        "normal" => stream.FillNormal(destination, Parameter(0, 0), Parameter(1, 1), options, cancellationToken),
        _ => stream.FillExponential(destination, Parameter(0, 1), options, cancellationToken),
    };

    private double Parameter(int index, double otherwise) => index < parameters.Length ? parameters[index] : otherwise;
}
