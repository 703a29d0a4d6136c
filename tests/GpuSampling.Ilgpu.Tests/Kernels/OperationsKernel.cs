using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Transitions;

namespace GpuSampling.Ilgpu.Tests.Kernels;

/// <summary>Every operation of the lane types, on the chain's first three state elements; each result in an output of its own.</summary>
internal readonly struct OperationsKernel : IChainKernel
{
    public const int InputCount = 3;
    public const int OutputCount = 44;

    public void Run<T, TVector, TOutput, TData>(Word<T> chain, TVector state, TOutput output, TData data, TData settings)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TOutput : struct, IChainVector<TOutput, T>
        where TData : struct, IDataTable<T>
    {
        T a = state[0];
        T b = state[1];
        T c = state[2];
        output[0] = a + b;
        output[1] = a - b;
        output[2] = a * b;
        output[3] = a / b;
        output[4] = -a;
        output[5] = T.FusedMultiplyAdd(a, b, c);
        output[6] = T.FusedNegatedMultiplyAdd(a, b, c);
        output[7] = T.FusedMultiplySubtract(a, b, c);
        output[8] = T.Sqrt(a);
        output[9] = T.Abs(a);
        output[10] = T.Floor(a);
        output[11] = T.RoundToEven(a);
        output[12] = T.Min(a, b);
        output[13] = T.Max(a, b);
        output[14] = T.Select(a < b, T.One, T.Constant(2));
        output[15] = T.Select(a <= b, T.One, T.Constant(2));
        output[16] = T.Select(a > b, T.One, T.Constant(2));
        output[17] = T.Select(a >= b, T.One, T.Constant(2));
        output[18] = T.Select(T.AreEqual(a, b), T.One, T.Constant(2));
        output[19] = T.Select(T.Zero < a, a, b);
        output[20] = T.Select(!(a < T.One), a, b);
        output[21] = T.Select((a < b) & (b < c), a, b);
        output[22] = T.Select((a < b) | (b < c), a, b);
        output[23] = T.Select(!((a < b) & !(b < c)), a, b);

        // Constants that a compiler may re-associate: ((a · 3) · 0.1) + 0.1 + 0.2.
        output[24] = (((a * T.Constant(3)) * T.Constant(0.1)) + T.Constant(0.1)) + T.Constant(0.2);

        // A product and a sum that a compiler may contract, and a difference that shows it.
        output[25] = (a * b) - (a * b);
        output[26] = ((a + b) - a) - b;

        Word<T> u = T.ToBits(a);
        Word<T> v = T.ToBits(b);
        output[27] = T.FromBits(u + v);
        output[28] = T.FromBits(u - v);
        output[29] = T.FromBits(u & T.WordConstant(0xFFFFFFFF));
        output[30] = T.FromBits(u | v);
        output[31] = T.FromBits(u ^ v);
        output[32] = T.FromBits(T.ExclusiveOr(u, v, chain));
        output[33] = T.FromBits(u << 7);
        output[34] = T.FromBits(u >>> 9);
        output[35] = T.FromBits(T.KeepLow32(T.RotateLeft32(u, 13)));
        output[36] = T.FromBits(T.KeepLow32(T.MultiplyWide32(u, 0xD2511F53).High));
        output[37] = T.FromBits(T.KeepLow32(T.MultiplyWide32(u, v).Low));
        output[38] = T.Select(T.LessThan(u, v), T.One, T.Constant(2));
        output[39] = T.FromBits(T.Select(T.AreEqual(u, T.WordConstant(0xFFC00001)), T.WordConstant(0x7FC00123), T.WordConstant(0x7F800001)));
        output[40] = T.FromSignedWord((u >>> 12) - T.WordConstant(1000));
        output[41] = T.FromInteger(data.Integer(0)) * data.Real(1);
        output[42] = settings.Real(0) + T.FromInteger(settings.Integer(1));

        // A loop whose length differs between lanes, and memory that is read after it was written.
        T x = T.Abs(a);
        T count = T.Zero;
        Mask<T> active = x > T.One;
        for (int i = 0; i < 40 && T.Any(active); i++)
        {
            x = T.Select(active, x * T.Constant(0.5), x);
            count = T.Select(active, count + T.One, count);
            active = active & (x > T.One);
        }

        state[0] = x;
        TVector rest = state.Slice(1);
        rest[0] = count;
        output[43] = state[1] + state[0];
    }
}
