using System.CommandLine;
using System.Globalization;

namespace GpuSampling.Cli.Tests;

/// <summary>Every option of every command that takes a number, with numbers that it may not like: it takes them, or says which it likes.</summary>
public sealed class NumericOptionTests : IDisposable
{
    private static readonly string[] Values = ["0", "-1", "NaN", "Infinity", "1e300", "99999999999999999999999", "2147483647", "0.5", "", "many"];

    // What says what is allowed: the last two where it depends on the memory.
    private static readonly string[] Advice = ["Allowed", "allowed", "take fewer chains", "thin the draws"];

    // The largest integer is allowed, and would take for ever.
    private const string Endless = "endless";

    // The largest numbers are allowed, and most models have no finite density at starts as far out.
    private const string Hopeless = "hopeless";

    /// <summary>What is allowed among those values, by command and option: all else is refused.</summary>
    private static readonly Dictionary<string, string[]> Taken = new(StringComparer.Ordinal)
    {
        ["random --count"] = [Endless],
        ["random --seed"] = ["0", "2147483647"],
        ["random --stream"] = ["0", "2147483647"],
        ["random --position"] = ["0", "2147483647"],
        ["sample --chains"] = [],
        ["sample --warmup"] = ["0"],
        ["sample --draws"] = [],
        ["sample --thin"] = [],
        ["sample --seed"] = ["0", "2147483647"],
        ["sample --threads"] = ["0"],
        ["sample --step-size"] = ["1e300", "99999999999999999999999", "2147483647", "0.5"],
        ["sample --target-acceptance"] = ["0.5"],
        ["sample --initial-radius"] = ["0", Hopeless, "2147483647", "0.5"],
        ["sample --path-length"] = ["1e300", "99999999999999999999999", "2147483647", "0.5"],
        ["sample --path-jitter"] = ["0", "0.5"],
        ["sample --trajectory-length"] = ["1e300", "99999999999999999999999", "2147483647", "0.5"],
        ["sample --reference-scale"] = ["1e300", "99999999999999999999999", "2147483647", "0.5"],
        ["sample --step-size-decay"] = ["0", "0.5"],
        ["sample --friction"] = ["0.5"],
        ["sample --init-jitter"] = ["0", Hopeless, "2147483647", "0.5"],
        ["sample --adam-steps"] = [Endless],
        ["sample --adam-rate"] = ["1e300", "99999999999999999999999", "2147483647", "0.5"],
        ["sample --checkpoint-interval"] = ["0", "0.5"],
        ["modes --chains"] = [],
        ["modes --transitions"] = [Endless],
        ["modes --initial-radius"] = ["0", Hopeless, "2147483647", "0.5"],
        ["modes --seed"] = ["0", "2147483647"],
        ["modes --most"] = ["2147483647"],
        ["modes --checkpoint-interval"] = ["0", "0.5"],
        ["diagnose --superchains"] = ["0"],
        ["diagnose --threads"] = ["0"],
        ["check --seed"] = ["0", "2147483647"],
    };

    /// <summary>Options whose largest values are refused for what they come to with others, which are named, too.</summary>
    private static readonly string[] Together = ["sample --chains", "sample --draws", "sample --thin", "sample --warmup"];

    /// <summary>What makes an option one of the run's.</summary>
    private static readonly Dictionary<string, string> Beside = new(StringComparer.Ordinal)
    {
        ["--step-size"] = "--sampler hmc",
        ["--target-acceptance"] = "--sampler hmc",
        ["--path-length"] = "--sampler hmc",
        ["--path-jitter"] = "--sampler hmc",
        ["--trajectory-length"] = "--sampler chees",
        ["--max-leapfrogs"] = "--sampler hmc",
        ["--max-tree-depth"] = "--sampler nuts",
        ["--levels"] = "--sampler tempering",
        ["--reference-scale"] = "--sampler tempering --tempering-path reference",
        ["--walkers"] = "--sampler stretch",
        ["--minibatch"] = "--sampler sgld",
        ["--step-size-decay"] = "--sampler sgld",
        ["--friction"] = "--sampler sghmc",
        ["--init-jitter"] = "--init start.json",
        ["--pathfinder-paths"] = "--init pathfinder",
        ["--adam-steps"] = "--init adam",
        ["--adam-rate"] = "--init adam",
    };

