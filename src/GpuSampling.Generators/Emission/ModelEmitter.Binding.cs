using System.Globalization;
using GpuSampling.Generators.Lowering;
using GpuSampling.Generators.Program;
using Microsoft.CodeAnalysis.CSharp;

namespace GpuSampling.Generators.Emission;

/// <content>How the data of a model are checked, laid out and read from JSON.</content>
internal sealed partial class ModelEmitter
{
    private void WriteBinding()
    {
        WriteToPosterior();
        writer.Line();
        WriteFromJson();
        writer.Line();
        WriteAssign();
        writer.Line();
        WriteStarts();
    }

    private void WriteToPosterior()
    {
        writer.Line("/// <summary>Checks the data and binds the density to them.</summary>");
        writer.Line("/// <returns>The posterior, ready to be sampled.</returns>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">Data are missing, have another shape than declared, or are not finite.</exception>");
        writer.Open($"public Posterior<{program.KernelName}> ToPosterior()");
        WritePreparation();

        var names = new Names(program.Fields.Select(field => field.Name).Concat(layout.Integers.Select(integer => integer.Name)));
        string table = names.Unique("table"), kernel = names.Unique("kernel");
        writer.Line($"var {table} = new ModelDataBuilder({Literal(program.Title)});");
        foreach (ModelField field in DataInOrderOfChecks)
        {
            if (field.Type == ProgramType.Real)
            {
                writer.Line($"int {layout.NameOf(field.Name, "At")} = {table}.AddReal(nameof({NameOf(field)}), {NameOf(field)});");
            }

            if (!field.Type.IsArray)
            {
                continue;
            }

            string method = field.Type.Element == ElementType.Integer ? "AddIntegers" : "AddReals";
            string reference = field.SizeTexts.Count == 2 ? "ref " : "";
            writer.Line($"int {layout.NameOf(field.Name, "At")} = {table}.{method}(nameof({NameOf(field)}), {reference}{NameOf(field)}{DeclaredSizes(field)});");
        }

        bool hasTables = compiler.Tables.All.Count > 0;
        string arguments = string.Join(", ", layout.Integers.Select(integer => integer.Role switch
        {
            "" => $"this.{Escaped(integer.Field)}",
            "At" => integer.Name,
            "Count" => $"{Escaped(integer.Field)}.Length",
            "Rows" => $"{Escaped(integer.Field)}.GetLength(0)",
            _ => $"{Escaped(integer.Field)}.GetLength(1)",
        }).Concat(hasTables ? [table + ".RealCount"] : Array.Empty<string>()));
        writer.Line($"var {kernel} = new {program.KernelName}({arguments});");
        writer.Open("try");
        foreach (ModelField field in layout.BoundedByData.Where(field => field is not { Lower: RealLiteral, Upper: RealLiteral }))
        {
            writer.Line($"{table}.CheckBounds(nameof({NameOf(field)}), {field.LowerText}, {field.UpperText});");
        }

        if (hasTables)
        {
            writer.Line($"{kernel}.FillTables<Float64, HostNumbers, HostNumbers>({table}.AddTables({kernel}.TableLength), {table}.Numbers);");
        }

        string shapes = string.Concat(compiler.Outputs().Select(output =>
            $", new OutputShape(nameof({NameOf(output.Field)}){string.Concat(output.Field.SizeTexts.Select(size => ", " + size))})"));
        string origin = names.Unique("origin"), posterior = names.Unique("posterior");
        writer.Line($"{program.TypeName} {origin} = this;");
        writer.Line($"var {posterior} = new Posterior<{program.KernelName}>({Literal(program.Title)}, {kernel}, {table}.Build(){shapes})");
        WriteStartFunctions(names, origin);
        WriteBoundsCheck(names, origin, table, posterior);
        writer.Line($"return {posterior};");
        writer.Close();
        string fault = names.Unique("fault");
        writer.Open($"catch (global::System.IndexOutOfRangeException {fault})");
        writer.Line($"throw {table}.OutOfBounds({fault});");
        writer.Close();
        writer.Close();
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line("Posterior IModelDefinition.ToPosterior() => ToPosterior();");
    }

    /// <summary>What is given comes before what Prepare computes of it, so that a fault is told of the former.</summary>
    private IEnumerable<ModelField> DataInOrderOfChecks => program.Fields.Where(one => one.Role == FieldRole.Data)
        .OrderBy(one => (one.IsTransformed ? 2 : 0) + (one.Type.IsArray ? 1 : 0));

    private void WritePreparation()
    {
        if (!program.HasPrepare)
        {
            return;
        }

        string missing = string.Join(" || ", program.Fields
            .Where(field => field.Role == FieldRole.Data && !field.IsTransformed && field.Type.IsArray).Select(field => NameOf(field) + " is null"));
        if (missing.Length == 0)
        {
            writer.Line("Prepare();");
            return;
        }

        writer.Open("try");
        writer.Line("Prepare();");
        writer.Close();
        writer.Open($"catch (global::System.Exception) when ({missing})");
        writer.Line("// The checks below say what is missing.");
        writer.Close();
    }

    /// <summary>
    /// The author's own methods, once: they check every index, which kernels do not. No index depends on a parameter, so that one
    /// point will do for all but what a condition on parameters hides.
    /// </summary>
    private void WriteBoundsCheck(Names names, string origin, string table, string posterior)
    {
        string copy = names.Unique("copy");
        writer.Line($"var {copy} = ({program.TypeName}){origin}.MemberwiseClone();");
        writer.Line($"{copy}.Assign({posterior}.Constrain(new double[{posterior}.Dimension]));");
        foreach ((string? key, string name) in new[] { (program.LogDensity, "LogDensity"), (program.LogPrior, "LogPrior"), (program.LogLikelihood, "LogLikelihood") })
        {
            if (key is not null)
            {
                writer.Line($"_ = {copy}.{name}();");
            }
        }

        if (program.Generate is { } generate)
        {
            writer.Line($"{copy}.Generate({(generate.EndsWith("()", StringComparison.Ordinal) ? "" : "new RandomSource(0)")});");
        }

        HashSet<string> whole = [.. program.Functions.SelectMany(function => AssignedVariables.WholeQuantitiesIn(function.Body))];
        foreach (ModelField field in program.Fields.Where(field => whole.Contains(field.Name)))
        {
            writer.Line($"{table}.CheckQuantity(nameof({NameOf(field)}), {copy}.{NameOf(field)}{DeclaredSizes(field)});");
        }
    }

    private static string DeclaredSizes(ModelField field) => string.Concat(field.SizeTexts.Select(size => $", new DataSize({Literal(size)}, {size})"));

    private void WriteFromJson()
    {
        writer.Line("/// <summary>A model with the data of a JSON object, by the names of the fields.</summary>");
        writer.Line("/// <param name=\"json\">An object that has at least the model's data; other entries are ignored.</param>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">Data are missing or of another kind or shape.</exception>");
        ModelField[] given = program.Fields.Where(field => field.Role == FieldRole.Data && !field.IsTransformed).ToArray();
        if (given.Length == 0)
        {
            writer.Line($"public static {program.TypeName} FromJson(global::System.Text.Json.JsonElement json) => new();");
            return;
        }

        writer.Line($"public static {program.TypeName} FromJson(global::System.Text.Json.JsonElement json) => new()");
        writer.Open();
        foreach (ModelField field in given)
        {
            string columns = field.Sizes.Count == 2 && TextOfJson(field.Sizes[1]) is { } text ? ", " + text : "";
            writer.Line($"{NameOf(field)} = JsonData.{ReaderOf(field.Type)}(json, \"{field.Name}\"{columns}),");
        }

        writer.Close("};");
    }

    /// <summary>A size by the numbers of the JSON object alone; null if it takes more to say.</summary>
    private string? TextOfJson(Expression size)
    {
        switch (size)
        {
            case IntegerLiteral literal:
                return literal.Value.ToString(CultureInfo.InvariantCulture);
            case FieldReference field when program.Fields.Any(one => one.Name == field.Name && !one.IsTransformed && one.Type == ProgramType.Integer):
                return $"JsonData.Integer(json, \"{field.Name}\")";
            case BinaryExpression { Operator: BinaryOperator.Add or BinaryOperator.Subtract or BinaryOperator.Multiply } sum:
                string sign = sum.Operator switch { BinaryOperator.Add => "+", BinaryOperator.Subtract => "-", _ => "*" };
                return TextOfJson(sum.Left) is { } left && TextOfJson(sum.Right) is { } right ? $"({left} {sign} {right})" : null;
            default:
                return null;
        }
    }

    private void WriteAssign()
    {
        string draw = new Names(program.Fields.Select(field => field.Name)).Unique("draw");
        writer.Line("/// <summary>Takes the parameters and generated quantities of a draw, so that the model's own methods compute with them: in a debugger, in a test.</summary>");
        writer.Line($"/// <param name=\"{draw}\">The values in the order of the posterior's output labels.</param>");
        writer.Line("/// <exception cref=\"global::System.ArgumentException\">There are more or fewer values than the model has outputs.</exception>");
        writer.Open($"public void Assign(global::System.ReadOnlySpan<double> {draw})");
        string reader = new Names(program.Fields.Select(field => field.Name).Append(draw)).Unique("values");
        writer.Line($"var {reader} = new DrawReader({Literal(program.Title)}, {draw});");
        foreach (ModelField field in compiler.Outputs().Select(output => output.Field))
        {
            string method = field.Type.Rank switch { 0 => "Real", 1 => "Vector", _ => "Matrix" };
            writer.Line($"{NameOf(field)} = {reader}.{method}({string.Join(", ", field.SizeTexts)});");
        }

        writer.Line($"{reader}.End();");
        writer.Close();
    }

    private static string ReaderOf(ProgramType type) => (type.Element, type.Rank) switch
    {
        (ElementType.Integer, 0) => "Integer",
        (ElementType.Integer, 1) => "Integers",
        (ElementType.Integer, _) => "IntegerMatrix",
        (_, 0) => "Real",
        (_, 1) => "Reals",
        _ => "RealMatrix",
    };

    /// <summary>A field in code.</summary>
    private static string NameOf(ModelField field) => Escaped(field.Name);

    private static string Escaped(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    private static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);
}
