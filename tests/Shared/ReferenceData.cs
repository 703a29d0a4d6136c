namespace GpuSampling.TestSupport;

/// <summary>
/// Third-party data and answers, kept beside the project's root in <c>../shared/reference</c>.
/// Tests that need them are skipped, with the reason, where they are absent.
/// </summary>
internal static class ReferenceData
{
    /// <summary>The folder that holds GpuSampling.sln, or null when the tests run outside the source tree.</summary>
    public static string? RepositoryRoot { get; } = FindRepositoryRoot();

    /// <summary>The full path of a reference file or folder that must exist; skips the running test where it does not.</summary>
    /// <param name="relativePath">The path below <c>../shared/reference</c>, with forward slashes.</param>
    public static string PathOrSkip(string relativePath)
    {
        string? path = TryPath(relativePath);
        if (path is null)
        {
            Assert.Skip(
                $"Reference data '{relativePath}' not found: looked in '../shared/reference' from the project's root.");
        }

        return path!;
    }

    /// <summary>The full path of a reference file or folder, or null where it does not exist.</summary>
    /// <param name="relativePath">The path below <c>../shared/reference</c>, with forward slashes.</param>
    public static string? TryPath(string relativePath)
    {
        if (RepositoryRoot is null)
        {
            return null;
        }

        string path = Path.GetFullPath(Path.Combine(RepositoryRoot, "..", "shared", "reference", relativePath));
        return File.Exists(path) || Directory.Exists(path) ? path : null;
    }

    private static string? FindRepositoryRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "GpuSampling.sln")))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}
