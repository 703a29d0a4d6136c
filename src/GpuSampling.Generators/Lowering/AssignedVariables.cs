using GpuSampling.Generators.Program;

namespace GpuSampling.Generators.Lowering;

/// <summary>Finds the variables that statements assign.</summary>
internal static class AssignedVariables
{
    /// <summary>Variables assigned in the statement, in order of first assignment; declarations count as assignments.</summary>
    public static IReadOnlyList<int> In(Statement statement)
    {
        var found = new List<int>();
        Visit(statement, (variable, _) =>
        {
            if (!found.Contains(variable))
            {
                found.Add(variable);
            }
        });
        return found;
    }

    /// <summary>The name of a variable in the source, from where it is assigned.</summary>
    public static string? NameOf(Statement statement, int variable)
    {
        string? name = null;
        Visit(statement, (assigned, text) => name ??= assigned == variable ? text : null);
        return name;
    }

    private static void Visit(Statement statement, Action<int, string?> assigned)
    {
        switch (statement)
        {
            case Block block:
                foreach (Statement inner in block.Statements)
                {
                    Visit(inner, assigned);
                }

                break;
            case Branch branch:
                Visit(branch.WhenTrue, assigned);
                Visit(branch.WhenFalse, assigned);
                break;
            case CountedLoop loop:
                Visit(loop.Body, assigned);
                break;
            case Assignment { Target: VariableReference variable }:
                assigned(variable.Variable, variable.Name);
                break;
            case Deconstruction deconstruction:
                foreach (DeconstructionTarget target in deconstruction.Targets)
                {
                    if (target.Target is VariableReference item)
                    {
                        assigned(item.Variable, item.Name);
                    }
                }

                break;
        }
    }
}
