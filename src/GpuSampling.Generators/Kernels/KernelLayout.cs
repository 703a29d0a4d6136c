using GpuSampling.Generators.Emission;
using GpuSampling.Generators.Graphs;
using GpuSampling.Generators.Lowering;
using GpuSampling.Generators.Program;
using GpuSampling.Generators.Support;

namespace GpuSampling.Generators.Kernels;

/// <summary>How a model's fields lie in memory, and what the integers are called by which its kernel knows sizes and places.</summary>
internal sealed class KernelLayout
{
    private static readonly string[] Reserved =
    [
        "Dimension", "OutputCount", "DataTermCount", "ScratchLength", "LogPrior", "LogLikelihood", "LogPriorGradient", "LogLikelihoodGradient",
        "WriteOutputs", "Larger", "T", "TVector", "TData", "TOutput", "position", "gradient", "scratch", "data", "outputs", "random", "firstTerm", "termCount",
        "Elementary", "Mask", "tablesAt",
    ];

    /// <summary>Names that the kernel has besides those of its integers.</summary>
    public static IReadOnlyList<string> ReservedNames => Reserved;

    private readonly Dictionary<(string Field, string Role), string> integers = [];

    public KernelLayout(ModelProgram program)
    {
        Program = program;
        var names = new Names(Reserved);
        foreach (ModelField field in program.Fields.Where(field => field.Role == FieldRole.Data))
        {
            if (field.Type == ProgramType.Integer)
            {
                integers[(field.Name, "")] = names.Unique(field.Name);
            }
        }

        names.Take(program.Fields.Select(field => field.Name)); // binding names places beside the fields
        foreach (ModelField field in program.Fields.Where(field => field.Role == FieldRole.Data))
        {
            foreach (string role in RolesOf(field))
            {
                integers[(field.Name, role)] = names.Unique(field.Name + role);
            }
        }

        Integers = integers.Select(entry => (entry.Key.Field, entry.Key.Role, entry.Value)).ToList();
    }

    public ModelProgram Program { get; }

    /// <summary>The integers of the kernel: which field, what about it, and the name.</summary>
    public IReadOnlyList<(string Field, string Role, string Name)> Integers { get; }

    /// <summary>The parameters between two bounds that depend on data alone, once they are defined.</summary>
    public IReadOnlyList<ModelField> BoundedByData { get; private set; } = [];

    public string NameOf(string field, string role) => integers[(field, role)];

    /// <summary>Makes the model's fields known to a lowering.</summary>
    /// <returns>The sum of the log-Jacobians of the parameters' transforms.</returns>
    public Node Define(ProgramLowering lowering)
    {
        Graph graph = lowering.Graph;
        DefineData(lowering);
        foreach (ModelField field in Program.Fields.Where(field => field.Role != FieldRole.Data))
        {
            lowering.Define(field.Name, new RefusedValue(field.Role == FieldRole.Parameter
                ? DiagnosticInfo.Of(Rules.InvalidExpressionText, field.Span, field.Name, " and earlier parameters", "the parameter is declared later")
                : DiagnosticInfo.Of(Rules.Mutable, field.Span, field.Name)));
        }

        var parameters = new ParameterTransforms(lowering);
        Node start = graph.Integer(0);
        foreach (ModelField field in Program.Fields.Where(field => field.Role == FieldRole.Parameter))
        {
            try
            {
                start = parameters.Define(field, start, SizesOf(lowering, field));
            }
            catch (Exception fault) when (FaultPlace.Note(fault, field.Span))
            {
                throw;
            }
        }

        BoundedByData = parameters.BoundedByData;
        return parameters.LogJacobian;
    }

    /// <summary>The number of unconstrained parameters.</summary>
    public Node Dimension(ProgramLowering lowering)
    {
        Graph graph = lowering.Graph;
        return Program.Fields.Where(field => field.Role == FieldRole.Parameter).Aggregate(
            graph.Integer(0), (sum, field) => graph.IntegerAdd(sum, ParameterTransforms.UnconstrainedCount(graph, field, SizesOf(lowering, field))));
    }

    /// <summary>The number of values of each output: constrained parameters, then generated quantities.</summary>
    public IEnumerable<(ModelField Field, Node[] Sizes)> Outputs(ProgramLowering lowering) =>
        Program.Fields.Where(field => field.Role == FieldRole.Parameter)
            .Concat(Program.Fields.Where(field => field.Role == FieldRole.Generated))
            .Select(field => (field, SizesOf(lowering, field)));

