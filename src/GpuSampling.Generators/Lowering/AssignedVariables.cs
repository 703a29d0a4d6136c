using GpuSampling.Generators.Program;

namespace GpuSampling.Generators.Lowering;

/// <summary>Finds the variables that statements assign.</summary>
internal static class AssignedVariables
{
    /// <summary>Variables assigned in the statement, in order of first assignment; declarations count as assignments.</summary>
    public static IReadOnlyList<int> In(Statement statement)
    {
        var found = new List<int>();
        Visit(statement, target =>
        {
            if (!found.Contains(target.Variable))
            {
                found.Add(target.Variable);
            }
        });
        return found;
    }

    /// <summary>The name of a variable in the source, from where it is assigned.</summary>
    public static string? NameOf(Statement statement, int variable)
    {
        string? name = null;
        Visit(statement, target => name ??= target.Variable == variable ? target.Name : null);
        return name;
    }

    /// <summary>Where a variable is assigned first.</summary>
    public static SourceSpan? PlaceOf(Statement statement, int variable)
    {
        SourceSpan? place = null;
        Visit(statement, target => place ??= target.Variable == variable ? target.Span : null);
        return place;
    }

    private static void Visit(Statement statement, Action<VariableReference> assigned)
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
                assigned(variable);
                break;
            case Deconstruction deconstruction:
                foreach (DeconstructionTarget target in deconstruction.Targets)
                {
                    if (target.Target is VariableReference item)
                    {
                        assigned(item);
                    }
                }

                break;
        }
    }
}
