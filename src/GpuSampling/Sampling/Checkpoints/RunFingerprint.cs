using System.Runtime.InteropServices;
using System.Security.Cryptography;
using GpuSampling.Kernels.Transitions;

namespace GpuSampling.Sampling;

/// <summary>
/// What a run came to in its warm-up: the hash of the chains' state, of the settings of the launches to come, and of what the model writes
/// of the first chain. A density or a generated quantity that was changed leaves its mark on it, where <see cref="RunIdentity"/> knows names
/// only; the engine leaves none.
/// </summary>
internal static class RunFingerprint
{
    public static byte[] Of(SamplerProgram program)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        program.PrepareSettings(program.Chains.Run.WarmupCount, LaunchLength.Most);
        Append(hash, program.Chains.SettingReals);
        hash.AppendData(MemoryMarshal.AsBytes<int>(program.Chains.SettingIntegers));
        double[] row = new double[program.Chains.Batches.ChainCount];
        for (int i = 0; i < program.Chains.Batches.KeptRows; i++)
        {
            // What the last launch counted depends on its length, and so on the time that launches take.
            if (i != ChainRows.AcceptanceSum && i != ChainRows.DivergenceCount && i != ChainRows.EvaluationCount)
            {
                program.Chains.Batches.ReadRow(i, row);
                Append(hash, row);
            }
        }

        double[] position = new double[program.Chains.Dimension];
        for (int i = 0; i < position.Length; i++)
        {
            program.Chains.Batches.ReadRow(ChainRows.Position + i, row);
            position[i] = row[0];
        }

        Append(hash, program.Chains.Posterior.Constrain(position));
        return hash.GetHashAndReset();
    }

    private static void Append(IncrementalHash hash, double[] values)
    {
        // The bits of a NaN are no result.
        double[] canonical = Array.ConvertAll(values, value => double.IsNaN(value) ? double.NaN : value);
        hash.AppendData(MemoryMarshal.AsBytes<double>(canonical));
    }
}
