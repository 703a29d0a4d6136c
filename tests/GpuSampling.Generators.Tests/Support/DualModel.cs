using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using System.Text.RegularExpressions;
using GpuSampling.DualNumbers;
using GpuSampling.Modeling;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GpuSampling.Generators.Tests.Support;

/// <summary>
/// A model's source compiled again with dual numbers in place of doubles, and the transforms of its parameters written by hand
/// for them: an oracle for value and gradient that shares nothing with the generator but the C# compiler.
/// </summary>
internal sealed partial class DualModel
{
    private const BindingFlags Members = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private readonly Type type;

    private DualModel(Type type) => this.type = type;

    /// <summary>Compiles models for dual numbers.</summary>
    public static IReadOnlyDictionary<string, DualModel> Compile(params string[] sources) => Compile(OptimizationLevel.Release, sources);

    /// <summary>The same for models that run a few times only: what is compiled as debug code starts sooner.</summary>
    public static IReadOnlyDictionary<string, DualModel> CompileShortLived(params string[] sources) => Compile(OptimizationLevel.Debug, sources);

    private static Dictionary<string, DualModel> Compile(OptimizationLevel optimization, string[] sources)
    {
        var texts = new List<string>(LibraryTexts()) { Intrinsics() };
        var names = new List<string>();
        foreach (string source in sources)
        {
            var root = (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Preview)).GetRoot();
            names.AddRange(root.DescendantNodes().OfType<ClassDeclarationSyntax>().Where(IsModel).Select(model => model.Identifier.Text));
            texts.Add(WithDuals(WithoutGeneration(root)) + "\n" + string.Join("\n", root.DescendantNodes().OfType<ClassDeclarationSyntax>().Where(IsModel).Select(Bounds)));
        }

