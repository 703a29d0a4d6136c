using System.Diagnostics;

namespace GpuSampling.Cli.Tests;

/// <summary>Runs of programs beside the test: the SDK, or an installed command.</summary>
internal static class DotnetRun
{
    /// <summary>Runs the SDK in a folder.</summary>
    public static Task<(int ExitCode, string Output)> Of(string arguments, string folder, string? packages = null) => Of("dotnet", arguments, folder, packages);

    /// <summary>Runs a program in a folder.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="packages">The folder for restored packages; null for the user's.</param>
    public static async Task<(int ExitCode, string Output)> Of(string program, string arguments, string folder, string? packages)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };

        // What a test run sets for its own build must not reach this one.
        foreach (string name in start.Environment.Keys.Where(one => one.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        if (packages is not null)
        {
            start.Environment["NUGET_PACKAGES"] = packages;
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await error);
    }
}
