using System.Text.Json;
using GpuSampling.Modeling;
using GpuSampling.Models;

namespace GpuSampling.Cli;

/// <summary>Models by the name of a ready one, or from an assembly of the user's, with data from a file.</summary>
internal static class ModelSource
{
    /// <summary>What the argument says about itself.</summary>
    public static string Help => $"PATH.dll with models of your own, or a ready model: {ReadyNames}.";

    private static string ReadyNames => string.Join(", ", ReadyModels.All.Select(one => one.Name));

    /// <summary>Opens a model.</summary>
    /// <param name="name">A ready model's name, or the path of an assembly.</param>
    /// <param name="type">The name of a model in the assembly; null if it has only one.</param>
    /// <param name="data">A JSON file; null for a model's own data.</param>
    /// <param name="cancellationToken">Gives up: models of much data, or with long code of their own, take a while.</param>
    /// <exception cref="BadInputException">There is no such model or file, or the data do not fit.</exception>
    /// <exception cref="OperationCanceledException">Given up.</exception>
    public static Posterior Open(string name, string? type, FileInfo? data, CancellationToken cancellationToken)
    {
        // A model's own code knows of no token: it is left alone on its thread, which ends with the process.
        Task<Posterior> opening = Task.Run(() => Open(name, type, data), cancellationToken);
        return opening.WaitAsync(cancellationToken).GetAwaiter().GetResult();
    }

    private static Posterior Open(string name, string? type, FileInfo? data)
    {
        if (name.EndsWith(".dll", StringComparison.OrdinalIgnoreCase))
        {
            ModelAssembly assembly = ModelAssembly.Load(name);
            ModelType model = assembly.Find(type);
            return data is null
                ? Guarded(() => model.Create(EmptyObject()), fault => $"Model {model.Name} needs data: --data FILE.json. {fault}")
                : Guarded(() => model.Create(Read(data)), fault => $"The data file {data.FullName} does not fit model {model.Name}: {fault}");
        }

        if (type is not null)
        {
            throw new BadInputException($"--model {type} names a model within an assembly, and {name} is not the path of a .dll.");
        }

        ReadyModel ready = ReadyModels.Find(name)
            ?? throw new BadInputException($"There is no model {name}; there are {ReadyNames}, or give the path of a .dll with models of your own.");
        return data is null && ready.NeedsData
            ? throw new BadInputException($"Model {name} needs data: --data FILE.json with {ready.DataDescription}.")
            : Guarded(() => ready.Create(data is null ? null : Read(data)), fault => $"The data file {data?.FullName} does not fit model {name}: {fault}");
    }

    private static Posterior Guarded(Func<Posterior> create, Func<string, string> explain)
    {
        try
        {
            return create();
        }
        catch (ModelDataException fault)
        {
            throw new BadInputException(explain(fault.Message));
        }
        catch (ArgumentException fault)
        {
            throw new BadInputException(explain(FaultText.Of(fault)));
        }
        catch (Exception fault) when (fault is not (BadInputException or OperationCanceledException))
        {
            // A model's own code, which may throw whatever it likes.
            throw new BadInputException(explain($"its own code ended with {fault.GetType().Name}: {fault.Message.Split('\n')[0].TrimEnd()}"));
        }
    }

    private static JsonElement Read(FileInfo data)
    {
        try
        {
            using FileStream file = data.OpenRead();
            using JsonDocument document = JsonDocument.Parse(file);
            return document.RootElement.Clone();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"The data file {data.FullName} cannot be read: {fault.Message}");
        }
        catch (JsonException fault)
        {
            throw new BadInputException($"The data file {data.FullName} is not valid JSON: {fault.Message}");
        }
    }

    private static JsonElement EmptyObject()
    {
        using JsonDocument document = JsonDocument.Parse("{}");
        return document.RootElement.Clone();
    }
}
