using System.CommandLine;
using System.Reflection;
using System.Security;
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
        if (!ClassName().IsMatch(name))
        {
            throw new BadInputException($"The name '{name}' cannot be that of the class; allowed are a capital letter, then letters and digits, such as CoinFlips.");
        }

        if (ReservedNames.Reason(name) is string reason)
        {
            throw new BadInputException($"The name '{name}' cannot be that of the class, {reason}; allowed are other names, such as {name}Model.");
        }

        string path = folder?.FullName ?? Path.GetFullPath(name);
        string? root = SourceTree();
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
                string text = reader.ReadToEnd().Replace("$Name$", name, StringComparison.Ordinal).Replace("$Reference$", Reference(path, root), StringComparison.Ordinal);
                File.WriteAllText(Path.Combine(path, file.Replace("Name", name, StringComparison.Ordinal)), text);
            }

            if (root is not null && IsWithin(path, root))
            {
                // The clone's own settings of builds and style are not for the user's project.
                File.WriteAllText(Path.Combine(path, "Directory.Build.props"), "<Project />\n");
                File.WriteAllText(Path.Combine(path, ".editorconfig"), "root = true\n");
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"The folder {path} cannot be written: {fault.Message}");
        }

        output.WriteLine($"Written to {path}. Try there:");
        output.WriteLine("  dotnet run -c Release");
        string command = root is null ? "gpusampling" : $"dotnet run --project \"{Path.Combine(root, "src", "GpuSampling.Cli")}\" -c Release --";
        output.WriteLine($"  {command} model check bin/Release/net10.0/{name}.dll --data data.json");
        output.WriteLine($"  {command} sample bin/Release/net10.0/{name}.dll --data data.json");
        return ExitCode.Success;
    }

    /// <summary>The package of this version; where the command runs from a clone, whose package is in no source, the clone's projects.</summary>
    private static string Reference(string path, string? root)
    {
        if (root is null)
        {
            return $"""<PackageReference Include="GpuSampling" Version="{Version}" />""";
        }

        string projects = SecurityElement.Escape(Path.Combine(IsWithin(path, root) ? Path.GetRelativePath(path, root) : root, "src").Replace('\\', '/'));
        return $"""
            <!-- Of a clone. With the package at hand: <PackageReference Include="GpuSampling" Version="{Version}" /> -->
                <ProjectReference Include="{projects}/GpuSampling/GpuSampling.csproj" />
                <ProjectReference Include="{projects}/GpuSampling.Generators/GpuSampling.Generators.csproj" OutputItemType="Analyzer" ReferenceOutputAssembly="false" />
            """;
    }

    /// <summary>The clone that the command was built in; null where it was installed.</summary>
    private static string? SourceTree()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !(File.Exists(Path.Combine(folder.FullName, "GpuSampling.sln")) && Directory.Exists(Path.Combine(folder.FullName, "src", "GpuSampling.Generators"))))
        {
            folder = folder.Parent;
        }

        return folder?.FullName;
    }

    private static bool IsWithin(string path, string root) => path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    [GeneratedRegex("^[A-Z][A-Za-z0-9]{0,99}$")]
    private static partial Regex ClassName();
}
