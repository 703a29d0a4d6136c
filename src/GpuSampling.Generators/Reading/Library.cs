using System.Collections.Concurrent;
using System.Reflection;
using GpuSampling.Generators.Program;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace GpuSampling.Generators.Reading;

/// <summary>
/// The functions of the library: densities, transforms, linear algebra. Their C# text is the one that GpuSampling is compiled
/// from; the generator carries a copy and reads it like an author's, once per process.
/// </summary>
internal static class Library
{
    private static readonly ConcurrentDictionary<string, Function[]?> Known = new();
    private static readonly object Gate = new();
    private static CSharpCompilation? source;

    /// <summary>A function of the library and those that it calls; null if the library has none of that key.</summary>
    /// <param name="compilation">A compilation whose references the library's text can be read with.</param>
    /// <param name="key">The key of the function.</param>
    public static IReadOnlyList<Function>? Find(Compilation compilation, string key)
    {
        if (!key.StartsWith("GpuSampling.Modeling.", StringComparison.Ordinal))
        {
            return null;
        }

        return Known.GetOrAdd(key, _ => Read(compilation, key));
    }

    private static Function[]? Read(Compilation compilation, string key)
    {
        lock (Gate)
        {
            source ??= Compile(compilation);
            string method = key.Substring(0, key.IndexOf('('));
            int dot = method.LastIndexOf('.');
            INamedTypeSymbol? type = source.Assembly.GetTypeByMetadataName(method.Substring(0, dot));
            IMethodSymbol? symbol = type?.GetMembers(method.Substring(dot + 1)).OfType<IMethodSymbol>()
                .FirstOrDefault(candidate => FunctionCollector.KeyOf(candidate) == key);
            if (symbol is null)
            {
                return null;
            }

            var collector = new FunctionCollector(source, null, [], isLibrary: true, CancellationToken.None);
            collector.Collect(symbol, symbol.DeclaringSyntaxReferences[0].GetSyntax());
            return collector.Functions.ToArray();
        }
    }

    private static CSharpCompilation Compile(Compilation compilation)
    {
        Assembly assembly = typeof(Library).Assembly;
        var options = new CSharpParseOptions(LanguageVersion.Preview);
        var trees = new List<SyntaxTree> { CSharpSyntaxTree.ParseText("global using System;", options) };
        foreach (string name in assembly.GetManifestResourceNames().Where(name => name.StartsWith("Library/", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            trees.Add(CSharpSyntaxTree.ParseText(reader.ReadToEnd(), options, path: name));
        }

        return CSharpCompilation.Create(
            "GpuSampling.Library", trees, compilation.References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
    }
}
