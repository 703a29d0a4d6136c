using GpuSampling.Modeling;

namespace GpuSampling.Cli;

/// <summary>Names that a model's class cannot have: they would hide a type that its own text needs, or be a member's.</summary>
internal static class ReservedNames
{
    // Namespaces that the project's files see without naming them, or by their own using directives.
    private static readonly HashSet<string> SeenNamespaces = new(StringComparer.Ordinal)
    {
        "System", "System.IO", "System.Linq", "System.Collections.Generic", "System.Net.Http", "System.Threading", "System.Threading.Tasks", "System.Text.Json",
    };

    // What the template and the generator declare within the class, or beside it.
    private static readonly HashSet<string> Members = new(StringComparer.Ordinal)
    {
        "Program", "GpuSampling", "System", "J", "LogDensity", "LogPrior", "LogLikelihood", "Generate", "Prepare", "DrawPrior", "Kernel", "ToPosterior", "FromJson", "Assign",
    };

    /// <summary>Why a name cannot be the class's; null if it can.</summary>
    /// <param name="name">A name that is well formed.</param>
    public static string? Reason(string name)
    {
        if (Members.Contains(name))
        {
            return "which the project needs for something else";
        }

        Type? hidden = typeof(Posterior).Assembly.GetExportedTypes().FirstOrDefault(type => IsCalled(type, name))
            ?? AppDomain.CurrentDomain.GetAssemblies().Append(typeof(System.Text.Json.JsonDocument).Assembly).Append(typeof(Enumerable).Assembly).Append(typeof(Console).Assembly)
                .Where(assembly => assembly.GetName().Name!.StartsWith("System", StringComparison.Ordinal))
                .SelectMany(assembly => assembly.GetExportedTypes())
                .FirstOrDefault(type => SeenNamespaces.Contains(type.Namespace ?? "") && IsCalled(type, name));
        return hidden is null ? null : $"which would hide the type {hidden.FullName!.Split('`')[0]}";
    }

    private static bool IsCalled(Type type, string name) => !type.IsNested && type.Name.Split('`')[0] == name;
}
