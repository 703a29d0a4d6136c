using System.CommandLine;
using System.CommandLine.Parsing;

namespace GpuSampling.Cli;

/// <summary>What is wrong with a command line that cannot be parsed, as one sentence: the option, its value and what is allowed.</summary>
internal static class CommandLineFault
{
    /// <summary>The ranges that a type does not tell.</summary>
    private static readonly Dictionary<string, string> Ranges = new(StringComparer.Ordinal)
    {
        ["--chains"] = "integers from 1 to 2147483647",
        ["--draws"] = "integers from 1 to 2147483647",
        ["--warmup"] = "integers from 0 to 2147483647",
        ["--thin"] = "integers from 1 to 2147483647",
        ["--transitions"] = "integers from 1 to 2147483647",
        ["--count"] = "integers from 1 to 9223372036854775807",
        ["--stream"] = "integers from 0 to 72057594037927935",
        ["--precision"] = "32 and 64",
        ["--threads"] = "integers from 0 to 1024",
        ["--points"] = "integers from 1 to 100000",
    };

    /// <summary>The first thing that is wrong.</summary>
    /// <param name="parsed">A command line with errors.</param>
    public static string Of(ParseResult parsed)
    {
        string help = $"('{Path(parsed)} --help' lists the options.)";

        // An unknown word explains more than what is missing because of it.
        if (parsed.UnmatchedTokens.Count > 0)
        {
            return $"{parsed.UnmatchedTokens[0]} is not understood. {help}";
        }

        if (parsed.CommandResult.Command is { Action: null, Subcommands: { Count: > 0 } commands })
        {
            return $"'{Path(parsed)}' needs one of its commands: {string.Join(", ", commands.Select(command => command.Name))}. ('{Path(parsed)} --help' tells what they do.)";
        }

        ParseError error = parsed.Errors[0];
        return error.SymbolResult switch
        {
            OptionResult { Tokens: [Token token] } option => Refuse(option.Option.Name, token.Value, option.Option.ValueType),
            ArgumentResult { Tokens: [_, ..] } argument => Refuse(argument.Argument, [.. argument.Tokens.Select(token => token.Value)]),
            _ => $"{error.Message} {help}",
        };
    }

    private static string Refuse(Argument argument, string[] values)
    {
        Type type = argument.ValueType.IsArray ? argument.ValueType.GetElementType()! : argument.ValueType;
        string bad = type == typeof(double) ? Array.Find(values, value => !double.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out _)) ?? values[0] : values[0];

        // An option's own argument has no name; the option is what was typed.
        string name = argument.Parents.OfType<Option>().FirstOrDefault()?.Name ?? argument.Name;
        return Refuse(name, bad, argument.ValueType);
    }

    private static string Refuse(string name, string value, Type type) => $"{name} is {value}; allowed are {Ranges.GetValueOrDefault(name) ?? Allowed(type)}.";

    private static string Allowed(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        type = type.IsArray ? type.GetElementType()! : type;
        return type.IsEnum ? string.Join(", ", Enum.GetNames(type).Select(name => name.ToLowerInvariant()))
            : type == typeof(int) ? "integers of 32 bits"
            : type == typeof(long) ? "integers of 64 bits"
            : type == typeof(ulong) ? "integers from 0 to 18446744073709551615"
            : type == typeof(double) ? "numbers"
            : type == typeof(bool) ? "true and false"
            : "other values";
    }

    /// <summary>The command that was meant, as it is typed.</summary>
    private static string Path(ParseResult parsed)
    {
        Stack<string> names = new();
        for (CommandResult? command = parsed.CommandResult; command is not null && command.Command is not RootCommand; command = command.Parent as CommandResult)
        {
            names.Push(command.Command.Name);
        }

        return string.Join(' ', names.Prepend("gpusampling"));
    }
}
