using GpuSampling.Generators.Program;

namespace GpuSampling.Generators.Lowering;

/// <summary>A step on the way to a place of the program.</summary>
internal enum Step
{
    Call,
    WhenTrue,
    WhenFalse,
    Loop,
    Variable,
    Array,
    Term,
    Again,
}

/// <summary>
/// Places of a program as lowering reaches them: by calls, sides of branches and loops. A place keeps its number in every pass,
/// whatever else a pass leaves out because it has learnt that a condition is always true.
/// </summary>
internal sealed class ProgramPlaces
{
    private readonly Dictionary<(int From, Step Step, int Start, int Length), int> places = [];

    /// <summary>The place that a step leads to; 0 is the beginning.</summary>
    public int After(int from, Step step, SourceSpan span) => After(from, step, span.Start, span.Length);

    /// <summary>The same for a step that is known by a number.</summary>
    public int After(int from, Step step, int number, int length = 0)
    {
        if (!places.TryGetValue((from, step, number, length), out int place))
        {
            places[(from, step, number, length)] = place = places.Count + 1;
        }

        return place;
    }
}

/// <summary>
/// What is not known when a value is first made, because it comes from later statements: whether arrays and values carried
/// through loops depend on parameters or observed numbers, and which variables a loop assigns but never changes. Lowering is
/// repeated until nothing new is learnt.
/// </summary>
internal sealed class Knowledge(ProgramPlaces places)
{
    private readonly Dictionary<int, (bool Parameters, bool Data)> facts = [];
    private readonly HashSet<int> unchanged = [];

    /// <summary>The places that facts are about.</summary>
    public ProgramPlaces Places { get; } = places;

    public bool HasChanged { get; private set; }

    public void BeginPass() => HasChanged = false;

    /// <summary>What is known of the array or the carried value of a place.</summary>
    public (bool Parameters, bool Data) Of(int place) => facts.TryGetValue(place, out (bool, bool) fact) ? fact : (false, false);

    /// <summary>Whether a loop leaves the value of a place as it was.</summary>
    public bool IsUnchanged(int place) => unchanged.Contains(place);

    public void LearnUnchanged(int place) => HasChanged |= unchanged.Add(place);

    public void Learn(int place, bool parameters, bool data)
    {
        (bool knownParameters, bool knownData) = Of(place);
        if ((parameters && !knownParameters) || (data && !knownData))
        {
            facts[place] = (parameters || knownParameters, data || knownData);
            HasChanged = true;
        }
    }
}
