using GpuSampling.Generators.Graphs;
using GpuSampling.Generators.Program;
using GpuSampling.Generators.Support;

namespace GpuSampling.Generators.Lowering;

/// <summary>What a variable holds while a program is turned into a graph.</summary>
internal abstract class Value;

/// <summary>A number or truth value.</summary>
internal sealed class ScalarValue(Node node) : Value
{
    public Node Node { get; } = node;

    /// <summary>The numbers whose quotient this is, for functions that round it.</summary>
    public (Node Dividend, Node Divisor)? Quotient { get; init; }
}

/// <summary>Several values.</summary>
internal sealed class TupleValue(Value[] items) : Value
{
    public Value[] Items { get; } = items;
}

/// <summary>A value that two paths give in ways that do not go together.</summary>
/// <param name="diagnostic">What is wrong with it, where it is read.</param>
internal sealed class RefusedValue(DiagnosticInfo diagnostic) : Value
{
    public DiagnosticInfo Diagnostic { get; } = diagnostic;
}

/// <summary>The source of random numbers of generated quantities.</summary>
internal sealed class RandomValue : Value;

/// <summary>An array: where it lies and how long it is.</summary>
internal abstract class ArrayValue(ElementType element, Node[] sizes) : Value
{
    public ElementType Element { get; } = element;

    public Node[] Sizes { get; } = sizes;

    /// <summary>The index of an element when the rows lie one after another.</summary>
    public Node FlatIndex(Graph graph, Node[] indices)
    {
        Node flat = indices[0];
        for (int i = 1; i < indices.Length; i++)
        {
            flat = graph.IntegerAdd(graph.IntegerMultiply(flat, Sizes[i]), indices[i]);
        }

        return flat;
    }
}

/// <summary>Unconstrained parameters, read from the chain's position.</summary>
internal sealed class PositionArray(string field, Node start, Node[] sizes) : ArrayValue(ElementType.Real, sizes)
{
    public string Field { get; } = field;

    public Node Start { get; } = start;
}

/// <summary>Numbers that all chains share.</summary>
internal sealed class DataArray(string field, Node start, ElementType element, Node[] sizes) : ArrayValue(element, sizes)
{
    public string Field { get; } = field;

    public Node Start { get; } = start;
}

/// <summary>An array that the program writes.</summary>
internal sealed class WritableArray(LocalArray array, Node start, Node[] sizes) : ArrayValue(ElementType.Real, sizes)
{
    public LocalArray Array { get; } = array;

    /// <summary>The place of its first element in <see cref="Array"/>.</summary>
    public Node Start { get; } = start;

    /// <summary>Whether it holds a parameter, which its transform alone writes.</summary>
    public bool IsParameter { get; init; }

    /// <summary>Whether another array of the program stands for the same one of the author's, so that writing either would change both.</summary>
    public bool IsShared { get; set; }
}
