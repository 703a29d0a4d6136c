using System.Runtime.InteropServices;
using GpuSampling.Ilgpu.Random;
using GpuSampling.Random;
using ILGPU;
using ILGPU.Runtime;

#pragma warning disable xUnit1051 // these fills take microseconds: nothing to cancel

namespace GpuSampling.Ilgpu.Tests;

/// <summary>Fills of device memory give the bits of fills of host memory.</summary>
public class DeviceFillTests
{
    // A position within a block, and an index that makes the memory misaligned.
    private static readonly (ulong Position, int Index, int Length)[] Places =
    [
        (0, 0, 4096), (0, 0, 3), (0, 0, 5), (8, 4, 1001), (6, 0, 1001), (6, 2, 1001), (3, 3, 777), (1, 1, 1),
    ];

    private static readonly Dictionary<string, Fill> Kinds = new()
    {
        ["bits"] = new Fill<uint>((stream, host) => stream.FillBits(host), (random, stream, view) => random.FillBits(stream, view)),
        ["bits64"] = new Fill<ulong>((stream, host) => stream.FillBits(host), (random, stream, view) => random.FillBits(stream, view)),
        ["uniform"] = new Fill<float>((stream, host) => stream.FillUniform(host), (random, stream, view) => random.FillUniform(stream, view)),
        ["uniform64"] = new Fill<double>((stream, host) => stream.FillUniform(host), (random, stream, view) => random.FillUniform(stream, view)),
        ["normal"] = new Fill<float>((stream, host) => stream.FillNormal(host), (random, stream, view) => random.FillNormal(stream, view)),
        ["normal64"] = new Fill<double>((stream, host) => stream.FillNormal(host), (random, stream, view) => random.FillNormal(stream, view)),
        ["normal(2, 3)"] = new Fill<float>((stream, host) => stream.FillNormal(host, 2, 3), (random, stream, view) => random.FillNormal(stream, view, 2, 3)),
        ["normal64(-2, 0.1)"] = new Fill<double>(
            (stream, host) => stream.FillNormal(host, -2, 0.1), (random, stream, view) => random.FillNormal(stream, view, -2, 0.1)),
        ["exponential"] = new Fill<float>((stream, host) => stream.FillExponential(host), (random, stream, view) => random.FillExponential(stream, view)),
        ["exponential64(4)"] = new Fill<double>(
            (stream, host) => stream.FillExponential(host, 4), (random, stream, view) => random.FillExponential(stream, view, 4)),
        ["integers(-3, 7)"] = new Fill<int>(
            (stream, host) => stream.FillIntegers(host, -3, 7), (random, stream, view) => random.FillIntegers(stream, view, -3, 7)),
        ["integers of 3·2^30"] = new Fill<int>(
            (stream, host) => stream.FillIntegers(host, int.MinValue, 0x40000000), (random, stream, view) => random.FillIntegers(stream, view, int.MinValue, 0x40000000)),
    };

    public static TheoryData<string, string> EnginesAndKinds
    {
        get
        {
            TheoryData<string, string> data = [];
            foreach (string engine in Support.Engines.Names.Select(row => row.Data))
            {
                foreach (string kind in Kinds.Keys)
                {
                    data.Add(engine, kind);
                }
            }

            return data;
        }
    }

    public static TheoryData<string> EngineNames => Support.Engines.Names;

    [Theory]
    [MemberData(nameof(EnginesAndKinds))]
    public void A_device_fill_gives_the_bits_of_a_host_fill(string engineName, string kind)
    {
        IlgpuEngine engine = Support.Engines.OpenOrSkip(engineName);
        foreach ((ulong position, int index, int length) in Places)
        {
            Kinds[kind].Check(engine, new RandomStream(0xDEADBEEF12345678, 77).Seek(position), index, length);
        }

        // Over the end of a row of 2³² blocks.
        Kinds[kind].Check(engine, new RandomStream(3) { Purpose = (GpuSampling.Kernels.Streams.StreamPurpose)200 }.Seek((1ul << 34) - 40), 0, 100);
    }

    [Theory]
    [MemberData(nameof(EngineNames))]
    public void A_fill_in_pieces_is_the_fill_in_one(string engineName)
    {
        IlgpuEngine engine = Support.Engines.OpenOrSkip(engineName);
        const int Length = 3001;
        float[] whole = new float[Length];
        new RandomStream(5).FillNormal(whole);
        using MemoryBuffer1D<float, Stride1D.Dense> buffer = engine.Accelerator.Allocate1D<float>(Length);
        RandomStream stream = new(5);
        System.Random cuts = new(20260419);
        for (int done = 0; done < Length;)
        {
            int count = Math.Min(cuts.Next(1, 300), Length - done);
            stream = engine.Random.FillNormal(stream, buffer.View.BaseView.SubView(done, count));
            done += count;
        }

        Assert.Equal(whole, buffer.GetAsArray1D());
        Assert.Equal((ulong)Length, stream.Position);
    }

    [Fact]
    public void A_fill_beyond_the_stream_is_refused()
    {
        using IlgpuEngine engine = IlgpuEngine.Open("ilgpu-cpu");
        using MemoryBuffer1D<float, Stride1D.Dense> buffer = engine.Accelerator.Allocate1D<float>(4);
        RandomStream end = new RandomStream(1).Seek(RandomStream.PositionLimit - 3);

        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(() => engine.Random.FillUniform(end, buffer.View.BaseView));

        Assert.Equal("destination", exception.ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(() => engine.Random.FillNormal(new RandomStream(1), buffer.View.BaseView, float.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => engine.Random.FillExponential(new RandomStream(1), buffer.View.BaseView, 0));
    }

    private abstract class Fill
    {
        public abstract void Check(IlgpuEngine engine, RandomStream stream, int index, int length);
    }

    private sealed class Fill<TElement>(HostFill<TElement> onHost, DeviceFill<TElement> onDevice) : Fill
        where TElement : unmanaged
    {
        public override void Check(IlgpuEngine engine, RandomStream stream, int index, int length)
        {
            TElement[] expected = new TElement[length];
            RandomStream hostEnd = onHost(stream, expected);
            using MemoryBuffer1D<TElement, Stride1D.Dense> buffer = engine.Accelerator.Allocate1D<TElement>(index + length + 5);
            buffer.MemSetToZero();

            RandomStream deviceEnd = onDevice(engine.Random, stream, buffer.View.BaseView.SubView(index, length));

            ReadOnlySpan<byte> actual = MemoryMarshal.AsBytes<TElement>(buffer.GetAsArray1D());
            int size = Marshal.SizeOf<TElement>();
            Assert.Equal(Convert.ToHexString(MemoryMarshal.AsBytes<TElement>(expected)), Convert.ToHexString(actual.Slice(index * size, length * size)));
            Assert.Equal(hostEnd, deviceEnd);
            Assert.DoesNotContain(actual[..(index * size)].ToArray(), value => value != 0);
            Assert.DoesNotContain(actual[((index + length) * size)..].ToArray(), value => value != 0);
        }
    }

    private delegate RandomStream HostFill<TElement>(RandomStream stream, Span<TElement> host);

    private delegate RandomStream DeviceFill<TElement>(DeviceRandom random, RandomStream stream, ArrayView<TElement> view)
        where TElement : unmanaged;
}