    private readonly TemporaryFolder folder = new();

    /// <summary>Commands with arguments for a small run.</summary>
    private static readonly Dictionary<string, string> Small = new(StringComparer.Ordinal)
    {
        ["sample"] = "eight-schools --engine scalar --chains 8 --warmup 4 --draws 2",
        ["modes"] = "banana --engine scalar --chains 4 --transitions 8",
        ["diagnose"] = "draws.json",
        ["random"] = "normal --count 2",
        ["check"] = "banana --points 2",
    };

    public static TheoryData<string, string> Options
    {
        get
        {
            TheoryData<string, string> options = [];
            foreach (Command command in Commands(Program.CreateRoot(TextWriter.Null, TextWriter.Null)))
            {
                foreach (Option option in command.Options.Where(option => IsNumber(option.ValueType)))
                {
                    options.Add(command.Name, option.Name);
                }
            }

            return options;
        }
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Options))]
    public async Task ANumberIsTakenOrRefusedByTheNameOfItsOption(string command, string option)
    {
        folder.Write("draws.json", """{"x": [[1, 2, 3, 4.5], [2, 1, 4, 3], [2, 4, 1, 3.5], [3, 1, 2, 5]]}""");
        folder.Write("start.json", """{"mu": 1, "tau": 2, "theta": [1, 2, 3, 4, 5, 6, 7, 8]}""");
        string[] beside = Beside.GetValueOrDefault(option, "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string[] small = [.. Small[command].Split(' ')];
        int place = Array.IndexOf(small, option);
        if (place >= 0)
        {
            small = [.. small[..place], .. small[(place + 2)..]];
        }

        string[] arguments = [.. command == "check" ? "model check".Split(' ') : [command], .. small, .. beside];
        arguments = [.. arguments.Select(one => one.EndsWith(".json", StringComparison.Ordinal) ? folder.File(one) : one)];
        List<string> faults = [];
        string[] taken = Taken.GetValueOrDefault($"{command} {option}", []);
        foreach (string value in Values.Where(value => !(value == "2147483647" && taken.Contains(Endless))))
        {
            CommandRun run = await CommandRun.Of([.. arguments, option, value]);
            string error = run.Error.TrimEnd();
            bool isNamed = error.StartsWith($"gpusampling: {option} is {value}", StringComparison.Ordinal)
                || (double.TryParse(value, CultureInfo.InvariantCulture, out double number) && error.StartsWith(string.Create(CultureInfo.InvariantCulture, $"gpusampling: {option} is {number}"), StringComparison.Ordinal));
            bool isRefused = run.ExitCode == 2 && Array.Exists(Advice, advice => error.Contains(advice, StringComparison.Ordinal)) && !error.Contains('\n', StringComparison.Ordinal)
                && (isNamed || (Together.Contains($"{command} {option}") && value == "2147483647" && error.Contains(value, StringComparison.Ordinal)));
            bool isHopeless = taken.Contains(Hopeless) && value is ("1e300" or "99999999999999999999999");
            if (isHopeless ? run.ExitCode != 0 && !error.Contains("no start with a finite log density", StringComparison.Ordinal) : taken.Contains(value) ? run.ExitCode != 0 : !isRefused)
            {
                faults.Add($"'{value}': {run.ExitCode} {error}");
            }
        }

        Assert.True(faults.Count == 0, $"{command} {option}\n{string.Join('\n', faults)}");
    }

    private static IEnumerable<Command> Commands(Command command) => command.Subcommands.SelectMany(Commands).Append(command);

    private static bool IsNumber(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type.IsPrimitive && type != typeof(bool);
    }
}
