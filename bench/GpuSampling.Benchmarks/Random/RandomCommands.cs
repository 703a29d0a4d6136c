using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using GpuSampling.Benchmarks.Random.Quality;

namespace GpuSampling.Benchmarks.Random;

/// <summary>Commands about random streams that are no benchmarks of BenchmarkDotNet.</summary>
internal static class RandomCommands
{
    /// <summary>Runs the command that the arguments name.</summary>
    /// <returns>The exit code, or null if they name none.</returns>
    public static int? TryRun(string[] args) => args.FirstOrDefault() switch
    {
        "words" => Words(args),
        "quality" => Quality(args),
        "fill-speed" => FillSpeed.Run(),
        _ => null,
    };

    /// <summary>words --layout L --seed S [--count N]: raw words on standard output, without end unless a count is given.</summary>
    private static int Words(string[] args)
    {
        IWordSource source = WordSources.Create(Option(args, "--layout", "single"), ulong.Parse(Option(args, "--seed", "0")));
        long count = long.Parse(Option(args, "--count", long.MaxValue.ToString(CultureInfo.InvariantCulture)));
        // The console's own stream swallows the fault of a closed pipe, and the words would go on without end.
        using FileStream output = new(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, 0);
        uint[] buffer = new uint[1 << 16];
        try
        {
            for (long done = 0; done < count; done += buffer.Length)
            {
                source.Fill(buffer);
                output.Write(MemoryMarshal.AsBytes(buffer.AsSpan(0, (int)Math.Min(buffer.Length, count - done))));
            }
        }
        catch (IOException)
        {
            // The reader has enough.
        }

        return 0;
    }

    /// <summary>quality [--layout L] [--seed S] [--scale N]: the battery on one layout or all, and on the generators that must fail.</summary>
    private static int Quality(string[] args)
    {
        string only = Option(args, "--layout", "all");
        ulong seed = ulong.Parse(Option(args, "--seed", "1"));
        int scale = int.Parse(Option(args, "--scale", "1"));
        bool asExpected = true;
        foreach (string layout in WordSources.Layouts.Concat(WordSources.WeakGenerators).Where(name => only == "all" || only == name))
        {
            bool weak = WordSources.WeakGenerators.Contains(layout);
            Console.WriteLine($"### {layout}, seed {seed}, scale {scale}{(weak ? " (must fail)" : "")}");
            Console.WriteLine();
            Console.WriteLine("| test | statistic | p | |");
            Console.WriteLine("|---|---|---|---|");
            int failures = 0;
            foreach (TestOutcome outcome in new Battery(WordSources.Create(layout, seed), scale).Run())
            {
                bool failed = outcome.Probability < Battery.Failure;
                failures += failed ? 1 : 0;
                Console.WriteLine($"| {outcome.Test} | {outcome.Statistic} | {outcome.Probability:G3} | {(failed ? "FAILED" : "")} |");
            }

            Console.WriteLine();
            asExpected &= weak == failures > 0;
        }

        return asExpected ? 0 : 1;
    }

    private static string Option(string[] args, string name, string otherwise)
    {
        int place = Array.IndexOf(args, name);
        return place < 0 ? otherwise
            : place + 1 < args.Length ? args[place + 1]
            : throw new ArgumentException($"'{name}' needs a value.", nameof(args));
    }
}
