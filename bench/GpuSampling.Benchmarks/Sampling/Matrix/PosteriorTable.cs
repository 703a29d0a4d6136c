using System.Globalization;
using System.Runtime.CompilerServices;
using GpuSampling.Engines;
using GpuSampling.Sampling;

namespace GpuSampling.Benchmarks.Sampling.Matrix;

/// <summary>
/// Every target of the reference folder with every sampler, in 32 and 64 bits: the largest difference of any mean or standard deviation
/// from the reference, in standard errors. Runs that a file of results already has are not made again, so that the command can be
/// stopped and called again; it prints the table of all of them at the end.
/// </summary>
internal static class PosteriorTable
{
    private const double Bound = 4;

    /// <param name="file">The file of results, made where it is not there; null: posteriors.tsv here.</param>
    /// <param name="limit">Processor seconds after which a run is stopped; null: 200.</param>
    /// <param name="chosen">Only targets and samplers as "target/sampler/bits", each part of a name or empty; "none" prints the table.</param>
    public static int Run(string? file, string? limit, string? chosen)
    {
        file ??= "posteriors.tsv";
        double seconds = double.Parse(limit ?? "200", CultureInfo.InvariantCulture);
        string? root = Path.GetDirectoryName(GeneratedModels.FindReferences());
        if (root is null)
        {
            Console.WriteLine("The targets were not found in ../shared/reference.");
            return 0;
        }

        ReferenceTarget?[] targets = new ReferenceTarget?[ReferenceTarget.All(root).Count()];
        foreach ((MatrixSampler sampler, int bits) in MatrixSampler.InOrder)
        {
            int index = -1;
            foreach ((string name, Func<ReferenceTarget> make) in ReferenceTarget.All(root))
            {
                index++;
                if (!IsChosen(chosen, name, sampler.Name, bits) || MatrixCell.Read(file).ContainsKey((name, sampler.Name, bits)))
                {
                    continue;
                }

                ReferenceTarget target = targets[index] ??= make();
                MatrixRun run = sampler.Make(target);
                MatrixCell cell = run.Sampler is null
                    ? new(name, sampler.Name, bits, run.Reason, 0, 0, double.NaN, "", 0, double.NaN, double.NaN, 0)
                    : bits == 32 ? Cell<float>(target, sampler.Name, run, seconds) : Cell<double>(target, sampler.Name, run, seconds);
                cell.AppendTo(file);
                Console.WriteLine(cell.ToLine());
            }
        }

        MatrixMarkdown.Write([.. ReferenceTarget.All(root).Select(one => one.Name)], MatrixCell.Read(file));
        return 0;
    }

    private static MatrixCell Cell<TElement>(ReferenceTarget target, string sampler, MatrixRun run, double limit)
        where TElement : unmanaged, IConvertible
    {
        int bits = 8 * Unsafe.SizeOf<TElement>();
        using SimdEngine engine = new();
        using CancellationTokenSource source = new();
        TimeSpan began = Environment.CpuUsage.TotalTime;
        using Timer timer = new(
            _ =>
            {
                if (Used() > limit)
                {
                    source.Cancel();
                }
            },
            null,
            500,
            500);
        try
        {
            KeptDraws<TElement> draws = new();
            SamplingResult result = run.Sampler!.Sample(target.Posterior, run.Options, engine, draws, null, source.Token);
            if (!result.IsComplete)
            {
                return Failed("out of time");
            }

            double used = Used();
            (double Score, string Name)[] scores = MomentScores.Of(target.Reference, draws, run.Coupled);
            (double score, string name) = scores.MaxBy(one => double.IsNaN(one.Score) ? double.PositiveInfinity : one.Score);
            return new(
                target.Name,
                sampler,
                bits,
                "done",
                scores.Length,
                scores.Count(one => !(one.Score < Bound)),
                score,
                name,
                result.DivergenceCount,
                result.Summarize(draws).LargestRHat,
                result.DensityError,
                used);
        }
        catch (OperationCanceledException)
        {
            return Failed("out of time");
        }
        catch (InitializationException)
        {
            return Failed("no start");
        }

        double Used() => (Environment.CpuUsage.TotalTime - began).TotalSeconds;

        MatrixCell Failed(string state) => new(target.Name, sampler, bits, state, 0, 0, double.NaN, "", 0, double.NaN, double.NaN, Used());
    }

    private static bool IsChosen(string? chosen, string target, string sampler, int bits)
    {
        string[] parts = (chosen ?? "//").Split('/');
        return parts.Length == 3 && target.Contains(parts[0], StringComparison.Ordinal) && (parts[1].Length == 0 || sampler == parts[1])
            && bits.ToString(CultureInfo.InvariantCulture).Contains(parts[2], StringComparison.Ordinal);
    }
}
