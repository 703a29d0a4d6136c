using GpuSampling.Kernels.Discrete;
using GpuSampling.Kernels.Ensembles;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Lattices;
using GpuSampling.Kernels.Metrics;
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

    /// <summary>The readable name of a kernel type; a generated model's is that of its class.</summary>
    public static string NameOf(Type kernel) => kernel.IsGenericType
        ? $"{kernel.Name.Split('`')[0]}<{string.Join(", ", kernel.GenericTypeArguments.Select(NameOf))}>"
        : kernel is { DeclaringType: Type model, Name: "Kernel" } ? model.Name : kernel.Name;

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

            // A sweep has the lattice as its only type parameter.
            if (kernel == typeof(LatticeSweeps<>))
            {
                foreach (Type lattice in typeof(ILattice).Assembly.GetTypes().Where(type => type.IsValueType && type.IsAssignableTo(typeof(ILattice))))
                {
                    yield return kernel.MakeGenericType(lattice);
                }

                continue;
            }

            // Another kernel's first type parameter is its model. The second is its transition: a plain one with every model, and the
            // others with two models, which have scratch memory and none. So have kernels of a model alone, but for the starts.
            if (kernel.GetGenericArguments().Length == 1)
            {
                foreach (Type model in kernel == typeof(UniformInitialization<>) ? models : [typeof(EightSchoolsModel), typeof(BananaModel)])
                {
                    yield return kernel.MakeGenericType(model);
                }

                continue;
            }

            // Ensembles: every move with a model that has scratch memory.
            if (kernel.GetGenericArguments()[1].GetGenericParameterConstraints().Contains(typeof(IEnsembleMove)))
            {
                foreach (Type move in typeof(IEnsembleMove).Assembly.GetTypes().Where(type => type.IsValueType && type.IsAssignableTo(typeof(IEnsembleMove))))
                {
                    yield return kernel.MakeGenericType(typeof(EightSchoolsModel), move);
                }

                continue;
            }

            Type plain = typeof(HamiltonianMonteCarlo<DiagonalMetric>);
            foreach (Type model in models)
            {
                yield return kernel.MakeGenericType(model, plain);
            }

            foreach (Type mixed in models.Where(model => model.IsAssignableTo(typeof(IMixedModel))))
            {
                yield return kernel.MakeGenericType(mixed, typeof(GibbsWithinHamiltonian<>).MakeGenericType(mixed));
            }

            foreach (Type transition in Transitions().Where(transition => transition != plain))
            {
                yield return kernel.MakeGenericType(typeof(EightSchoolsModel), transition);
                yield return kernel.MakeGenericType(typeof(BananaModel), transition);
            }
        }
    }

    /// <summary>Every transition with scales; one of fixed length and one of trees with every metric.</summary>
    private static IEnumerable<Type> Transitions()
    {
        Type[] types = [.. typeof(ITransition).Assembly.GetTypes().Where(type => type.IsValueType)];
        Type[] metrics = [.. types.Where(type => type.IsAssignableTo(typeof(IMetric)))];
        foreach (Type transition in types.Where(type => type.IsAssignableTo(typeof(ITransition)) && type != typeof(GibbsWithinHamiltonian<>)))
        {
            if (!transition.IsGenericTypeDefinition)
            {
                yield return transition;
                continue;
            }

            bool takesAll = transition == typeof(HamiltonianMonteCarlo<>) || transition == typeof(NoUTurn<>);
            foreach (Type metric in takesAll ? metrics : [typeof(DiagonalMetric)])
            {
                yield return transition.MakeGenericType(metric);
            }
        }
    }
}
