using GpuSampling.Generators.Emission;
using GpuSampling.Generators.Program;
using GpuSampling.Generators.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GpuSampling.Generators.Reading;

/// <summary>What was read of a model: the program, or why there is none. Equal by value.</summary>
internal sealed record ModelReading(ModelProgram? Program, EquatableArray<DiagnosticInfo> Diagnostics);

/// <summary>Reads a type marked [Model].</summary>
internal sealed partial class ModelReader
{
    private readonly Compilation compilation;
    private readonly INamedTypeSymbol type;
    private readonly TypeDeclarationSyntax syntax;
    private readonly SourceSpan span;
    private readonly CancellationToken cancellation;
    private readonly List<DiagnosticInfo> diagnostics = [];
    private readonly Dictionary<string, FieldRole> roles = [];

    private ModelReader(Compilation compilation, INamedTypeSymbol type, TypeDeclarationSyntax syntax, CancellationToken cancellation)
    {
        this.compilation = compilation;
        this.type = type;
        this.cancellation = cancellation;
        this.syntax = syntax;
        span = SourceSpan.Of(syntax.Identifier.GetLocation());
    }

    public static ModelReading Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        var reader = new ModelReader(
            context.SemanticModel.Compilation, (INamedTypeSymbol)context.TargetSymbol, (TypeDeclarationSyntax)context.TargetNode, cancellation);
        ModelProgram? program = null;
        try
        {
            program = reader.Read();
        }
        catch (UnsupportedProgramException unsupported)
        {
            reader.diagnostics.Add(unsupported.Diagnostic);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            reader.diagnostics.Add(FaultPlace.Report(fault, reader.type.Name, reader.span));
        }

