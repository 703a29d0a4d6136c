using System.CommandLine;
using System.Globalization;
using System.Text;
using GpuSampling.Engines;
using GpuSampling.Interchange;
using GpuSampling.Random;

namespace GpuSampling.Cli;

/// <summary><c>random</c>: random numbers of a stream, on standard output or in a file.</summary>
internal static class RandomCommand
{
    private const int ChunkLength = 1 << 20;

    private static readonly Distribution[] Distributions =
    [
        new("bits", "random words of 32 (or 64) bits", 0, 0),
        new("uniform", "numbers on [0, 1)", 0, 0),
        new("normal", "normal numbers; parameters: mean (0), standard deviation (1)", 0, 2),
        new("exponential", "exponential numbers; parameter: rate (1)", 0, 1),
        new("integers", "integers from a minimum up to, without, a maximum; parameters: minimum, maximum", 2, 2),
    ];

    public static Command Create(TextWriter output)
    {
        Argument<string> distribution = new("distribution")
        {
            Description = string.Join("; ", Distributions.Select(one => $"{one.Name}: {one.Description}")) + ".",
        };
        Argument<double[]> parameters = new("parameters") { Description = "The distribution's parameters.", Arity = ArgumentArity.ZeroOrMore };
        Option<long> count = new("--count") { Description = "How many numbers.", Required = true };
        Option<ulong> seed = new("--seed") { Description = "The seed.", DefaultValueFactory = _ => 0 };
        Option<ulong> stream = new("--stream") { Description = "The stream, below 2^56.", DefaultValueFactory = _ => 0 };
        Option<ulong> position = new("--position") { Description = "The first number's position in the stream.", DefaultValueFactory = _ => 0 };
        Option<string> engine = new("--engine") { Description = $"{EngineSelection.Help}.", DefaultValueFactory = _ => "auto" };
        Option<int> precision = new("--precision") { Description = "32 or 64 bits.", DefaultValueFactory = _ => 32 };
        Option<bool> hex = new("--hex") { Description = "Print the numbers' bits in hexadecimal, a block of four to a line." };
        Option<FileInfo?> file = new("--out") { Description = "Write to FILE.npy or FILE.csv instead of standard output." };
        Command command = new("random", "Draw random numbers: the same bits on every engine.")
        {
            distribution, parameters, count, seed, stream, position, engine, precision, hex, file,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            RandomRequest request = new()
            {
                Distribution = Find(parsed.GetValue(distribution)!, parsed.GetValue(parameters) ?? []),
                Parameters = parsed.GetValue(parameters) ?? [],
                Count = Positive(parsed.GetValue(count)),
                Stream = OpenStream(parsed.GetValue(seed), parsed.GetValue(stream), parsed.GetValue(position)),
                Precision = parsed.GetValue(precision) is 32 or 64
                    ? parsed.GetValue(precision)
                    : throw new BadInputException($"--precision is {parsed.GetValue(precision)}; allowed are 32 and 64."),
                Hexadecimal = parsed.GetValue(hex),
                File = parsed.GetValue(file),
            };
            using RandomFiller filler = new(request.Distribution.Name, request.Parameters, parsed.GetValue(engine)!);
            switch (request.Distribution.Name, request.Precision)
            {
                case ("bits", 32):
                    Run<uint>(request, filler, output, cancellationToken);
                    break;
                case ("bits", 64):
                    Run<ulong>(request, filler, output, cancellationToken);
                    break;
                case ("integers", 32):
                    Run<int>(request, filler, output, cancellationToken);
                    break;
                case ("integers", _):
                    throw new BadInputException("--precision is 64; allowed is 32 for integers, which have 32 bits.");
                case (_, 32):
                    Run<float>(request, filler, output, cancellationToken);
                    break;
                default:
                    Run<double>(request, filler, output, cancellationToken);
                    break;
            }

            return Task.FromResult(ExitCode.Success);
        });
        return command;
    }

    private static void Run<T>(RandomRequest request, RandomFiller filler, TextWriter output, CancellationToken cancellationToken)
        where T : unmanaged
    {
        // One number first: what the distribution refuses is refused before anything is written.
        T[] buffer = new T[Math.Min(request.Count, ChunkLength)];
        filler.Fill(request.Stream, buffer.AsSpan(0, 1), cancellationToken);
        using INumberWriter writer = request.File is FileInfo target
            ? FileNumberWriter.Create(target, request)
            : new TextNumberWriter(output, request.Hexadecimal);
        RandomStream stream = request.Stream;
        long done = 0;
        try
        {
            while (done < request.Count)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Span<T> part = buffer.AsSpan(0, (int)Math.Min(buffer.Length, request.Count - done));
                stream = filler.Fill(stream, part, cancellationToken);
                writer.Write<T>(part);
                done += part.Length;
            }

            writer.Complete();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            string fate = request.File is null ? "these were printed"
                : File.Exists(request.File.FullName) ? $"{request.File.FullName} is as it was before"
                : $"{request.File.FullName} was not written";
            throw new StoppedException($"stopped after {done} of {request.Count} numbers: {fate}.");
        }
    }

    private static Distribution Find(string name, double[] parameters)
    {
        Distribution found = Array.Find(Distributions, one => one.Name == name)
            ?? throw new BadInputException(
                $"There is no distribution {name}; there are {string.Join(", ", Distributions.Select(one => one.Name))}.");
        return parameters.Length >= found.FewestParameters && parameters.Length <= found.MostParameters
            ? found
            : throw new BadInputException(
                $"Distribution {name} was given {parameters.Length} parameters; allowed are {(found.MostParameters == 0 ? "none" : found.FewestParameters == found.MostParameters ? $"{found.MostParameters}" : $"{found.FewestParameters} to {found.MostParameters}")} ({found.Description}).");
    }

    private static long Positive(long count) =>
        count > 0 ? count : throw new BadInputException($"--count is {count}; allowed are numbers above 0.");

    private static RandomStream OpenStream(ulong seed, ulong stream, ulong position)
    {
        try
        {
            return new RandomStream(seed, stream) { Position = position };
        }
        catch (ArgumentOutOfRangeException fault)
        {
            throw new BadInputException(FaultText.Of(fault));
        }
    }
}

/// <summary>A distribution by name.</summary>
internal sealed record Distribution(string Name, string Description, int FewestParameters, int MostParameters);

/// <summary>What <c>random</c> was asked for.</summary>
internal sealed record RandomRequest
{
    public required Distribution Distribution { get; init; }

    public required double[] Parameters { get; init; }

    public required long Count { get; init; }

    public required RandomStream Stream { get; init; }

    public required int Precision { get; init; }

    public required bool Hexadecimal { get; init; }

    /// <summary>Where to write; null: to standard output.</summary>
    public required FileInfo? File { get; init; }
}
