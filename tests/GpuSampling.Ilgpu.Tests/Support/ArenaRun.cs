using GpuSampling.Engines;
using GpuSampling.Kernels.Transitions;

namespace GpuSampling.Ilgpu.Tests.Support;

/// <summary>One launch of a kernel, with all that it leaves behind as bits.</summary>
internal static class ArenaRun
{
    /// <summary>Writes the state, launches once and reads everything.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="precision">The precision.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="chainCount">The chains.</param>
    /// <param name="state">[row][chain], the initial state; its length gives the rows.</param>
    /// <param name="outputLength">The outputs per chain.</param>
    /// <param name="dataReals">The real data.</param>
    /// <param name="dataIntegers">The integer data.</param>
    /// <param name="settings">The real settings.</param>
    /// <param name="settingIntegers">The integer settings.</param>
    /// <param name="firstChain">The first chain.</param>
    /// <returns>The bits of outputs, then of the final state, each [row][chain].</returns>
    public static ulong[] Bits<TKernel>(
        Engine engine,
        Precision precision,
        TKernel kernel,
        int chainCount,
        double[] state,
        int outputLength,
        double[]? dataReals = null,
        int[]? dataIntegers = null,
        double[]? settings = null,
        int[]? settingIntegers = null,
        long firstChain = 0)
        where TKernel : struct, IChainKernel
    {
        int stateLength = state.Length / chainCount;
        using ChainArena arena = engine.CreateArena(new ChainArenaLayout
        {
            Precision = precision,
            FirstChain = firstChain,
            ChainCount = chainCount,
            StateLength = stateLength,
            OutputLength = outputLength,
            DataReals = dataReals ?? [],
            DataIntegers = dataIntegers ?? [],
            SettingRealCount = settings?.Length ?? 0,
            SettingIntegerCount = settingIntegers?.Length ?? 0,
        });
        arena.WriteSettings(settings ?? [], settingIntegers ?? []);
        arena.WriteState(0, stateLength, state);
        arena.Launch(kernel, TestContext.Current.CancellationToken);
        ulong[] bits = new ulong[(outputLength + stateLength) * chainCount];
        for (int row = 0; row < outputLength; row++)
        {
            Span<ulong> target = bits.AsSpan(row * chainCount, chainCount);
            if (precision == Precision.Single)
            {
                float[] values = new float[chainCount];
                arena.ReadOutputRow<float>(row, values);
                for (int i = 0; i < chainCount; i++)
                {
                    target[i] = BitConverter.SingleToUInt32Bits(values[i]);
                }
            }
            else
            {
                double[] values = new double[chainCount];
                arena.ReadOutputRow<double>(row, values);
                for (int i = 0; i < chainCount; i++)
                {
                    target[i] = BitConverter.DoubleToUInt64Bits(values[i]);
                }
            }
        }

        double[] final = new double[state.Length];
        arena.ReadState(0, stateLength, final);
        for (int i = 0; i < final.Length; i++)
        {
            bits[(outputLength * chainCount) + i] = BitConverter.DoubleToUInt64Bits(final[i]);
        }

        return bits;
    }

    /// <summary>The same bits for every NaN: IEEE leaves a NaN's sign and payload open, and processors differ.</summary>
    public static ulong MergeNotANumber(ulong bits, Precision precision) => precision == Precision.Single
        ? (float.IsNaN(BitConverter.UInt32BitsToSingle((uint)bits)) ? 0x7FC00000 : bits)
        : (double.IsNaN(BitConverter.UInt64BitsToDouble(bits)) ? 0x7FF8000000000000 : bits);
}
