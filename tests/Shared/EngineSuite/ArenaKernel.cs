using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Transitions;

namespace GpuSampling.TestSupport.EngineSuite;

/// <summary>
/// Touches every kind of memory: state i ← state i + data real i · setting real 0 + data integer i, for two rows; outputs are the
/// chain's index, the two states, and setting integer 0.
/// </summary>
public readonly struct ArenaKernel : IChainKernel
{
    /// <summary>Added to the last output.</summary>
    public int Addend { get; init; }

    public void Run<T, TVector, TOutput, TData>(Word<T> chain, TVector state, TOutput output, TData data, TData settings)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TOutput : struct, IChainVector<TOutput, T>
        where TData : struct, IDataTable<T>
    {
        for (int i = 0; i < 2; i++)
        {
            T sum = T.FusedMultiplyAdd(data.Real(i), settings.Real(0), state[i]);
            state[i] = sum + T.FromInteger(data.Integer(i));
            output[1 + i] = state[i];
        }

        output[0] = T.FromSignedWord(chain & T.WordConstant(0xFFFFFF));
        output[3] = T.FromInteger(settings.Integer(0) + Addend);
    }
}
