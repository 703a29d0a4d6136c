using System.Text.RegularExpressions;

namespace GpuSampling.Ilgpu.Tests.Support;

/// <summary>What PTX says of rounding.</summary>
internal static partial class PtxText
{
    /// <summary>The floating-point instructions that round without saying how, flush subnormal numbers or approximate.</summary>
    public static IReadOnlyList<string> UnstatedRoundings(string ptx) =>
        [.. Arithmetic().Matches(ptx).Select(match => match.Value).Where(instruction =>
            !instruction.Contains(".rn.", StringComparison.Ordinal)
            || instruction.Contains(".ftz", StringComparison.Ordinal)
            || instruction.Contains(".approx", StringComparison.Ordinal))];

    /// <summary>The number of instructions: lines that end with a semicolon and declare nothing.</summary>
    public static int InstructionCount(string ptx) => ptx.Split('\n').Select(line => line.Trim()).Count(line => line.EndsWith(';') && line[0] is not ('.' or '/'));

    // Instructions that round, or approximate.
    [GeneratedRegex(@"\b(?:add|sub|mul|mad|fma|div|rcp|sqrt|rsqrt|ex2|lg2|sin|cos|tanh)(?:\.\w+)*\.f(?:32|64)\b")]
    private static partial Regex Arithmetic();
}
