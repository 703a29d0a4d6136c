using System.Collections.Concurrent;
using System.Globalization;
using GpuSampling.Engines;
using GpuSampling.Ilgpu.Devices;
using GpuSampling.Ilgpu.Launching;
using GpuSampling.Ilgpu.Memory;
using GpuSampling.Ilgpu.Random;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Transitions;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace GpuSampling.Ilgpu;

/// <summary>
/// The engine on one device that ILGPU drives: a GPU through CUDA or OpenCL, or ILGPU's simulation of one. A thread runs a
/// chain. Kernels are compiled and loaded once per kernel and precision; launches do not wait for one another on the host.
/// </summary>
public sealed class IlgpuEngine : Engine
{
    // Large enough to hide a block's end, small enough to spread few chains over many multiprocessors.
    private const int PreferredGroupSize = 64;

    private readonly Context context;
    private readonly ConcurrentDictionary<(Type Kernel, Type Lane), Delegate> launchers = new();
    private readonly long budget;

    private IlgpuEngine(Context context, DeviceDescription device, Accelerator accelerator)
    {
        this.context = context;
        Device = device;
        Accelerator = accelerator;
        Random = new DeviceRandom(accelerator);
        GroupSize = Math.Min(PreferredGroupSize, accelerator.MaxNumThreadsPerGroup);
        (budget, LargestBuffer) = MeasureMemory(accelerator);
    }

    /// <summary>The device.</summary>
    public DeviceDescription Device { get; }

    /// <inheritdoc/>
    public override string Name => Device.EngineName;

    /// <inheritdoc/>
    public override string Description => Device.ToString();

    /// <inheritdoc/>
    /// <remarks>
    /// Nine tenths of the memory that was free on the device when the engine was opened, and for OpenCL no more than one buffer
    /// may take, unless <see cref="MemoryLimit"/> says otherwise.
    /// </remarks>
    public override long MemoryBudget => MemoryLimit ?? budget;

    /// <summary>The bytes that arenas may take; null: as <see cref="MemoryBudget"/> says.</summary>
    public long? MemoryLimit { get; init; }

    /// <inheritdoc/>
    public override int ChainBlock => DeviceVector<Float32>.BlockSize;

    /// <summary>ILGPU's accelerator, for buffers and kernels of one's own; owned by the engine.</summary>
    public Accelerator Accelerator { get; }

    /// <summary>Random numbers in the device's memory.</summary>
    public DeviceRandom Random { get; }

    /// <summary>The threads that are scheduled together.</summary>
    internal int GroupSize { get; }

    /// <summary>The bytes that one buffer may take.</summary>
    internal long LargestBuffer { get; }

    /// <summary>Opens an engine by its name.</summary>
    /// <param name="name"><c>cuda</c>, <c>opencl</c> (each with <c>:0</c>, <c>:1</c>, … for a certain device) or <c>ilgpu-cpu</c>.</param>
    /// <returns>The engine, owned by the caller.</returns>
    /// <exception cref="ArgumentException">Not such a name.</exception>
    /// <exception cref="EngineNotAvailableException">The device is not there; the message says what is missing.</exception>
    public static IlgpuEngine Open(string name) => Open(name, memoryLimit: null);

    /// <summary>Opens an engine by its name, with a limit of memory.</summary>
    /// <param name="name">As for <see cref="Open(string)"/>.</param>
    /// <param name="memoryLimit">The bytes that arenas may take; null: as <see cref="MemoryBudget"/> says.</param>
    /// <returns>The engine, owned by the caller.</returns>
    /// <exception cref="ArgumentException">Not such a name.</exception>
    /// <exception cref="EngineNotAvailableException">The device is not there; the message says what is missing.</exception>
    public static IlgpuEngine Open(string name, long? memoryLimit)
    {
        if (!TryParse(name, out DeviceKind kind, out int index))
        {
            throw new ArgumentException($"'{name}' is no engine of this kind. Allowed: cuda, cuda:N, opencl, opencl:N, ilgpu-cpu.", nameof(name));
        }

        DeviceSurvey survey = DeviceSurvey.Take();
        DeviceDescription device = Choose(survey, name, kind, index);
        Context context = DeviceSurvey.CreateContext();
        try
        {
            return new IlgpuEngine(context, device, CreateAccelerator(context, device)) { MemoryLimit = memoryLimit };
        }
        catch
        {
            context.Dispose();
            throw;
        }
    }