    public void DefineData(ProgramLowering lowering)
    {
        Graph graph = lowering.Graph;
        foreach (ModelField field in Program.Fields.Where(field => field.Role == FieldRole.Data && field.Type.Rank == 0))
        {
            lowering.Define(field.Name, new ScalarValue(field.Type == ProgramType.Integer
                ? graph.ModelInteger(NameOf(field.Name, ""), LeastOf(field.Name))
                : graph.Pure(Operation.DataReal, NodeType.Real, [graph.ModelInteger(NameOf(field.Name, "At"))], field.Name).MarkData()));
        }

        // An array whose size is that of another is defined after it.
        ModelField[] arrays = [.. Program.Fields.Where(field => field.Role == FieldRole.Data && field.Type.IsArray)];
        lowering.DefineMissing = name =>
        {
            if (arrays.FirstOrDefault(field => field.Name == name) is { } missing)
            {
                DefineArray(lowering, missing);
            }
            else
            {
                ModelField other = Program.Fields.First(field => field.Name == name);
                lowering.Define(name, new RefusedValue(DiagnosticInfo.Of(Rules.InvalidExpressionText, other.Span, name, "", "it is no data")));
            }
        };
        foreach (ModelField field in arrays.OrderBy(field => field.Sizes.Count))
        {
            lowering.Field(field.Name);
        }
    }

    private void DefineArray(ProgramLowering lowering, ModelField field)
    {
        Graph graph = lowering.Graph;
        lowering.Define(field.Name, new RefusedValue(DiagnosticInfo.Of(Rules.InvalidExpressionText, field.Span, field.Name, "", "its size depends on itself")));
        Node[] sizes = field.Sizes.Count > 0
            ? SizesOf(lowering, field)
            : RolesOf(field).Where(role => role != "At").Select(role => graph.ModelInteger(NameOf(field.Name, role), least: 0)).ToArray();
        lowering.Define(field.Name, new DataArray(field.Name, graph.ModelInteger(NameOf(field.Name, "At")), field.Type.Element, sizes));
    }

    /// <summary>What an integer is at the least: data of a negative size are refused, and parameters and quantities without an element.</summary>
    private int? LeastOf(string integer) => Program.Fields
        .SelectMany(field => field.Sizes.Select(size => BesidesConstant(size) is (FieldReference reference, int constant) && reference.Name == integer
            ? (field.Role == FieldRole.Data ? 0 : 1) - constant
            : (int?)null)).Max();

    /// <summary>An integer as another one and a constant that is added to it.</summary>
    private static (Expression Integer, int Constant) BesidesConstant(Expression expression) => expression switch
    {
        BinaryExpression { Operator: BinaryOperator.Add, Right: IntegerLiteral constant } sum => (sum.Left, constant.Value),
        BinaryExpression { Operator: BinaryOperator.Subtract, Right: IntegerLiteral constant } difference => (difference.Left, -constant.Value),
        _ => (expression, 0),
    };

    private static Node[] SizesOf(ProgramLowering lowering, ModelField field)
    {
        Node[] sizes = field.Sizes.Select(lowering.ScalarOfAttribute).ToArray();
        for (int i = 0; i < sizes.Length; i++)
        {
            if (field.Role != FieldRole.Data && !IntegerText.IsKnown(sizes[i]))
            {
                throw new UnsupportedProgramException(
                    Rules.InvalidExpressionText, field.Sizes[i].Span, field.SizeTexts[i], "", "it reads an array, but a size is asked for before there are data; compute it in 'void Prepare()'");
            }
        }

        return sizes;
    }

    /// <summary>What the kernel knows of a datum besides its value: where it lies, and how long it is unless its sizes are declared.</summary>
    private static IEnumerable<string> RolesOf(ModelField field)
    {
        if (field.Type == ProgramType.Integer)
        {
            return [];
        }

        return (field.Type.Rank, field.Sizes.Count) switch
        {
            (0, _) => ["At"],
            (1, 0) => ["At", "Count"],
            (2, 0) => ["At", "Rows", "Columns"],
            _ => ["At"],
        };
    }
}
