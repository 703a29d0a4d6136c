using System.Globalization;

namespace GpuSampling.Cli;

/// <summary>What an argument's exception says, as one sentence for people: the option as it is typed, its value and what is allowed.</summary>
internal static class FaultText
{
    public static string Of(ArgumentException fault)
    {
        // The first line without what the runtime appends to it.
        string message = fault.Message.Split('\n')[0].TrimEnd();
        if (fault.ParamName is not null)
        {
            message = message.Replace($" (Parameter '{fault.ParamName}')", string.Empty, StringComparison.Ordinal);
        }

        // That a property may be null is of no use on a command line, where the option is left out.
        message = message.Replace(", and null.", "; or leave it out.", StringComparison.Ordinal);
        if (fault is ArgumentOutOfRangeException { ActualValue: object value, ParamName: string name } && !message.Contains(name, StringComparison.Ordinal))
        {
            message = string.Create(CultureInfo.InvariantCulture, $"{OptionNames.Of(name)} is {value}. {message}");
        }

        return OptionNames.InText(message);
    }
}