    /// <summary>Whether a name is of the form that <see cref="Open(string)"/> takes, whether or not the device is there.</summary>
    /// <param name="name">Any text.</param>
    public static bool IsEngineName(string? name) => TryParse(name, out _, out _);

    /// <inheritdoc/>
    public override ChainArena CreateArena(ChainArenaLayout layout)
    {
        CheckMemory(layout);
        return layout.Precision switch
        {
            Precision.Single => new IlgpuArena<Float32, float>(this, layout),
            Precision.Double => new IlgpuArena<Float64, double>(this, layout),
            _ => throw new ArgumentOutOfRangeException(nameof(layout), layout.Precision, "Allowed: Single and Double."),
        };
    }

    /// <summary>The launcher of a kernel, compiled on first use.</summary>
    internal Action<AcceleratorStream, Index1D, TKernel, ArenaMemory<T>, uint> LauncherOf<TKernel, T>()
        where TKernel : struct, IChainKernel
        where T : unmanaged, IReal<T>
        => (Action<AcceleratorStream, Index1D, TKernel, ArenaMemory<T>, uint>)launchers.GetOrAdd(
            (typeof(TKernel), typeof(T)),
            static (_, engine) => engine.Load<TKernel, T>(),
            this);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            launchers.Clear();
            Accelerator.Dispose();
            context.Dispose();
        }

        base.Dispose(disposing);
    }

    private Action<AcceleratorStream, Index1D, TKernel, ArenaMemory<T>, uint> Load<TKernel, T>()
        where TKernel : struct, IChainKernel
        where T : unmanaged, IReal<T>
    {
        KernelTypes.CheckVisible(typeof(TKernel));
        return Accelerator.LoadImplicitlyGroupedKernel<Index1D, TKernel, ArenaMemory<T>, uint>(ChainKernelEntry.Run<TKernel, T>, GroupSize);
    }

    private static bool TryParse(string? name, out DeviceKind kind, out int index)
    {
        index = 0;
        foreach (DeviceKind candidate in Enum.GetValues<DeviceKind>())
        {
            kind = candidate;
            string prefix = DeviceDescription.PrefixOf(kind);
            if (name == prefix)
            {
                return true;
            }

            if (kind != DeviceKind.SimulatedGpu
                && name is not null
                && name.StartsWith(prefix + ":", StringComparison.Ordinal)
                && int.TryParse(name.AsSpan(prefix.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out index))
            {
                return true;
            }
        }

        kind = default;
        return false;
    }

    private static DeviceDescription Choose(DeviceSurvey survey, string name, DeviceKind kind, int index)
    {
        if (survey.Missing.TryGetValue(kind, out string? reason))
        {
            throw new EngineNotAvailableException(name, reason);
        }

        // Without a number the first device that can be used is meant.
        bool isNumbered = name.Contains(':', StringComparison.Ordinal);
        DeviceDescription? device = survey.Devices.FirstOrDefault(candidate => candidate.Kind == kind && (!isNumbered || candidate.Index == index));
        if (device is not null)
        {
            return device;
        }

        DeviceDescription? refused = survey.Refused.FirstOrDefault(candidate => candidate.Kind == kind && candidate.Index == index);
        string present = string.Join(", ", survey.Devices.Where(candidate => candidate.Kind == kind).Select(candidate => $"{candidate.EngineName} ({candidate.Name})"));
        throw new EngineNotAvailableException(name, refused?.Objection ?? $"there is no such device; this machine has {present}.");
    }

    private static Accelerator CreateAccelerator(Context context, DeviceDescription device) => device.Kind switch
    {
        DeviceKind.Cuda => context.CreateCudaAccelerator(device.Index),
        DeviceKind.OpenCl => context.CreateCLAccelerator(device.Index),
        _ => context.GetCPUDevice(0).CreateCPUAccelerator(context, CPUAcceleratorMode.Parallel),
    };

    private static (long Budget, long LargestBuffer) MeasureMemory(Accelerator accelerator)
    {
        switch (accelerator)
        {
            case CudaAccelerator:
                accelerator.Bind();
                CudaException.ThrowIfFailed(CudaAPI.CurrentAPI.GetMemoryInfo(out long free, out long _));
                return (free / 10 * 9, free);
            case CLAccelerator openCl:
                long largest = OpenClQueries.LargestBuffer(openCl.Device);
                return (Math.Min(accelerator.MemorySize / 10 * 9, largest), largest);
            default:
                long available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
                return (available / 4 * 3, available);
        }
    }
}
