using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Transitions;
using GpuSampling.Models;

namespace GpuSampling.Ilgpu.Tests.Support;

/// <summary>Every kernel of the project with every ready model on both scalar lane types.</summary>
internal static class KernelCatalog
{
    /// <summary>The scalar lane types.</summary>
    public static IReadOnlyList<Type> Lanes => [typeof(Float32), typeof(Float64)];

    /// <summary>The kernels, closed over the models.</summary>
    public static IReadOnlyList<Type> Kernels { get; } = [.. FindKernels()];

    /// <summary>The readable name of a kernel type.</summary>
    public static string NameOf(Type kernel) => kernel.IsGenericType
        ? $"{kernel.Name.Split('`')[0]}<{string.Join(", ", kernel.GenericTypeArguments.Select(NameOf))}>"
        : kernel.Name;

    private static IEnumerable<Type> FindKernels()
    {
        Type[] models = [.. typeof(EightSchools).Assembly.GetTypes().Where(type => type.IsValueType && type.IsAssignableTo(typeof(IModel)))];
        foreach (Type kernel in typeof(IChainKernel).Assembly.GetTypes().Where(type => type.IsValueType && type.IsAssignableTo(typeof(IChainKernel))))
        {
            if (!kernel.IsGenericTypeDefinition)
            {
                yield return kernel;
                continue;
            }

            // A kernel's one type parameter is its model.
            foreach (Type model in models)
            {
                yield return kernel.MakeGenericType(model);
            }
        }
    }
}
