namespace GpuSampling.Generators.Tests.Support;

/// <summary>The identifiers of the generator's rules.</summary>
internal static class RuleList
{
    public static IEnumerable<string> All => GpuSampling.Generators.Support.Rules.All.Select(rule => rule.Id);
}
