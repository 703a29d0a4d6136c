using GpuSampling.Generators.Lowering;
using GpuSampling.Generators.Program;
using GpuSampling.Generators.Support;
using Microsoft.CodeAnalysis;

namespace GpuSampling.Generators.Reading;

/// <summary>Collects a model's functions, and those that they call, wherever their source is.</summary>
internal sealed partial class FunctionCollector
{
    private readonly Compilation compilation;
    private readonly INamedTypeSymbol? model;
    private readonly Dictionary<string, FieldRole> roles;
    private readonly Dictionary<string, Function> functions = [];
    private readonly HashSet<string> underWay = [];
    private readonly bool isLibrary;
    private readonly CancellationToken cancellation;

    /// <summary>The variables around each function that it captures.</summary>
    private readonly Dictionary<string, IReadOnlyList<ISymbol>> captures = [];

    /// <summary>What the compiler knows of each file. Asked anew, it binds the same methods again.</summary>
    private readonly Dictionary<SyntaxTree, SemanticModel> semantics = [];

    private readonly Dictionary<IMethodSymbol, (string Key, string? Intrinsic)> names = new(SymbolEqualityComparer.Default);

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

    /// <summary>What identifies a method within a program. Local functions, and methods of types of one file, may have the same name.</summary>
    public static string KeyOf(IMethodSymbol method)
    {
        method = method.OriginalDefinition;
        bool isUnique = method.MethodKind != MethodKind.LocalFunction && !method.ContainingType.IsFileLocal;
        string name = method.ToDisplayString();
        return isUnique || method.DeclaringSyntaxReferences.Length == 0
            ? name
            : $"{name} at {method.DeclaringSyntaxReferences[0].SyntaxTree.FilePath} {method.DeclaringSyntaxReferences[0].Span}";
    }

    /// <summary>The role of a field of the model, or null if it has none.</summary>
    public FieldRole? RoleOf(string field) => roles.TryGetValue(field, out FieldRole role) ? role : null;

    /// <summary>Whether a type is the model.</summary>
    public bool IsModel(INamedTypeSymbol type) =>
        model is not null && (SymbolEqualityComparer.Default.Equals(type, model) || type.ToDisplayString() == model.ToDisplayString());

    /// <summary>Whether the source of a method is at hand.</summary>
    public static bool HasSource(IMethodSymbol method) => method.DeclaringSyntaxReferences.Length > 0;

    /// <summary>The elementary function that a method stands for, or null.</summary>
    public string? IntrinsicOf(IMethodSymbol method) => NamesOf(method).Intrinsic;

    /// <summary>What the compiler knows of a file.</summary>
    public SemanticModel SemanticsOf(SyntaxTree tree)
    {
        if (!semantics.TryGetValue(tree, out SemanticModel? known))
        {
            semantics[tree] = known = compilation.GetSemanticModel(tree);
        }

        return known;
    }

    private (string Key, string? Intrinsic) NamesOf(IMethodSymbol method)
    {
        if (!names.TryGetValue(method, out (string Key, string? Intrinsic) known))
        {
            names[method] = known = (KeyOf(method), Elementary(method));
        }

        return known;
    }

    private static string? Elementary(IMethodSymbol method)
    {
        string type = method.ContainingType.ToDisplayString();
        string name = method.Name;
        switch (type)
        {
            case "System.Math":
                return Intrinsics.IsMath(name) ? name : null;
            case "double":
                return name is "IsNaN" or "IsFinite" or "IsInfinity" or "IsNegativeInfinity" or "IsPositiveInfinity" or "Exp" or "Log" or "Sqrt" or "Abs" or "Max" or "Min" or "Clamp" or "Tanh" or "Pow" ? name : null;
            case "GpuSampling.Modeling.RandomSource":
                return method.IsStatic ? null : "Random." + name;
            case "GpuSampling.Modeling.Special":
                return Intrinsics.IsSpecial(name) ? name : null;
            default:
                return null;
        }
    }

    /// <summary>Reads a method and what it calls, once, and returns its key.</summary>
    /// <param name="method">The method.</param>
    /// <param name="place">Where it is called, or itself.</param>
    public string Collect(IMethodSymbol method, SyntaxNode place)
    {
        method = method.OriginalDefinition;
        string key = NamesOf(method).Key;
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
            throw new UnsupportedProgramException(Rules.Recursion, SourceSpan.Of(place.GetLocation()), method.Name);
        }

        if (OperationOf(method) is not { } body || method.IsExtern || method.IsAsync || method.TypeParameters.Length > 0)
        {
            throw new UnsupportedProgramException(Rules.UnknownCall, SourceSpan.Of(place.GetLocation()), method.ToDisplayString());
        }

        (functions[key], captures[key]) = OperationReader.Read(this, DeclaredBy(method), body, isLibrary);
        underWay.Remove(key);
        return key;
    }

    /// <summary>The variables around a function that it captures, and what it does with them.</summary>
    public IEnumerable<(ISymbol Variable, Capture Capture)> CapturesOf(string key) => captures.TryGetValue(key, out IReadOnlyList<ISymbol>? known)
        ? known.Zip(functions[key].Parameters.Where(parameter => parameter.Capture != Capture.None), (variable, parameter) => (variable, parameter.Capture))
        : [];

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

    /// <summary>
    /// The method as the body that is read knows it: sizes and bounds are bound in a compilation of their own, where methods have
    /// other parameters.
    /// </summary>
    private IMethodSymbol DeclaredBy(IMethodSymbol method)
    {
        SyntaxNode syntax = SyntaxOf(method);
        return SemanticsOf(syntax.SyntaxTree).GetDeclaredSymbol(syntax, cancellation) as IMethodSymbol ?? method;
    }

    private SyntaxNode SyntaxOf(IMethodSymbol method) =>
        (method.PartialImplementationPart ?? method).DeclaringSyntaxReferences[0].GetSyntax(cancellation);

    private IOperation? OperationOf(IMethodSymbol method)
    {
        if (method.DeclaringSyntaxReferences.Length == 0)
        {
            return null;
        }

        SyntaxNode syntax = SyntaxOf(method);
        if (!compilation.ContainsSyntaxTree(syntax.SyntaxTree))
        {
            return null; // an editor knows the source of other projects, too, but not what it means there
        }

        IOperation? operation = SemanticsOf(syntax.SyntaxTree).GetOperation(syntax, cancellation);
        return operation switch
        {
            Microsoft.CodeAnalysis.Operations.ILocalFunctionOperation local => local.Body,
            _ => operation,
        };
    }
}
