using System.Reflection;
using GpuSampling.Kernels.Lanes;
using ILGPU;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.Frontend;
using ILGPU.Frontend.Intrinsic;
using ILGPU.IR;
using ILGPU.IR.Intrinsics;

namespace GpuSampling.Ilgpu.Arithmetic;

/// <summary>Tells ILGPU which instructions the operations of the lane types are.</summary>
internal static class ArithmeticIntrinsics
{
    private static readonly (MethodInfo Source, MethodInfo Target)[] Methods = Remap();

    /// <summary>Adds the instructions to a context under construction.</summary>
    /// <param name="builder">The builder of the context.</param>
    /// <returns>The builder.</returns>
    public static Context.Builder UseExactArithmetic(this Context.Builder builder)
    {
        IntrinsicImplementationManager manager = builder.GetIntrinsicManager();
        foreach ((_, MethodInfo target) in Methods)
        {
            manager.RegisterMethod(target, new PTXIntrinsic(typeof(PtxArithmetic), nameof(PtxArithmetic.Emit), IntrinsicImplementationMode.GenerateCode));
            manager.RegisterMethod(target, new CLIntrinsic(typeof(OpenClArithmetic), nameof(OpenClArithmetic.Emit), IntrinsicImplementationMode.GenerateCode));
        }

        return builder;
    }

    // Once for the process: ILGPU keeps these replacements in a table of its own that is not safe for use by several threads.
    private static (MethodInfo Source, MethodInfo Target)[] Remap()
    {
        List<(MethodInfo, MethodInfo)> methods = [];
        foreach (MethodInfo source in typeof(ScalarArithmetic).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
        {
            Type[] parameters = Array.ConvertAll(source.GetParameters(), parameter => parameter.ParameterType);
            MethodInfo target = typeof(DeviceArithmetic).GetMethod(source.Name, BindingFlags.Public | BindingFlags.Static, parameters)
                ?? throw new MissingMethodException(typeof(DeviceArithmetic).FullName, source.ToString());
            RemappedIntrinsics.AddRemapping(source, (ref InvocationContext context) => context.Method = target);
            methods.Add((source, target));
        }

        return [.. methods];
    }
}
