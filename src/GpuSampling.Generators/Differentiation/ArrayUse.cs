using GpuSampling.Generators.Graphs;

namespace GpuSampling.Generators.Differentiation;

/// <summary>
/// How a program uses its arrays. What nothing overwrites after it was read needs neither tape nor repetition when the program
/// is reversed; for the rest the reverse pass keeps copies.
/// </summary>
internal sealed class ArrayUse
{
    private readonly Dictionary<LocalArray, List<Access>> accesses = [];
    private readonly Dictionary<GraphStatement, List<Access>> inside = [];
    private readonly Dictionary<LocalArray, bool> persistent = [];

    public ArrayUse(Graph graph) => Visit(graph.Root, []);

    /// <summary>The arrays that are written in a statement.</summary>
    public IReadOnlyList<LocalArray> StoredIn(GraphStatement statement) => ArraysIn(statement, isStore: true);

    /// <summary>The arrays that are read in a statement.</summary>
    public IReadOnlyList<LocalArray> LoadedIn(GraphStatement statement) => ArraysIn(statement, isStore: false);

    /// <summary>Whether every element read keeps its value to the end.</summary>
    public bool IsPersistent(LocalArray array)
    {
        if (!persistent.TryGetValue(array, out bool known))
        {
            List<Access> all = accesses.TryGetValue(array, out List<Access>? found) ? found : [];
            known = all.Where(access => !access.IsStore).All(
                load => all.Where(access => access.IsStore).All(store => KeepsWhatWasRead(load, store)));
            persistent[array] = known;
        }

        return known;
    }

    /// <summary>Whether an element that a statement sets may have been set or added to before.</summary>
    public bool MayBeOverwritten(StoreStatement store)
    {
        var stores = accesses[store.Array].Where(access => access.IsStore && !access.IsZeroFill).ToList();
        return stores.Count != 1 || !VisitsEachElementOnce(stores[0]);
    }

    /// <summary>Whether an iteration may depend on an earlier one by way of an array.</summary>
    public bool HasRecurrence(LoopStatement loop)
    {
        IReadOnlyList<LocalArray> loaded = LoadedIn(loop);
        foreach (LocalArray array in StoredIn(loop))
        {
            if (!array.Region.IsWithin(loop.Body)
                && (loaded.Contains(array)
                    || inside[loop].Any(access => access.Array == array && access.Statement is StoreStatement { Adds: false } store && MayBeOverwritten(store))))
            {
                return true;
            }
        }

        return false;
    }

    private List<LocalArray> ArraysIn(GraphStatement statement, bool isStore) =>
        inside.TryGetValue(statement, out List<Access>? found)
            ? found.Where(access => access.IsStore == isStore).Select(access => access.Array).Distinct().ToList()
            : [];

    private void Visit(Region region, List<GraphStatement> around)
    {
        foreach (GraphStatement statement in region.Statements)
        {
            Access? access = statement switch
            {
                LoadStatement load => new Access(load.Array, load, load.Indices, false, around),
                StoreStatement store => new Access(store.Array, store, store.Indices, true, around),
                _ => null,
            };
            if (access is not null)
            {
                if (!accesses.TryGetValue(access.Array, out List<Access>? list))
                {
                    accesses[access.Array] = list = [];
                }

                list.Add(access);
                foreach (GraphStatement outer in around)
                {
                    if (!inside.TryGetValue(outer, out List<Access>? within))
                    {
                        inside[outer] = within = [];
                    }

                    within.Add(access);
                }
            }

            foreach (Region body in Reachability.Bodies(statement))
            {
                Visit(body, [.. around, statement]);
            }
        }
    }

    /// <summary>Whether a store never changes, at a later time, the element that a load has read.</summary>
    private static bool KeepsWhatWasRead(Access load, Access store)
    {
        List<LoopStatement> common = load.Loops.Zip(store.Loops, (a, b) => (a, b)).TakeWhile(pair => pair.a == pair.b).Select(pair => pair.a).ToList();
        for (int level = 0; level < common.Count; level++)
        {
            if (!AreApart(load, store, common, level))
            {
                return false;
            }
        }

        return store.Statement.Id < load.Statement.Id || AreApart(load, store, common, common.Count);
    }

    /// <summary>
    /// Whether load and store touch different elements when the first <paramref name="level"/> common loops are at the same
    /// iteration, and the next one is at a later iteration for the store.
    /// </summary>
    private static bool AreApart(Access load, Access store, List<LoopStatement> common, int level)
    {
        if (load.Indices.Length != store.Indices.Length)
        {
            return false;
        }

        for (int dimension = 0; dimension < load.Indices.Length; dimension++)
        {
            var distance = Affine.Of(store.Indices[dimension], store: true, common.Take(level))
                .Minus(Affine.Of(load.Indices[dimension], store: false, common.Take(level)));
            LoopStatement? later = level < common.Count ? common[level] : null;
            if (distance.Lower(later) >= 1 || distance.Negated().Lower(later) >= 1)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether each loop around the store moves one index of its own.</summary>
    private static bool VisitsEachElementOnce(Access store)
    {
        var moving = new HashSet<LoopStatement>();
        foreach (Node index in store.Indices)
        {
            Node counter = index.Operation is Operation.IntegerAdd or Operation.IntegerSubtract
                && index.Operands[1].Operation == Operation.IntegerConstant ? index.Operands[0] : index;
            if (counter is { Operation: Operation.LoopIndex, Source: LoopStatement loop })
            {
                moving.Add(loop);
            }
        }

        return store.Loops.All(moving.Contains);
    }

    private sealed class Access
    {
        public Access(LocalArray array, GraphStatement statement, Node[] indices, bool isStore, List<GraphStatement> around)
        {
            Array = array;
            Statement = statement;
            Indices = indices;
            IsStore = isStore;
            Loops = around.OfType<LoopStatement>().Where(loop => !array.Region.IsWithin(loop.Body)).ToList();
            IsZeroFill = Loops.Count > 0 && Loops[Loops.Count - 1].IsZeroFill;
        }

        public LocalArray Array { get; }

        public GraphStatement Statement { get; }

        public Node[] Indices { get; }

        public bool IsStore { get; }

        /// <summary>The loops around it within the lifetime of the array, outermost first.</summary>
        public List<LoopStatement> Loops { get; }

        public bool IsZeroFill { get; }
    }
}
