using System.Globalization;

namespace GpuSampling.Cli;

/// <summary>What an argument's exception says, as one sentence for people: name, value and what is allowed.</summary>
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

        return fault is ArgumentOutOfRangeException { ActualValue: object value, ParamName: string name }
            && !message.Contains(name, StringComparison.Ordinal)
                ? string.Create(CultureInfo.InvariantCulture, $"{name} is {value}. {message}")
                : message;
    }
}
