using GpuSampling.Generators.Program;

namespace GpuSampling.Generators.Emission;

/// <content>How chains can start from values of the parameters, and from their prior.</content>
internal sealed partial class ModelEmitter
{
    /// <summary>What the posterior is told of starts. Both work on a copy, so that the author's instance keeps its parameters.</summary>
    private void WriteStartFunctions(Names names, string origin)
    {
        string draw = names.Unique("draw"), result = names.Unique("result"), random = names.Unique("random");
        string copy = $"(({program.TypeName}){origin}.MemberwiseClone())";
        writer.Open();
        writer.Line($"Unconstraining = ({draw}, {result}) => {copy}.WriteUnconstrained({draw}, {result}),");
        if (program.HasPriorDraw)
        {
            writer.Line($"PriorDrawing = ({random}, {result}) => {copy}.WritePriorDraw({random}, {result}),");
        }

        writer.Close("};");
    }

    private void WriteStarts()
    {
        var names = new Names(program.Fields.Select(field => field.Name));
        string draw = names.Unique("draw"), result = names.Unique("result"), random = names.Unique("random");
        writer.Open($"private void WriteUnconstrained(global::System.ReadOnlySpan<double> {draw}, UnconstrainedWriter {result})");
        writer.Line($"Assign({draw});");
        writer.Line($"WriteUnconstrained({result});");
        writer.Close();
        writer.Line();
        if (program.HasPriorDraw)
        {
            writer.Open($"private void WritePriorDraw(RandomSource {random}, UnconstrainedWriter {result})");
            foreach (ModelField field in Parameters.Where(field => field.Type.Rank > 0))
            {
                writer.Line($"{NameOf(field)} = new double[{string.Join(", ", field.SizeTexts)}];");
            }

            writer.Line($"DrawPrior({random});");
            writer.Line($"WriteUnconstrained({result});");
            writer.Close();
            writer.Line();
        }

        writer.Open($"private void WriteUnconstrained(UnconstrainedWriter {result})");
        foreach (ModelField field in Parameters)
        {
            string name = Literal(field.Name);
            writer.Line(field.Constraint switch
            {
                ConstraintKind.None => $"{result}.Free({name}, {NameOf(field)});",
                <= ConstraintKind.Interval => $"{result}.Bounded({name}, {NameOf(field)}, {field.LowerText ?? "null"}, {field.UpperText ?? "null"});",
                _ => $"{result}.Constrained({name}, {NameOf(field)}, Constraint.{field.Constraint});",
            });
        }

        writer.Close();
    }

    private IEnumerable<ModelField> Parameters => program.Fields.Where(one => one.Role == FieldRole.Parameter);
}