        var options = new CSharpParseOptions(LanguageVersion.Preview);
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Duals" + Guid.NewGuid().ToString("N"),
            texts.Select(text => CSharpSyntaxTree.ParseText(
                "using System; using GpuSampling.Modeling; using GpuSampling.DualNumbers;\n" + text, options)),
            [.. GeneratorRun.Compile().References, MetadataReference.CreateFromFile(typeof(Dual).Assembly.Location)],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: optimization));
        using var stream = new MemoryStream();
        Microsoft.CodeAnalysis.Emit.EmitResult emitted = compilation.Emit(stream);
        Assert.True(emitted.Success, string.Join("\n", emitted.Diagnostics.Where(one => one.Severity == DiagnosticSeverity.Error).Take(10)));
        stream.Position = 0;
        Assembly assembly = AssemblyLoadContext.Default.LoadFromStream(stream);
        return names.ToDictionary(name => name, name => new DualModel(assembly.GetTypes().First(type => type.Name == name)));
    }

    /// <summary>The log-density with all log-Jacobians, and its derivative by each unconstrained parameter.</summary>
    /// <param name="model">The model with its data.</param>
    /// <param name="position">The unconstrained parameters.</param>
    public (double Value, double[] Gradient) At(object model, double[] position)
    {
        var gradient = new double[position.Length];
        double value = 0;
        for (int i = 0; i < position.Length; i++)
        {
            Dual density = Density(model, [.. position.Select((x, j) => new Dual(x, i == j ? 1 : 0))]);
            value = density.Value;
            gradient[i] = density.Derivative;
        }

        return (value, gradient);
    }

    /// <summary>The log-density with all log-Jacobians.</summary>
    public Dual Density(object model, Dual[] position)
    {
        (object dual, Dual jacobian) = Constrained(model, position);
        Dual density = type.GetMethod("LogDensity", Members) is { } whole
            ? (Dual)whole.Invoke(dual, [])!
            : (Dual)Call(dual, "LogPrior")! + (Dual)Call(dual, "LogLikelihood")!;
        return density + jacobian;
    }

    /// <summary>The values of the model's parameters, in order.</summary>
    public IReadOnlyList<double> Parameters(object model, double[] position)
    {
        object dual = Constrained(model, [.. position.Select(x => new Dual(x))]).Model;
        return [.. ParametersOf(model).SelectMany(field => NumbersIn(type.GetField(field.Name, Members)!.GetValue(dual)!))];
    }

    private static IEnumerable<FieldInfo> ParametersOf(object model) =>
        model.GetType().GetFields(Members).Where(field => field.GetCustomAttribute<ParameterAttribute>() is not null);

    private static IEnumerable<double> NumbersIn(object value) => value is Dual number ? [number.Value] : ((Array)value).Cast<Dual>().Select(one => one.Value);

    /// <summary>The model with its data and the parameters of a position, and the log-Jacobian.</summary>
    private (object Model, Dual LogJacobian) Constrained(object model, Dual[] position)
    {
        object dual = System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(type);
        var jacobian = new Dual(0);
        int next = 0;
        foreach (FieldInfo field in model.GetType().GetFields(Members))
        {
            FieldInfo target = type.GetField(field.Name, Members)!;
            if (field.GetCustomAttribute<ParameterAttribute>() is { } parameter)
            {
                int[] sizes = [.. parameter.Sizes.Select((_, i) => (int)Call(dual, $"SizeOf_{field.Name}_{i}")!)];
                Dual? lower = parameter.Lower is null ? null : (Dual)Call(dual, "LowerOf_" + field.Name)!;
                Dual? upper = parameter.Upper is null ? null : (Dual)Call(dual, "UpperOf_" + field.Name)!;
                (object value, Dual logJacobian, int used) = DualTransforms.Constrain(position.AsSpan(next), sizes, lower, upper, parameter.Constraint);
                target.SetValue(dual, value);
                jacobian += logJacobian;
                next += used;
            }
            else if (field.GetCustomAttribute<GeneratedAttribute>() is null)
            {
                target?.SetValue(dual, Convert(field.GetValue(model)));
            }
        }

        Assert.Equal(position.Length, next);
        return (dual, jacobian);
    }

    private static object? Call(object dual, string name) =>
        dual.GetType().GetMethod(name, Members)!.Invoke(dual, []);

    private static object? Convert(object? value)
    {
        switch (value)
        {
            case double number:
                return new Dual(number);
            case double[] vector:
                return vector.Select(x => new Dual(x)).ToArray();
            case double[,] matrix:
                var copy = new Dual[matrix.GetLength(0), matrix.GetLength(1)];
                for (int i = 0; i < copy.GetLength(0); i++)
                {
                    for (int j = 0; j < copy.GetLength(1); j++)
                    {
                        copy[i, j] = matrix[i, j];
                    }
                }

                return copy;
            default:
                return value;
        }
    }

    /// <summary>Generated quantities have no gradient, and their random numbers no dual twin.</summary>
    private static string WithoutGeneration(CompilationUnitSyntax root) => root.RemoveNodes(
        root.DescendantNodes().OfType<MethodDeclarationSyntax>().Where(method => method.Identifier.Text == "Generate"), SyntaxRemoveOptions.KeepNoTrivia)!.ToFullString();

    private static bool IsModel(ClassDeclarationSyntax type) =>
        type.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => attribute.Name.ToString() == "Model");

    /// <summary>The library without elementary functions, which duals have themselves, and without random numbers, which have no derivatives.</summary>
    private static IEnumerable<string> LibraryTexts() => typeof(ModelGenerator).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith("Library/", StringComparison.Ordinal) && name != "Library/Special.cs" && !name.Contains("RandomVariates", StringComparison.Ordinal))
        .Select(name =>
        {
            using var reader = new StreamReader(typeof(ModelGenerator).Assembly.GetManifestResourceStream(name)!);
            return WithDuals(reader.ReadToEnd()).Replace("namespace GpuSampling.Modeling;", "", StringComparison.Ordinal);
        });

    /// <summary>The elementary functions as part of the class that the library's own functions of that name belong to.</summary>
    private static string Intrinsics() => "public static partial class DualSpecial {\n" + string.Join("\n", typeof(DualIntrinsics)
        .GetMethods(BindingFlags.Public | BindingFlags.Static)
        .Select(method =>
            $"public static Dual {method.Name}({string.Join(", ", method.GetParameters().Select(one => "Dual " + one.Name))}) => DualIntrinsics.{method.Name}({string.Join(", ", method.GetParameters().Select(one => one.Name))});")) + "\n}";

    private static string WithDuals(string source)
    {
        string text = source.Replace("[Model]", "", StringComparison.Ordinal);
        text = ConstantDouble().Replace(text, "const real$1");
        text = DoubleKeyword().Replace(text, "Dual");
        text = text.Replace("const real", "const double", StringComparison.Ordinal);
        text = MathName().Replace(text, "DualMath");
        return SpecialName().Replace(text, "DualSpecial");
    }

    /// <summary>A second part of the class: its sizes and bounds as methods.</summary>
    private static string Bounds(ClassDeclarationSyntax model)
    {
        var text = new StringBuilder($"partial class {model.Identifier.Text} {{\n");
        foreach (FieldDeclarationSyntax field in model.Members.OfType<FieldDeclarationSyntax>())
        {
            AttributeSyntax? attribute = field.AttributeLists.SelectMany(list => list.Attributes).FirstOrDefault(one => one.Name.ToString() == "Parameter");
            foreach (VariableDeclaratorSyntax variable in field.Declaration.Variables)
            {
                int size = 0;
                foreach (AttributeArgumentSyntax argument in attribute?.ArgumentList?.Arguments ?? [])
                {
                    string expression = argument.Expression is LiteralExpressionSyntax { Token.Value: string literal } ? literal
                        : argument.Expression is InvocationExpressionSyntax invocation ? invocation.ArgumentList.Arguments[0].ToString()
                        : argument.Expression.ToString();
                    string? name = argument.NameEquals?.Name.ToString();
                    if (name is null)
                    {
                        text.Append($"int SizeOf_{variable.Identifier.ValueText}_{size++}() => {expression};\n");
                    }
                    else if (name is "Lower" or "Upper")
                    {
                        text.Append($"Dual {name}Of_{variable.Identifier.ValueText}() => {WithDuals(expression)};\n");
                    }
                }
            }
        }

        return text.Append("}\n").ToString();
    }

    [GeneratedRegex(@"\bdouble\b")]
    private static partial Regex DoubleKeyword();

    [GeneratedRegex(@"const double\b([^;]*;)")]
    private static partial Regex ConstantDouble();

    [GeneratedRegex(@"\bMath\b")]
    private static partial Regex MathName();

    [GeneratedRegex(@"\bSpecial\b")]
    private static partial Regex SpecialName();
}
