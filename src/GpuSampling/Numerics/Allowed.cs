using System.Globalization;
using System.Runtime.CompilerServices;

namespace GpuSampling.Numerics;

/// <summary>The ranges that options must lie in. Each returns the value or says what is allowed.</summary>
internal static class Allowed
{
    /// <summary>A finite number above 0.</summary>
    public static double Positive(double value, [CallerMemberName] string name = "") =>
        value > 0 && double.IsFinite(value) ? value : throw Refuse(value, "finite numbers above 0", name);

    /// <summary>A finite number above 0, or null.</summary>
    public static double? PositiveOrNull(double? value, [CallerMemberName] string name = "") =>
        value is null || (value > 0 && double.IsFinite(value.Value)) ? value : throw Refuse(value, "finite numbers above 0, and null", name);

    /// <summary>A finite number, 0 or more.</summary>
    public static double NotNegative(double value, [CallerMemberName] string name = "") =>
        value >= 0 && double.IsFinite(value) ? value : throw Refuse(value, "finite numbers, 0 or more", name);

    /// <summary>A share: from 0 to 1.</summary>
    public static double Share(double value, [CallerMemberName] string name = "") =>
        value is >= 0 and <= 1 ? value : throw Refuse(value, "0 to 1", name);

    /// <summary>A share that is neither nothing nor all: above 0 and below 1.</summary>
    public static double ProperShare(double value, [CallerMemberName] string name = "") =>
        value is > 0 and < 1 ? value : throw Refuse(value, "above 0 and below 1", name);

    /// <summary>At least some number.</summary>
    public static int AtLeast(int least, int value, [CallerMemberName] string name = "") =>
        value >= least ? value : throw Refuse(value, string.Create(CultureInfo.InvariantCulture, $"{least} and above"), name);

    /// <summary>From one number to another.</summary>
    public static int Between(int least, int most, int value, [CallerMemberName] string name = "") => value >= least && value <= most
        ? value
        : throw Refuse(value, string.Create(CultureInfo.InvariantCulture, $"{least} to {most}"), name);

    /// <summary>From one number to another.</summary>
    public static double Between(double least, double most, double value, [CallerMemberName] string name = "") => value >= least && value <= most
        ? value
        : throw Refuse(value, string.Create(CultureInfo.InvariantCulture, $"{least} to {most}"), name);

    private static ArgumentOutOfRangeException Refuse(object? value, string allowed, string name) => new(name, value, $"Allowed: {allowed}.");
}
