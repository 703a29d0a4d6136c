using System.Text.RegularExpressions;

namespace GpuSampling.Generators.Emission;

/// <summary>
/// The types that generated code names. They stand there by their short names, except where the author's own types or members of
/// the same name hide them.
/// </summary>
internal static class TypeNames
{
    private static readonly Dictionary<string, string> Namespaces = new()
    {
        ["MethodImpl"] = "System.Runtime.CompilerServices",
        ["MethodImplAttribute"] = "System.Runtime.CompilerServices",
        ["MethodImplOptions"] = "System.Runtime.CompilerServices",
        ["Elementary"] = "GpuSampling.Kernels.Functions",
        ["IReal"] = "GpuSampling.Kernels.Lanes",
        ["Mask"] = "GpuSampling.Kernels.Lanes",
        ["Word"] = "GpuSampling.Kernels.Lanes",
        ["Float64"] = "GpuSampling.Kernels.Lanes",
        ["IChainVector"] = "GpuSampling.Kernels.Memory",
        ["IDataTable"] = "GpuSampling.Kernels.Memory",
        ["IModel"] = "GpuSampling.Kernels.Models",
        ["StreamAddress"] = "GpuSampling.Kernels.Streams",
        ["ModelVariate"] = "GpuSampling.Kernels.Variates",
        ["IModelDefinition"] = "GpuSampling.Modeling",
        ["Posterior"] = "GpuSampling.Modeling",
        ["ModelDataBuilder"] = "GpuSampling.Modeling",
        ["DataSize"] = "GpuSampling.Modeling",
        ["OutputShape"] = "GpuSampling.Modeling",
        ["JsonData"] = "GpuSampling.Modeling",
        ["DrawReader"] = "GpuSampling.Modeling",
        ["HostNumbers"] = "GpuSampling.Modeling",
        ["UnconstrainedWriter"] = "GpuSampling.Modeling",
        ["RandomSource"] = "GpuSampling.Modeling",
        ["Constraint"] = "GpuSampling.Modeling",
    };

    /// <summary>All short names.</summary>
    public static IEnumerable<string> All => Namespaces.Keys;

    /// <summary>Where a type of a short name is.</summary>
    public static string NamespaceOf(string name) => Namespaces[name];

    /// <summary>Writes some types by their full names, in code but not in comments.</summary>
    public static string Qualify(string code, IEnumerable<string> hidden)
    {
        string names = string.Join("|", hidden);
        return names.Length == 0 ? code : Regex.Replace(
            code, $@"^(?<lead>[^\n]*?//[^\n]*)$|(?<![\w.""])(?<name>{names})(?=[<.(>\[ ;,?]|\r?$)",
            match => match.Groups["name"].Success ? $"global::{Namespaces[match.Groups["name"].Value]}.{match.Value}" : match.Value,
            RegexOptions.Multiline);
    }
}
