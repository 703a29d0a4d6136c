using System.Globalization;

namespace GpuSampling.Benchmarks.Sampling.Matrix;

/// <summary>The results as tables: a row for each target, a column for each sampler.</summary>
internal static class MatrixMarkdown
{
    private const double WarnedRHat = 1.05;

    /// <summary>Writes them to the console.</summary>
    /// <param name="targets">The rows.</param>
    /// <param name="cells">The runs.</param>
    public static void Write(string[] targets, Dictionary<(string Target, string Sampler, int Bits), MatrixCell> cells)
    {
        MatrixSampler[] samplers = [.. MatrixSampler.All.Where(sampler => cells.Keys.Any(key => key.Sampler == sampler.Name))];
        foreach (int bits in (int[])[32, 64])
        {
            Console.WriteLine();
            Console.WriteLine($"{bits} bits:");
            Console.WriteLine();
            Console.WriteLine($"| target | {string.Join(" | ", samplers.Select(sampler => sampler.Name))} |");
            Console.WriteLine($"|---|{string.Concat(samplers.Select(_ => "---|"))}");
            foreach (string target in targets)
            {
                Console.WriteLine($"| {target} | {string.Join(" | ", samplers.Select(sampler => Cell(cells.GetValueOrDefault((target, sampler.Name, bits)))))} |");
            }
        }

        MatrixCell[] done = [.. cells.Values.Where(cell => cell.State == "done")];
        Console.WriteLine();
        Console.WriteLine($"{done.Length} runs, {done.Sum(cell => cell.Numbers)} numbers, {done.Sum(cell => cell.Beyond)} beyond 4");
    }

    /// <summary>The largest |z|; an R-hat that is warned of in brackets; a dash where the sampler does not apply.</summary>
    private static string Cell(MatrixCell? cell) => cell switch
    {
        null => "",
        { State: "done" } => string.Create(CultureInfo.InvariantCulture, $"{Score(cell.Score)}{(cell.RHat > WarnedRHat ? $" (R-hat {cell.RHat:0.0#})" : "")}"),
        { State: "out of time" or "no start" } => cell.State,
        _ => "–",
    };

    private static string Score(double score) =>
        score < 4 ? score.ToString("0.0", CultureInfo.InvariantCulture) : $"**{score.ToString("0.0", CultureInfo.InvariantCulture)}**";
}
