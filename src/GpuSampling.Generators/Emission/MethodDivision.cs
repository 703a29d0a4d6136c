using System.Globalization;

namespace GpuSampling.Generators.Emission;

/// <summary>A part of a method that became a method of its own.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parameters">What it needs: type and name.</param>
/// <param name="Results">What it gives back: type and name.</param>
/// <param name="Body">What it does.</param>
internal sealed record MethodPart(
    string Name, IReadOnlyList<(string Type, string Name)> Parameters, IReadOnlyList<(string Type, string Name)> Results, List<Code> Body)
{
    /// <summary>The type of what it gives back.</summary>
    public string ResultType => Results.Count switch
    {
        0 => "void",
        1 => Results[0].Type,
        _ => Name + "Values<T>",
    };
}

/// <summary>Divides the body of a long method into methods that the JIT compiles whole.</summary>
internal sealed class MethodDivision
{
    private readonly string name;
    private readonly string typeArguments;
    private readonly Dictionary<string, string> types;
    private readonly HashSet<string> taken;
    private readonly List<MethodPart> parts = [];

    private MethodDivision(string name, string typeArguments, IEnumerable<(string Type, string Name)> parameters, IReadOnlyList<Code> body)
    {
        this.name = name;
        this.typeArguments = typeArguments;
        types = parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Type);
        foreach (Code item in body.SelectMany(item => item.All()))
        {
            if (item.Declares is { } declared)
            {
                types[declared.Name] = declared.Type;
            }
        }

        taken = [.. types.Keys, .. body.SelectMany(item => item.All()).SelectMany(item => item.Names)];
    }

    /// <summary>Divides a body.</summary>
    /// <param name="name">The method.</param>
    /// <param name="typeArguments">Its type parameters, as a call of another such method gives them on.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="body">Its body; on return what is left of it, with calls of the parts.</param>
    /// <returns>The parts.</returns>
    public static IReadOnlyList<MethodPart> Divide(
        string name, string typeArguments, IEnumerable<(string Type, string Name)> parameters, ref List<Code> body)
    {
        var division = new MethodDivision(name, typeArguments, parameters, body);
        body = division.Reduce(body);
        return division.parts;
    }

    /// <summary>Takes parts out of a body until it is short enough.</summary>
    private List<Code> Reduce(List<Code> body)
    {
        if (body.Sum(item => item.TotalCost) <= InliningCost.Limit)
        {
            return body;
        }

        foreach (CodeBlock block in body.OfType<CodeBlock>())
        {
            block.Body = Reduce(block.Body);
        }

        if (body.Sum(item => item.TotalCost) <= InliningCost.Limit)
        {
            return body;
        }

        List<List<Code>> units = Units(body);
        int[] costs = [.. units.Select(CostOf)];
        string[][] names = [.. units.Select(NamesOf)];
        var own = new HashSet<string>(body.Where(item => item.Declares is not null && item is CodeLine).Select(item => item.Declares!.Value.Name));
        var reduced = new List<Code>();

        // How often each name occurs from the current unit on.
        var ahead = new Dictionary<string, int>();
        foreach (string used in names.SelectMany(used => used))
        {
            ahead.TryGetValue(used, out int occurrences);
            ahead[used] = occurrences + 1;
        }

        for (int first = 0; first < units.Count;)
        {
            int count = 1;
            int cost = costs[first];
            while (first + count < units.Count && cost + costs[first + count] <= InliningCost.Limit && !IsReturn(units[first + count]))
            {
                cost += costs[first + count++];
            }

            Code[] chunk = units.Skip(first).Take(count).SelectMany(unit => unit).ToArray();
            for (int i = first; i < first + count; i++)
            {
                foreach (string used in names[i])
                {
                    ahead[used]--;
                }
            }

            bool isWorthIt = (cost >= InliningCost.Limit / 4 || chunk.SelectMany(item => item.All()).Any(item => item.InlinedCost > 0)) && !chunk.Any(item => item.Text.StartsWith("return", StringComparison.Ordinal));
            reduced.AddRange(isWorthIt ? TakeOut(chunk, used => ahead.TryGetValue(used, out int left) && left > 0, own) : chunk);
            first += count;
        }

        return reduced;
    }

    private static string[] NamesOf(List<Code> unit) => [.. unit.SelectMany(item => item.All()).SelectMany(item => item.Names)];

    private static int CostOf(List<Code> unit) => unit.Sum(item => item.TotalCost);

    private static bool IsReturn(List<Code> unit) => unit.Any(item => item.Text.StartsWith("return", StringComparison.Ordinal));

    /// <summary>What must stay together: comments and the beginnings of sums with what follows, both sides of a branch.</summary>
    private static List<List<Code>> Units(List<Code> body)
    {
        var units = new List<List<Code>>();
        bool isOpen = false;
        foreach (Code item in body)
        {
            if (isOpen || (item.Text == "else" && units.Count > 0))
            {
                units[units.Count - 1].Add(item);
            }
            else
            {
                units.Add([item]);
            }

            isOpen = item.IsComment || item.DeclaresWithoutValue || (item.Declares is not null && item.Text.EndsWith("= T.Zero;", StringComparison.Ordinal));
        }

        return units;
    }

    private IEnumerable<Code> TakeOut(Code[] chunk, Func<string, bool> isUsedLater, HashSet<string> own)
    {
        Code[] all = chunk.SelectMany(item => item.All()).ToArray();
        var declared = new HashSet<string>(all.Where(item => item.Declares is not null).Select(item => item.Declares!.Value.Name));
        var outermost = new HashSet<string>(chunk.Where(item => item.Declares is not null && item is CodeLine).Select(item => item.Declares!.Value.Name));
        var seen = new HashSet<string>();
        (string Type, string Name)[] needed = all.SelectMany(item => item.Names)
            .Where(used => types.ContainsKey(used) && !declared.Contains(used) && seen.Add(used))
            .Select(used => (types[used], used))
            .ToArray();
        string[] changed = all.Where(item => item.Assigns is not null && types.ContainsKey(item.Assigns) && !declared.Contains(item.Assigns))
            .Select(item => item.Assigns!)
            .Where(assigned => isUsedLater(assigned) || !own.Contains(assigned)) // around a loop, the next iteration uses it
            .Distinct().ToArray();
        string[] results = outermost.Where(isUsedLater).Concat(changed).ToArray();

        string partName = name + "Part" + (parts.Count + 1).ToString(CultureInfo.InvariantCulture);
        var part = new MethodPart(partName, needed, results.Select(result => (types[result], result)).ToArray(), [.. chunk]);
        parts.Add(part);
        string call = $"{partName}<{typeArguments}>({string.Join(", ", needed.Select(one => one.Name))})";
        if (results.Length == 0)
        {
            return [new CodeLine(call + ";")];
        }

        string Receive(string result) => outermost.Contains(result) ? $"{types[result]} {result}" : result;
        if (results.Length == 1)
        {
            return [new CodeLine($"{Receive(results[0])} = {call};")];
        }

        // Every result names it, so that a short name matters.
        string number = parts.Count.ToString(CultureInfo.InvariantCulture);
        string values = taken.Add("part" + number) ? "part" + number : char.ToLowerInvariant(partName[0]) + partName.Substring(1);
        types[values] = part.ResultType;
        return results.Select(result => new CodeLine($"{Receive(result)} = {values}.{result};")).Prepend(new CodeLine($"{part.ResultType} {values} = {call};"));
    }
}
