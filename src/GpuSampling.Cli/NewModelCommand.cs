using System.CommandLine;
using System.Reflection;
using System.Text.RegularExpressions;

namespace GpuSampling.Cli;

/// <summary><c>new model</c>: writes a project with a model, data and a program, which builds and samples as it stands.</summary>
internal static partial class NewModelCommand
{
    private static readonly string[] Files = ["Name.csproj", "Name.cs", "Program.cs", "data.json"];

    public static Command Create(TextWriter output)
    {
        Argument<string> name = new("name") { Description = "The name of the class, such as CoinFlips: a letter, then letters and digits." };
        Option<DirectoryInfo?> folder = new("--out") { Description = "The folder to write to, new or empty; by default one of the model's name." };
        Command model = new("model", "Write a project with a model of your own, which builds and samples as it stands.") { name, folder };
        model.SetAction(parsed => Write(parsed.GetValue(name)!, parsed.GetValue(folder), output));
        return new Command("new", "Begin something new.") { model };
    }

    /// <summary>The version of the package that the project refers to: the command's own.</summary>
    internal static string Version
    {
        get
        {
            string version = typeof(NewModelCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
            return version.Split('+')[0];
        }
    }

    private static int Write(string name, DirectoryInfo? folder, TextWriter output)
    {
        if (!ClassName().IsMatch(name) || name is "Program" or "GpuSampling" or "System")
        {
            throw new BadInputException($"The name '{name}' cannot be that of the class; allowed are a capital letter, then letters and digits, such as CoinFlips.");
        }

        string path = folder?.FullName ?? Path.GetFullPath(name);
        try
        {
            if (File.Exists(path) || (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any()))
            {
                throw new BadInputException($"The folder {path} is not empty; choose another with --out.");
            }

            Directory.CreateDirectory(path);
            foreach (string file in Files)
            {
                using var reader = new StreamReader(typeof(NewModelCommand).Assembly.GetManifestResourceStream($"Template/{file}")!);
                string text = reader.ReadToEnd().Replace("$Name$", name, StringComparison.Ordinal).Replace("$Version$", Version, StringComparison.Ordinal);
                File.WriteAllText(Path.Combine(path, file.Replace("Name", name, StringComparison.Ordinal)), text);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"The folder {path} cannot be written: {fault.Message}");
        }

        output.WriteLine($"Written to {path}. Try there:");
        output.WriteLine("  dotnet run -c Release");
        output.WriteLine($"  gpusampling model check bin/Release/net10.0/{name}.dll --data data.json");
        output.WriteLine($"  gpusampling sample bin/Release/net10.0/{name}.dll --data data.json");
        return ExitCode.Success;
    }

    [GeneratedRegex("^[A-Z][A-Za-z0-9]{0,99}$")]
    private static partial Regex ClassName();
}
