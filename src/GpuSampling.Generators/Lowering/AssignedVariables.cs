using GpuSampling.Generators.Program;

namespace GpuSampling.Generators.Lowering;

/// <summary>Finds the variables that statements assign, and the quantities that they assign as a whole.</summary>
internal static class AssignedVariables
{
    /// <summary>Variables assigned in the statement, in order of first assignment; declarations count as assignments.</summary>
    public static IReadOnlyList<int> In(Statement statement)
    {
        var found = new List<int>();
        Visit(statement, target =>
        {
            if (target is VariableReference variable && !found.Contains(variable.Variable))
            {
                found.Add(variable.Variable);
            }
        });
        return found;
    }

    /// <summary>The names of the generated arrays that a statement makes refer to another array.</summary>
    public static IEnumerable<string> WholeQuantitiesIn(Statement statement)
    {
        var found = new List<string>();
        Visit(statement, target =>
        {
            if (target is FieldReference { Type.IsArray: true } field)
            {
                found.Add(field.Name);
            }
        });
        return found;
    }

    /// <summary>The name of a variable in the source, from where it is assigned.</summary>
    public static string? NameOf(Statement statement, int variable)
    {
        string? name = null;
        Visit(statement, target => name ??= target is VariableReference one && one.Variable == variable ? one.Name : null);
        return name;
    }

    /// <summary>Where a variable is assigned first.</summary>
    public static SourceSpan? PlaceOf(Statement statement, int variable)
    {
        SourceSpan? place = null;
        Visit(statement, target => place ??= target is VariableReference one && one.Variable == variable ? one.Span : null);
        return place;
    }

    private static void Visit(Statement statement, Action<Expression> assigned)
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
                foreach (VariableReference variable in loop.AssignedByCalls)
                {
                    assigned(variable);
                }

                break;
            case Assignment assignment:
                assigned(WholeOf(assignment.Target));
                break;
            case Deconstruction deconstruction:
                foreach (DeconstructionTarget target in deconstruction.Targets)
                {
                    if (target.Target is { } item)
                    {
                        assigned(WholeOf(item));
                    }
                }

                break;
        }
    }

    /// <summary>The variable of which a target is an item.</summary>
    private static Expression WholeOf(Expression target) => target is TupleItem item ? WholeOf(item.Tuple) : target;
}
