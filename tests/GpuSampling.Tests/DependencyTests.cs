using System.Reflection;
using GpuSampling.TestSupport;

namespace GpuSampling.Tests;

/// <summary>The dependencies point one way, and only the ILGPU engine knows that ILGPU exists.</summary>
public sealed class DependencyTests
{
    [Fact]
    public void Kernels_depend_on_nothing_but_the_base_class_library()
    {
        Assert.All(ReferencesOf("GpuSampling.Kernels"), name => Assert.StartsWith("System.", name, StringComparison.Ordinal));
    }

    [Fact]
    public void The_library_depends_on_nothing_but_the_kernels_and_the_base_class_library()
    {
        Assert.All(
            ReferencesOf("GpuSampling"),
            name => Assert.True(name == "GpuSampling.Kernels" || name.StartsWith("System.", StringComparison.Ordinal), name));
    }

    [Fact]
    public void Source_tree_is_found_from_the_test_binaries()
    {
        Assert.NotNull(ReferenceData.RepositoryRoot);
        Assert.True(File.Exists(Path.Combine(ReferenceData.RepositoryRoot, "Directory.Build.props")));
    }

    private static IEnumerable<string> ReferencesOf(string assembly) =>
        Assembly.Load(assembly).GetReferencedAssemblies().Select(reference => reference.Name!);
}
