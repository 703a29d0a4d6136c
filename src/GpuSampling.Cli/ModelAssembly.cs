using System.Reflection;
using System.Runtime.Loader;
using System.Text.Json;
using GpuSampling.Modeling;

namespace GpuSampling.Cli;

/// <summary>An assembly with models, loaded with its own dependencies; GpuSampling itself is the command's.</summary>
internal sealed class ModelAssembly
{
    private readonly string path;
    private readonly ModelType[] models;

    private ModelAssembly(string path, ModelType[] models)
    {
        this.path = path;
        this.models = models;
    }

    /// <summary>Loads an assembly.</summary>
    /// <exception cref="BadInputException">It is not there, no .NET assembly, made for another version, or without models.</exception>
    public static ModelAssembly Load(string path)
    {
        string full = Path.GetFullPath(path);
        if (!File.Exists(full))
        {
            throw new BadInputException($"There is no assembly {full}; build the project of your models first.");
        }

        try
        {
            Type[] types = new Context(full).LoadFromAssemblyPath(full).GetTypes();
            Type[] marked = [.. types.Where(type => type.GetCustomAttribute<ModelAttribute>() is not null)];
            if (marked.FirstOrDefault(type => !type.IsAssignableTo(typeof(IModelDefinition))) is Type raw)
            {
                throw new BadInputException($"The model {raw.Name} of {full} has no kernel: the source generator of GpuSampling did not run when it was compiled.");
            }

            return marked.Length > 0
                ? new ModelAssembly(full, [.. marked.Select(type => new ModelType(type))])
                : throw new BadInputException($"The assembly {full} has no model: a class marked [Model].");
        }
        catch (BadImageFormatException)
        {
            throw new BadInputException($"The file {full} is not a .NET assembly.");
        }
        catch (Exception fault) when (fault is FileLoadException or FileNotFoundException or ReflectionTypeLoadException)
        {
            string reason = fault is ReflectionTypeLoadException { LoaderExceptions: [Exception first, ..] } ? first.Message : fault.Message;
            throw new BadInputException($"The assembly {full} cannot be loaded: {reason}");
        }
    }

    /// <summary>The model of a name, which may be that of the class or its hyphenated form; the only one if the name is null.</summary>
    /// <exception cref="BadInputException">There is none, or several without a name.</exception>
    public ModelType Find(string? name)
    {
        string all = string.Join(", ", models.Select(model => model.Name));
        if (name is null)
        {
            return models.Length == 1 ? models[0] : throw new BadInputException($"The assembly {path} has several models: choose with --model one of {all}.");
        }

        ModelType[] found = [.. models.Where(model => model.IsCalled(name))];
        return found.Length == 1
            ? found[0]
            : throw new BadInputException(found.Length == 0
                ? $"The assembly {path} has no model {name}; it has {all}."
                : $"The assembly {path} has several models {name}: give the name with its namespace.");
    }

    private sealed class Context(string path) : AssemblyLoadContext(path)
    {
        private readonly AssemblyDependencyResolver resolver = new(path);

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            // The types of models must be the command's own; null asks where the command is loaded.
            return assemblyName.Name is "GpuSampling" or "GpuSampling.Kernels"
                ? null
                : resolver.ResolveAssemblyToPath(assemblyName) is string dependency ? LoadFromAssemblyPath(dependency) : null;
        }
    }
}

/// <summary>A class marked [Model].</summary>
internal sealed class ModelType(Type type)
{
    /// <summary>The name of the class.</summary>
    public string Name => type.Name;

    public bool IsCalled(string name) => string.Equals(type.Name, name, StringComparison.OrdinalIgnoreCase)
        || type.FullName == name
        || type.GetCustomAttribute<ModelAttribute>()!.Name == name
        || string.Equals(type.Name, name.Replace("-", string.Empty, StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);

    /// <summary>The posterior of data.</summary>
    /// <exception cref="ArgumentException">The data do not fit.</exception>
    public Posterior Create(JsonElement data)
    {
        DataMembers.RefuseUnknown(data, DataMembers.Of(type));

        // Made at compile time for every model: IModelDefinition<TSelf>.FromJson. What it throws comes as it is.
        MethodInfo fromJson = type.GetMethod("FromJson", BindingFlags.Public | BindingFlags.Static, [typeof(JsonElement)])!;
        return ((IModelDefinition)fromJson.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [data], null)!).ToPosterior();
    }
}
