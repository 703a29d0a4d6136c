using GpuSampling.Generators.Lowering;
using GpuSampling.Generators.Program;
using GpuSampling.Generators.Support;
using Microsoft.CodeAnalysis;

namespace GpuSampling.Generators.Reading;

/// <summary>Collects a model's functions, and those that they call, wherever their source is.</summary>
internal sealed class FunctionCollector
{
    private readonly Compilation compilation;
    private readonly INamedTypeSymbol? model;
    private readonly Dictionary<string, FieldRole> roles;
    private readonly Dictionary<string, Function> functions = [];
    private readonly HashSet<string> underWay = [];
    private readonly bool isLibrary;
    private readonly CancellationToken cancellation;

    public FunctionCollector(
        Compilation compilation, INamedTypeSymbol? model, Dictionary<string, FieldRole> roles, bool isLibrary, CancellationToken cancellation)
    {
        this.compilation = compilation;
        this.model = model;
        this.roles = roles;
        this.isLibrary = isLibrary;
        this.cancellation = cancellation;
    }

    /// <summary>The functions found so far.</summary>
    public IEnumerable<Function> Functions => functions.Values;

    /// <summary>What identifies a method within a program.</summary>
    public static string KeyOf(IMethodSymbol method) => method.OriginalDefinition.ToDisplayString();

    /// <summary>The role of a field of the model, or null if it has none.</summary>
    public FieldRole? RoleOf(string field) => roles.TryGetValue(field, out FieldRole role) ? role : null;

    /// <summary>Whether a type is the model.</summary>
    public bool IsModel(INamedTypeSymbol type) =>
        model is not null && (SymbolEqualityComparer.Default.Equals(type, model) || type.ToDisplayString() == model.ToDisplayString());

    /// <summary>Whether the source of a method is at hand.</summary>
    public static bool HasSource(IMethodSymbol method) => method.DeclaringSyntaxReferences.Length > 0;

    /// <summary>The elementary function that a method stands for, or null.</summary>
    public static string? IntrinsicOf(IMethodSymbol method)
    {
        string type = method.ContainingType.ToDisplayString();
        string name = method.Name;
        switch (type)
        {
            case "System.Math":
                return Intrinsics.IsMath(name) ? name : null;
            case "double":
                return name is "IsNaN" or "Exp" or "Log" or "Sqrt" or "Abs" or "Max" or "Min" or "Tanh" or "Pow" ? name : null;
            case "GpuSampling.Modeling.RandomSource":
                return method.IsStatic ? null : "Random." + name;
            case "GpuSampling.Modeling.Special":
                return Intrinsics.IsSpecial(name) ? name : null;
            default:
                return null;
        }
    }

    /// <summary>Reads a method and what it calls, once, and returns its key.</summary>
    public string Collect(IMethodSymbol method, IOperation place)
    {
        method = method.OriginalDefinition;
        string key = KeyOf(method);
        cancellation.ThrowIfCancellationRequested();
        if (functions.ContainsKey(key))
        {
            return key;
        }

        if (!isLibrary && CollectLibrary(key))
        {
            return key;
        }

        if (!underWay.Add(key))
        {
            throw new UnsupportedProgramException(Rules.Recursion, SourceSpan.Of(place.Syntax.GetLocation()), method.Name);
        }

        if (OperationOf(method) is not { } body || method.IsExtern || method.IsAsync || method.TypeParameters.Length > 0)
        {
            throw new UnsupportedProgramException(Rules.UnknownCall, SourceSpan.Of(place.Syntax.GetLocation()), method.ToDisplayString());
        }

        functions[key] = OperationReader.Read(this, method, body, isLibrary);
        underWay.Remove(key);
        return key;
    }

    /// <summary>Adds a function of the library, with those that it calls; false if there is none of that key.</summary>
    public bool CollectLibrary(string key)
    {
        if (Library.Find(compilation, key) is not { } known)
        {
            return false;
        }

        foreach (Function function in known)
        {
            functions[function.Key] = function;
        }

        return true;
    }

    private IOperation? OperationOf(IMethodSymbol method)
    {
        if (method.DeclaringSyntaxReferences.Length == 0)
        {
            return null;
        }

        SyntaxNode syntax = method.DeclaringSyntaxReferences[0].GetSyntax(cancellation);
        if (method.PartialImplementationPart is { } implementation)
        {
            syntax = implementation.DeclaringSyntaxReferences[0].GetSyntax(cancellation);
        }

        SemanticModel semantics = compilation.GetSemanticModel(syntax.SyntaxTree);
        IOperation? operation = semantics.GetOperation(syntax, cancellation);
        return operation switch
        {
            Microsoft.CodeAnalysis.Operations.ILocalFunctionOperation local => local.Body,
            _ => operation,
        };
    }
}
