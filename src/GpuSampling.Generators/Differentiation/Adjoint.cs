using GpuSampling.Generators.Graphs;

namespace GpuSampling.Generators.Differentiation;

/// <summary>A contribution to the derivative by a value, or the sum of some.</summary>
/// <param name="Value">The contribution.</param>
/// <param name="Lanes">The lanes for which it counts, null for all; elsewhere it may be NaN or infinite.</param>
/// <param name="MayVanish">
/// Whether lanes for which it counts include some in which nothing depends on the value after all: there it is zero, and must not
/// be multiplied by what may be infinite.
/// </param>
internal readonly record struct Contribution(Node Value, Node? Lanes, bool MayVanish);

/// <summary>
/// The derivative of the log-density with respect to a value, as a sum of contributions. A contribution may count for some lanes
/// only; outside them it may be NaN or infinite, as it comes from a branch that was not taken. Selecting it away where
/// contributions meet, instead of multiplying by zero on the way, keeps such lanes out of the sum.
/// </summary>
internal sealed class Adjoint
{
    private readonly List<Contribution> contributions = [];

    public void Add(Contribution contribution) => contributions.Add(contribution);

    /// <summary>The sum of the contributions, in the lanes for which one of them counts.</summary>
    public Contribution Total(Graph graph)
    {
        var groups = new List<Contribution>();
        foreach (Contribution one in contributions)
        {
            int index = groups.FindIndex(group => group.Lanes == one.Lanes);
            if (index < 0)
            {
                groups.Add(one);
            }
            else
            {
                groups[index] = new(graph.Add(groups[index].Value, one.Value), one.Lanes, groups[index].MayVanish && one.MayVanish);
            }
        }

        if (groups.Count == 1)
        {
            return groups[0];
        }

        Node total = graph.Zero;
        Node? any = groups[0].Lanes;
        foreach (Contribution group in groups)
        {
            total = graph.Add(total, Lanes.Keep(graph, group.Lanes, group.Value));
            any = Lanes.Or(graph, any, group.Lanes);
        }

        bool countsForAll = groups.Any(group => group is { Lanes: null, MayVanish: false });
        return new(total, any, !countsForAll && (any is null || groups.Any(group => group.MayVanish)));
    }

    /// <summary>The sum of the contributions, right in some lanes that hold all of its own.</summary>
    public Node ValueIn(Graph graph, Node? lanes)
    {
        Contribution total = Total(graph);
        return total.Lanes == lanes ? total.Value : Lanes.Keep(graph, total.Lanes, total.Value);
    }

    /// <summary>The sum of the contributions in its lanes, as far as they are known outside a region.</summary>
    public Contribution TotalOutside(Graph graph, Region region)
    {
        Contribution total = Total(graph);
        Node? lanes = Lanes.Outside(graph, total.Lanes, region);
        return total.Lanes == lanes ? total : new(Lanes.Keep(graph, total.Lanes, total.Value), lanes, MayVanish: true);
    }

    /// <summary>The same for as many lanes as keep it simple: a sum of several parts is zero in lanes that none of them counts for.</summary>
    public Contribution TotalAround(Graph graph, Region region)
    {
        Node?[] sets = [.. contributions.Select(one => one.Lanes).Distinct()];
        if (sets.Length == 1)
        {
            return TotalOutside(graph, region);
        }

        Contribution total = Total(graph);
        Node? lanes = Lanes.Outside(graph, sets.Aggregate((a, b) => Lanes.Around(graph, a, b)), region);
        return new(total.Value, lanes, total.MayVanish || total.Lanes != lanes);
    }
}
