using System.Reflection;
using System.Runtime.CompilerServices;

namespace GpuSampling.Ilgpu.Launching;

/// <summary>What ILGPU asks of the types of kernels.</summary>
internal static class KernelTypes
{
    // ILGPU emits a launcher for each kernel into an assembly of this name, which must be able to name the kernel's types.
    private const string LauncherAssembly = "ILGPURuntime";

    /// <summary>Throws unless a kernel and its type arguments, such as a model, can be named by a launcher.</summary>
    /// <param name="type">The kernel.</param>
    /// <exception cref="NotSupportedException">They cannot.</exception>
    public static void CheckVisible(Type type)
    {
        if (!IsVisible(type))
        {
            throw new NotSupportedException(
                $"ILGPU cannot see {type.Name}: make the type public, or add [assembly: InternalsVisibleTo(\"{LauncherAssembly}\")] to {type.Assembly.GetName().Name}.");
        }

        foreach (Type argument in type.GenericTypeArguments)
        {
            CheckVisible(argument);
        }
    }

    private static bool IsVisible(Type type)
    {
        Type definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        if (definition.IsVisible)
        {
            return true;
        }

        bool isFriend = definition.Assembly.GetCustomAttributes<InternalsVisibleToAttribute>().Any(
            attribute => attribute.AssemblyName.Split(',')[0].Trim() == LauncherAssembly);
        for (Type? level = definition; level is not null && isFriend; level = level.DeclaringType)
        {
            isFriend = !level.IsNestedPrivate && !level.IsNestedFamily && !level.IsNestedFamANDAssem;
        }

        return isFriend;
    }
}
