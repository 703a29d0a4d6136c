using GpuSampling.Kernels.Models;
using GpuSampling.Modeling;

namespace GpuSampling.Pathfinding;

/// <summary>
/// Approximates a posterior by normal distributions found on the way uphill, and draws from them by importance resampling: Zhang,
/// Carpenter, Gelman and Vehtari, Pathfinder: Parallel quasi-Newton variational inference, Journal of Machine Learning Research 23 (2022),
/// algorithms 1 and 2.
/// </summary>
/// <remarks>
/// Orders of magnitude cheaper than a warm-up. Good starts for chains; answers of their own only as far as
/// <see cref="PathfinderResult.ParetoShape"/> says. It computes on the host in 64 bits, a path on each core: what it finds depends on no engine.
/// </remarks>
public static class Pathfinder
{
    /// <summary>Approximates a posterior.</summary>
    /// <param name="posterior">Which.</param>
    /// <param name="options">How; null: the defaults.</param>
    /// <param name="progress">Told the number of paths done.</param>
    /// <param name="cancellationToken">Observed between steps.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static PathfinderResult Approximate(
        Posterior posterior, PathfinderOptions? options = null, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(posterior);
        options ??= new PathfinderOptions();
        PathfinderPath[] paths = new PathfinderPath[options.PathCount];
        int done = 0;
        ParallelOptions parallel = new()
        {
            CancellationToken = cancellationToken,
            MaxDegreeOfParallelism = options.Threads == 0 ? Environment.ProcessorCount : options.Threads,
        };
        Parallel.For(0, paths.Length, parallel, path =>
        {
            paths[path] = new SinglePath(posterior.Accept(new HostDensity()), options, path, cancellationToken).Run();
            progress?.Report(Interlocked.Increment(ref done));
        });
        return new PathfinderResult(posterior, options, paths);
    }

    private sealed class HostDensity : IPosteriorVisitor<IHostDensity>
    {
        public IHostDensity Visit<TModel>(Posterior<TModel> posterior)
            where TModel : struct, IModel => new HostEvaluation<TModel>(posterior);
    }
}
