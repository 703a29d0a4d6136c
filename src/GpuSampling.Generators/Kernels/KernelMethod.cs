using GpuSampling.Generators.Graphs;

namespace GpuSampling.Generators.Kernels;

/// <summary>A method of the kernel, ready to be written.</summary>
/// <param name="Graph">Its values and statements.</param>
/// <param name="Result">What it returns; null for nothing.</param>
internal sealed record KernelMethod(Graph Graph, Node? Result)
{
    public Node[] Results => Result is null ? [] : [Result];
}
