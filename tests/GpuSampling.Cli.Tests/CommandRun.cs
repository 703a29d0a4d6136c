namespace GpuSampling.Cli.Tests;

/// <summary>A run of the command with captured streams.</summary>
internal sealed record CommandRun(int ExitCode, string Output, string Error)
{
    public static async Task<CommandRun> Of(params string[] arguments) => await Of(TestContext.Current.CancellationToken, arguments);

    public static async Task<CommandRun> Of(CancellationToken cancellationToken, params string[] arguments)
    {
        await using StringWriter output = new();
        await using StringWriter error = new();
        int exitCode = await Program.RunAsync(arguments, output, error, cancellationToken);
        return new CommandRun(exitCode, output.ToString(), error.ToString());
    }
}

/// <summary>A folder that is removed at the end of a test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("gpusampling-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public string Write(string name, string text)
    {
        System.IO.File.WriteAllText(File(name), text);
        return File(name);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
