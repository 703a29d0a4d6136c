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
        "Elementary", "Mask",
    ];

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

    public string NameOf(string field, string role) => integers[(field, role)];

    /// <summary>Makes the model's fields known to a lowering.</summary>
    /// <returns>The sum of the log-Jacobians of the parameters' transforms.</returns>
    public Node Define(ProgramLowering lowering)
    {
        Graph graph = lowering.Graph;
        DefineData(lowering);
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
                ? graph.ModelInteger(NameOf(field.Name, ""))
                : graph.Pure(Operation.DataReal, NodeType.Real, [graph.ModelInteger(NameOf(field.Name, "At"))], field.Name).MarkData()));
        }

        foreach (ModelField field in Program.Fields.Where(field => field.Role == FieldRole.Data && field.Type.IsArray).OrderBy(field => field.Sizes.Count))
        {
            Node[] sizes = field.Sizes.Count > 0
                ? SizesOf(lowering, field)
                : RolesOf(field).Where(role => role != "At").Select(role => graph.ModelInteger(NameOf(field.Name, role))).ToArray();
            lowering.Define(field.Name, new DataArray(field.Name, graph.ModelInteger(NameOf(field.Name, "At")), field.Type.Element, sizes));
        }
    }

    private static Node[] SizesOf(ProgramLowering lowering, ModelField field)
    {
        Node[] sizes = field.Sizes.Select(lowering.Scalar).ToArray();
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
