using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using GpuSampling.Modeling;

namespace GpuSampling.Sampling;

/// <summary>
/// What makes a run itself, as names with values in words: kind, every option, seed, model and data; not the engine. It stands at the
/// head of a checkpoint, so that another run is refused before any work is done, and told what differs.
/// </summary>
internal sealed class RunIdentity
{
    private const string None = "none";
    private const int LongestList = 16;

    private readonly List<KeyValuePair<string, string>> entries = [];

    private RunIdentity()
    {
    }

    /// <summary>Of a sampler's run.</summary>
    /// <param name="sampler">The sampler, whose options are its public properties.</param>
    /// <param name="posterior">What is sampled.</param>
    /// <param name="run">The size and seed.</param>
    /// <param name="precision">The type of all reals.</param>
    /// <param name="keptState">What the sink saves; null where the draws are logged.</param>
    public static RunIdentity Of(Sampler sampler, Posterior posterior, RunOptions run, Engines.Precision precision, string? keptState)
    {
        RunIdentity identity = new();
        identity.AddLibrary();
        identity.AddProperties("Sampler", sampler, sampler.GetType());
        identity.AddModel(posterior);
        identity.AddProperties(string.Empty, run, typeof(RunOptions));
        identity.Add(nameof(RunOptions.Starts), run.Starts ?? sampler.DefaultStarts);
        identity.Add("Precision", precision);
        identity.Add("Statistics", string.Join(", ", sampler.StatisticLabels));
        identity.Add("Kept", keptState ?? "draws");
        return identity;
    }

    /// <summary>Of a run that is none of a sampler.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="options">Its options.</param>
    /// <param name="posterior">What is searched; null for lattices and networks.</param>
    /// <param name="data">The bytes of its data.</param>
    public static RunIdentity Of(string kind, IRunOptions options, Posterior? posterior, ReadOnlySpan<byte> data)
    {
        RunIdentity identity = new();
        identity.AddLibrary();
        identity.Add("Kind", kind);
        identity.AddProperties(string.Empty, options, options.GetType());
        identity.Add("Data", Hash(data));
        if (posterior is not null)
        {
            identity.AddModel(posterior);
        }

        return identity;
    }

    /// <summary>Takes back what <see cref="Write"/> wrote.</summary>
    /// <param name="reader">Gives it.</param>
    public static RunIdentity Read(BinaryReader reader)
    {
        RunIdentity identity = new();
        for (int count = reader.ReadInt32(); count > 0; count--)
        {
            identity.entries.Add(new(reader.ReadString(), reader.ReadString()));
        }

        return identity;
    }

    /// <summary>Writes names and values.</summary>
    /// <param name="writer">Receives them.</param>
    public void Write(BinaryWriter writer)
    {
        writer.Write(entries.Count);
        foreach ((string name, string value) in entries)
        {
            writer.Write(name);
            writer.Write(value);
        }
    }

    /// <summary>The names under which an earlier run had another value.</summary>
    /// <param name="earlier">The earlier run.</param>
    public IReadOnlyList<CheckpointDifference> DifferencesFrom(RunIdentity earlier)
    {
        Dictionary<string, string> before = new(earlier.entries), now = new(entries);
        return
        [
            .. entries.Concat(earlier.entries).Select(one => one.Key).Distinct()
                .Select(name => new CheckpointDifference(name, before.GetValueOrDefault(name, None), now.GetValueOrDefault(name, None)))
                .Where(one => one.Before != one.Now),
        ];
    }

    private void AddLibrary() => Add("Library version", typeof(RunIdentity).Assembly.GetName().Version?.ToString() ?? None);

    private void AddModel(Posterior posterior)
    {
        Add("Model.Name", posterior.Name);
        Add("Model.Dimension", posterior.Dimension);
        Add("Model.Outputs", string.Join(", ", posterior.Outputs.Select(shape => shape.Dimensions.IsEmpty ? shape.Name : $"{shape.Name}[{string.Join(',', shape.Dimensions)}]")));
        Add("Model.Data.Reals", Hash(MemoryMarshal.AsBytes(posterior.Data.Reals.Span)));
        Add("Model.Data.Integers", Hash(MemoryMarshal.AsBytes(posterior.Data.Integers.Span)));
    }

    /// <summary>Every public property of options; of the record itself none is left out but by its mark.</summary>
    private void AddProperties(
        string prefix, object options, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] Type type)
    {
        foreach (PropertyInfo property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).OrderBy(one => one.Name, StringComparer.Ordinal))
        {
            if (property.GetCustomAttribute<LeavesNoMarkAttribute>() is null)
            {
                Add(prefix.Length == 0 ? property.Name : $"{prefix}.{property.Name}", property.GetValue(options));
            }
        }
    }

    private void Add(string name, object? value)
    {
        if (value is IRunOptions options)
        {
            AddOptions(name, options);
        }
        else
        {
            entries.Add(new(name, Text(name, value)));
        }
    }

    private void AddOptions(string name, IRunOptions options)
    {
        entries.Add(new(name, options.GetType().Name));
        AddProperties(name, options, options.GetType());
    }

    /// <summary>A value in words that are the same in every culture, numbers with all their digits.</summary>
    /// <exception cref="NotSupportedException">It is of a type that has no words: options of such a type implement <see cref="IRunOptions"/>.</exception>
    private static string Text(string name, object? value) => value switch
    {
        null => None,
        string text => text,
        bool yes => yes ? "true" : "false",
        Enum member => member.ToString(),
        IFormattable number when value.GetType().IsPrimitive => number.ToString(null, CultureInfo.InvariantCulture),
        System.Collections.IEnumerable list => List([.. list.Cast<object?>().Select(one => Text(name, one))]),
        _ => throw new NotSupportedException($"{name} is of type {value.GetType().Name}, by which runs cannot be told apart."),
    };

    /// <summary>Elements in words; of many the first, and the hash of all.</summary>
    private static string List(string[] elements) => elements.Length <= LongestList
        ? $"[{string.Join(", ", elements)}]"
        : $"[{string.Join(", ", elements[..3])}, …, {Hash(Encoding.UTF8.GetBytes(string.Join(", ", elements)))}]";

    private static string Hash(ReadOnlySpan<byte> bytes) => bytes.IsEmpty
        ? None
        : string.Create(CultureInfo.InvariantCulture, $"{bytes.Length} bytes, SHA-256 {Convert.ToHexStringLower(SHA256.HashData(bytes))[..32]}");
}
