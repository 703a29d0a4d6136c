using GpuSampling.Generators.Graphs;

namespace GpuSampling.Generators.Emission;

/// <content>Statements.</content>
internal sealed partial class MethodEmitter
{
    private void WriteStatement(Region region, GraphStatement statement)
    {
        switch (statement)
        {
            case LoopStatement loop:
                WriteLoop(loop);
                break;
            case BranchStatement branch:
                WriteBranch(branch);
                break;
            case LoadStatement load:
                if (live.Contains(load.Result))
                {
                    WriteNote(load.Note);
                    string name = names.Unique(load.Result.Name ?? load.Array.Name + "Element");
                    writer.Line($"T {name} = {Element(load.Array, load.Index)};");
                    variables[load.Result] = name;
                }

                break;
            case StoreStatement store:
                WriteNote(store.Note);
                string element = Element(store.Array, store.Index);
                writer.Line(store.Adds ? $"{element} = {Accumulated(element, store.Value)};" : $"{element} = {Text(store.Value)};");
                break;
            case VariateStatement variate:
                WriteVariate(variate);
                break;
        }
    }

    private string Element(LocalArray array, Node index) => array.Storage switch
    {
        ArrayStorage.Gradient => $"gradient[{Text(index)}]",
        ArrayStorage.Outputs => $"outputs[{Text(index)}]",
        _ when Graph.IsInteger(index, 0) => $"scratch[{arrayStarts[array]}]",
        _ => $"scratch[{arrayStarts[array]} + {Atom(index)}]",
    };

    private void WriteLoop(LoopStatement loop)
    {
        if (loop.BlockSize > 1)
        {
            WriteNote(loop.Note);
            WriteBlockedLoop(loop);
            return;
        }

        CarriedValue[] carriedValues = loop.Carried.Where(live.Contains).ToArray();
        LoopSum[] sums = loop.Sums.Where(sum => live.Contains(sum.Result)).ToArray();
        WriteNote(loop.Note);
        foreach (CarriedValue carried in carriedValues)
        {
            string name = names.Unique(carried.Current.Name ?? "carried");
            writer.Line($"{TypeName(carried.Current.Type)} {name} = {Text(carried.Initial)};");
            variables[carried.Current] = name;
            variables[carried.Result!] = name;
        }

        foreach (LoopSum sum in sums)
        {
            string name = names.Unique(sum.Result.Name ?? "sum");
            writer.Line($"T {name} = T.Zero;");
            variables[sum.Result] = name;
        }

        string index = names.Unique(loop.Index.Name ?? "i");
        variables[loop.Index] = index;
        writer.Open(loop.IsDescending
            ? $"for (int {index} = {Bound(loop.End)} - 1; {index} >= {Bound(loop.Start)}; {index}--)"
            : $"for (int {index} = {Text(loop.Start)}; {index} < {Atom(loop.End)}; {index}++)");
        WriteRegion(loop.Body, [.. carriedValues.Select(carried => carried.Next!), .. sums.Select(sum => sum.Increment)]);

        // All values of this iteration are taken before the carried variables change.
        foreach (LoopSum sum in sums)
        {
            WriteAccumulation(variables[sum.Result], sum.Increment, isNegative: false);
        }

        if (carriedValues.Length == 1)
        {
            WriteAssignment(variables[carriedValues[0].Current], Text(carriedValues[0].Next!));
        }
        else
        {
            string[] next = carriedValues.Select(carried => Text(carried.Next!)).ToArray();
            var changed = new HashSet<string>(carriedValues.Select(carried => variables[carried.Current]));
            bool areIndependent = carriedValues.All(carried => variables.ContainsKey(carried.Next!.Resolved)
                && (!changed.Contains(Text(carried.Next!)) || Text(carried.Next!) == variables[carried.Current]));
            if (!areIndependent)
            {
                for (int i = 0; i < next.Length; i++)
                {
                    string name = names.Unique(variables[carriedValues[i].Current] + "Next");
                    writer.Line($"{TypeName(carriedValues[i].Current.Type)} {name} = {next[i]};");
                    next[i] = name;
                }
            }

            for (int i = 0; i < next.Length; i++)
            {
                WriteAssignment(variables[carriedValues[i].Current], next[i]);
            }
        }

        writer.Close();
    }

    /// <summary>Adds the parts of a value to a sum, one after another.</summary>
    private void WriteAccumulation(string total, Node value, bool isNegative)
    {
        value = value.Resolved;
        if (value.Operation is Operation.Add or Operation.Subtract && !variables.ContainsKey(value))
        {
            WriteAccumulation(total, value.Operands[0], isNegative);
            WriteAccumulation(total, value.Operands[1], isNegative ^ (value.Operation == Operation.Subtract));
        }
        else
        {
            writer.Line($"{total} = {(isNegative ? Reduced(total, value) : Accumulated(total, value))};");
        }
    }

    /// <summary>A bound beside an operator, which a choice must not take apart.</summary>
    private string Bound(Node node) => node.Resolved.Operation == Operation.IntegerSelect ? Atom(node) : Text(node);

    private void WriteAssignment(string variable, string value)
    {
        if (variable != value)
        {
            writer.Line($"{variable} = {value};");
        }
    }

    private void WriteBranch(BranchStatement branch)
    {
        BranchValue[] values = branch.Values.Where(value => live.Contains(value.Result)).ToArray();
        WriteNote(branch.Note);
        foreach (BranchValue value in values)
        {
            string name = names.Unique(value.Result.Name ?? "chosen");
            writer.Line($"{TypeName(value.Result.Type)} {name} = default;");
            variables[value.Result] = name;
        }

        writer.Open($"if ({Text(branch.Condition)})");
        WriteRegion(branch.WhenTrue, values.Select(value => value.WhenTrue).ToArray());
        foreach (BranchValue value in values)
        {
            writer.Line($"{variables[value.Result]} = {Text(value.WhenTrue)};");
        }

        writer.Close();
        if (values.Length > 0 || branch.WhenFalse.Statements.Any(live.Contains))
        {
            writer.Open("else");
            WriteRegion(branch.WhenFalse, values.Select(value => value.WhenFalse).ToArray());
            foreach (BranchValue value in values)
            {
                writer.Line($"{variables[value.Result]} = {Text(value.WhenFalse)};");
            }

            writer.Close();
        }
    }

    private void WriteVariate(VariateStatement variate)
    {
        WriteNote(variate.Note);
        string name = names.Unique(variate.Result.Name ?? Camel(variate.Distribution));
        string arguments = string.Concat(variate.Arguments.Select(argument => ", " + Text(argument)));
        writer.Line($"T {name} = ModelVariate.{variate.Distribution}(random, {Text(variate.Slot)}{arguments});");
        variables[variate.Result] = name;
    }
}
