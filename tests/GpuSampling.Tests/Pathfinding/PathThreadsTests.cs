using GpuSampling.Engines;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Streams;
using GpuSampling.Modeling;
using GpuSampling.Sampling;
using GpuSampling.TestSupport;

namespace GpuSampling.Tests.Pathfinding;

/// <summary>Paths that find starts keep to the threads of the engine.</summary>
public sealed class PathThreadsTests
{
    private static int running;
    private static int most;
    private static int calls;

    /// <summary>The first thirty gradients take a millisecond each, so that paths side by side are seen.</summary>
    [Fact]
    public void An_engine_of_one_thread_has_paths_one_after_another()
    {
        Posterior<WatchedModel> posterior = new("watched", new WatchedModel(), ModelData.Empty, new OutputShape("x", 2), new OutputShape("u"));
        using SimdEngine engine = new(VectorWidth.Widest, 1);
        RunOptions run = new() { ChainCount = 4, WarmupCount = 2, DrawCount = 1, Starts = new PathfinderStarts() };
        new HamiltonianMonteCarloSampler().Sample<double>(posterior, run, engine, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(calls > 30);
        Assert.Equal(1, most);
    }

    /// <summary>Two Gumbel variables, whose gradients are counted while they are computed.</summary>
    private readonly struct WatchedModel : IModel
    {
        private static readonly GumbelModel Inner = new(2);

        public int Dimension => 2;

        public int OutputCount => 3;

        public int DataTermCount => 0;

        public int ScratchLength => 2;

        public T LogPrior<T, TVector, TData>(TVector position, TVector scratch, TData data)
            where T : struct, IReal<T>
            where TVector : struct, IChainVector<TVector, T>
            where TData : struct, IDataTable<T> => Inner.LogPrior<T, TVector, TData>(position, scratch, data);

        public T LogPriorGradient<T, TVector, TData>(TVector position, TVector gradient, TVector scratch, TData data)
            where T : struct, IReal<T>
            where TVector : struct, IChainVector<TVector, T>
            where TData : struct, IDataTable<T>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            if (Interlocked.Increment(ref calls) <= 30)
            {
                Thread.Sleep(1);
            }

            T density = Inner.LogPriorGradient<T, TVector, TData>(position, gradient, scratch, data);
            Interlocked.Decrement(ref running);
            return density;
        }

        public T LogLikelihood<T, TVector, TData>(TVector position, TVector scratch, TData data, int firstTerm, int termCount)
            where T : struct, IReal<T>
            where TVector : struct, IChainVector<TVector, T>
            where TData : struct, IDataTable<T> => T.Zero;

        public T LogLikelihoodGradient<T, TVector, TData>(
            TVector position, TVector gradient, TVector scratch, TData data, int firstTerm, int termCount)
            where T : struct, IReal<T>
            where TVector : struct, IChainVector<TVector, T>
            where TData : struct, IDataTable<T> => T.Zero;

        public void WriteOutputs<T, TVector, TOutput, TData>(
            TVector position, TOutput outputs, TVector scratch, TData data, StreamAddress<T> random)
            where T : struct, IReal<T>
            where TVector : struct, IChainVector<TVector, T>
            where TOutput : struct, IChainVector<TOutput, T>
            where TData : struct, IDataTable<T> => Inner.WriteOutputs(position, outputs, scratch, data, random);
    }
}