        return new ModelReading(reader.diagnostics.Count == 0 ? program : null, reader.diagnostics.ToEquatableArray());
    }

    private ModelProgram Read()
    {
        var containing = new List<string>();
        for (INamedTypeSymbol? outer = type; outer is not null; outer = outer.ContainingType)
        {
            bool isPartial = outer.DeclaringSyntaxReferences.All(reference =>
                reference.GetSyntax(cancellation) is TypeDeclarationSyntax declaration
                && declaration.Modifiers.Any(modifier => modifier.Text == "partial"));
            if (!isPartial || outer.TypeParameters.Length > 0 || outer.IsFileLocal)
            {
                throw new UnsupportedProgramException(Rules.NotPartial, span, type.Name);
            }

            if (!ReferenceEquals(outer, type))
            {
                containing.Insert(0, $"partial {KeywordOf(outer)} {outer.Name}");
            }
        }

        List<IFieldSymbol> fieldSymbols = FieldsInOrder();
        foreach (IFieldSymbol field in fieldSymbols)
        {
            roles[field.Name] = RoleOf(field)!.Value;
        }

        if (!roles.ContainsValue(FieldRole.Parameter))
        {
            throw new UnsupportedProgramException(Rules.NoParameters, span, type.Name);
        }

        var collector = new FunctionCollector(compilation, type, roles, isLibrary: false, cancellation);
        IMethodSymbol? density = MethodNamed("LogDensity"), prior = MethodNamed("LogPrior"), likelihood = MethodNamed("LogLikelihood");
        if (density is null && (prior is null || likelihood is null))
        {
            throw new UnsupportedProgramException(Rules.NoLogDensity, span, type.Name);
        }

        ModelField[] fields = ReadFields(fieldSymbols, collector);
        foreach (ModelField field in fields.Where(field => field.Constraint > ConstraintKind.Interval))
        {
            collector.CollectLibrary(Kernels.ParameterTransforms.KeyOf(field));
        }

        string? densityKey = null, priorKey = null, likelihoodKey = null;
        if (prior is not null && likelihood is not null)
        {
            priorKey = Collect(collector, prior);
            likelihoodKey = Collect(collector, likelihood);
        }
        else
        {
            densityKey = Collect(collector, density!);
        }

        IMethodSymbol? generate = Generate();
        string? generateKey = generate is null ? null : Collect(collector, generate);
        return new ModelProgram(
            type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(),
            containing.ToEquatableArray(),
            type.Name,
            KeywordOf(type),
            TitleOf(type),
            fields.ToEquatableArray(),
            collector.Functions.OrderBy(function => function.Key, StringComparer.Ordinal).ToEquatableArray(),
            densityKey,
            priorKey,
            likelihoodKey,
            generateKey,
            type.GetMembers("Prepare").OfType<IMethodSymbol>().Any(method => method.ReturnsVoid && method.Parameters.Length == 0),
            type.GetMembers("DrawPrior").OfType<IMethodSymbol>().Any(method =>
                method.ReturnsVoid && method.Parameters.Length == 1 && method.Parameters[0].Type.ToDisplayString() == "GpuSampling.Modeling.RandomSource"),
            HiddenTypes().ToEquatableArray(),
            KernelName(),
            span);
    }

    private string KernelName()
    {
        string name = "Kernel";
        for (int i = 2; type.Name == name || !type.GetMembers(name).IsEmpty; i++)
        {
            name = "Kernel" + i.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return name;
    }

    /// <summary>The method that computes generated quantities, if any.</summary>
    private IMethodSymbol? Generate()
    {
        IMethodSymbol[] methods = [.. type.GetMembers("Generate").OfType<IMethodSymbol>().Where(method => method.ReturnsVoid && method.Parameters.Length <= 1)];
        IMethodSymbol? generate = methods.FirstOrDefault(method => method.Parameters.All(parameter => TypeReader.TryRead(parameter.Type) is { Element: ElementType.Random }));
        return generate is not null || methods.Length == 0
            ? generate
            : throw new UnsupportedProgramException(
                Rules.UnsupportedExpression, SourceSpan.Of(methods[0].Parameters[0].Locations[0]), $"The parameter '{methods[0].Parameters[0].Name}' of 'Generate'", "write 'void Generate()' or 'void Generate(RandomSource random)'");
    }

    /// <summary>The types of generated code whose short names mean something else within the model.</summary>
    private string[] HiddenTypes()
    {
        SemanticModel semantics = compilation.GetSemanticModel(syntax.SyntaxTree);
        return TypeNames.All
            .Where(name => semantics.LookupSymbols(syntax.OpenBraceToken.Span.End, name: name)
                .Any(symbol => symbol is not INamedTypeSymbol || symbol.ContainingNamespace.ToDisplayString() != TypeNames.NamespaceOf(name)))
            .ToArray();
    }

    private string? Collect(FunctionCollector collector, IMethodSymbol method)
    {
        try
        {
            return collector.Collect(method, method.DeclaringSyntaxReferences[0].GetSyntax(cancellation));
        }
        catch (UnsupportedProgramException unsupported)
        {
            diagnostics.Add(unsupported.Diagnostic);
            return null;
        }
    }

    private IMethodSymbol? MethodNamed(string name) => type.GetMembers(name).OfType<IMethodSymbol>().FirstOrDefault(method =>
        method.Parameters.Length == 0 && method.ReturnType.SpecialType == SpecialType.System_Double);

    private List<IFieldSymbol> FieldsInOrder() =>
        type.GetMembers().OfType<IFieldSymbol>().Where(field => !field.IsStatic && RoleOf(field) is not null).ToList();

    private static FieldRole? RoleOf(IFieldSymbol field)
    {
        foreach (AttributeData attribute in field.GetAttributes())
        {
            switch (attribute.AttributeClass?.Name)
            {
                case "DataAttribute" or "TransformedDataAttribute" when IsOfModeling(attribute):
                    return FieldRole.Data;
                case "ParameterAttribute" when IsOfModeling(attribute):
                    return FieldRole.Parameter;
                case "GeneratedAttribute" when IsOfModeling(attribute):
                    return FieldRole.Generated;
            }
        }

        return null;
    }

    /// <summary>Whether an attribute is one of GpuSampling.Modeling.</summary>
    private static bool IsOfModeling(AttributeData attribute) => attribute.AttributeClass?.ContainingNamespace is
        { Name: "Modeling", ContainingNamespace: { Name: "GpuSampling", ContainingNamespace.IsGlobalNamespace: true } };

    private static string KeywordOf(INamedTypeSymbol type) => (type.IsRecord, type.TypeKind) switch
    {
        (true, TypeKind.Struct) => "record struct",
        (true, _) => "record",
        (_, TypeKind.Struct) => "struct",
        _ => "class",
    };

    private static string TitleOf(INamedTypeSymbol type)
    {
        AttributeData? attribute = type.GetAttributes().FirstOrDefault(one => one.AttributeClass?.ToDisplayString() == "GpuSampling.Modeling.ModelAttribute");
        if (attribute?.ConstructorArguments.FirstOrDefault().Value is string { Length: > 0 } title)
        {
            return title;
        }

        // EightSchools is eight-schools.
        return string.Concat(type.Name.Select((letter, i) =>
            char.IsUpper(letter) && i > 0 && !char.IsUpper(type.Name[i - 1]) ? "-" + char.ToLowerInvariant(letter) : char.ToLowerInvariant(letter).ToString()));
    }
}
