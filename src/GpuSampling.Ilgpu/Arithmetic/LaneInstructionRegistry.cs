using System.Reflection;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Streams;
using ILGPU;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.Frontend;
using ILGPU.Frontend.Intrinsic;
using ILGPU.IR;
using ILGPU.IR.Intrinsics;

namespace GpuSampling.Ilgpu.Arithmetic;

/// <summary>Tells ILGPU which instructions the members of the scalar lane types are.</summary>
internal static class LaneInstructionRegistry
{
    private static readonly MethodInfo[] Instructions = typeof(LaneInstructions)
        .GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly);

    // Once for the process: ILGPU keeps these replacements in a table of its own that is not safe for use by several threads.
    private static readonly Lazy<HashSet<MethodInfo>> ReplacedMembers = new(Remap);

    /// <summary>The members that instructions replace.</summary>
    public static IReadOnlySet<MethodInfo> Replaced => ReplacedMembers.Value;

    /// <summary>Adds the instructions to a context under construction.</summary>
    /// <param name="builder">The builder of the context.</param>
    /// <returns>The builder.</returns>
    public static Context.Builder UseLaneInstructions(this Context.Builder builder)
    {
        _ = ReplacedMembers.Value;
        IntrinsicImplementationManager manager = builder.GetIntrinsicManager();
        foreach (MethodInfo instruction in Instructions)
        {
            manager.RegisterMethod(
                instruction,
                new PTXIntrinsic(typeof(PtxLaneInstructions), nameof(PtxLaneInstructions.Emit), IntrinsicImplementationMode.GenerateCode));
            manager.RegisterMethod(
                instruction,
                new CLIntrinsic(typeof(OpenClLaneInstructions), nameof(OpenClLaneInstructions.Emit), IntrinsicImplementationMode.GenerateCode));
        }

        return builder;
    }

    private static HashSet<MethodInfo> Remap()
    {
        HashSet<MethodInfo> members = [];
        RemapFor<Float32>(members);
        RemapFor<Float64>(members);
        UnrollFor<Float32>();
        UnrollFor<Float64>();
        return members;
    }

    private static void UnrollFor<T>()
        where T : struct, IReal<T>
    {
        MethodInfo loop = typeof(Philox4x32).GetMethod(nameof(Philox4x32.Rounds), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(typeof(T));
        MethodInfo unrolled = typeof(UnrolledPhilox).GetMethod(nameof(UnrolledPhilox.Rounds))!.MakeGenericMethod(typeof(T));
        RemappedIntrinsics.AddRemapping(loop, (ref InvocationContext context) => context.Method = unrolled);
    }

    private static void RemapFor<T>(HashSet<MethodInfo> members)
        where T : struct, IReal<T>
    {
        Type[] owners = [typeof(T), typeof(Word<T>), typeof(Mask<T>)];
        foreach (MethodInfo instruction in Instructions)
        {
            MethodInfo target = instruction.MakeGenericMethod(typeof(T));
            Type[] parameters = Array.ConvertAll(target.GetParameters(), parameter => parameter.ParameterType);
            foreach (LaneInstructions.ReplacesAttribute replaced in instruction.GetCustomAttributes<LaneInstructions.ReplacesAttribute>())
            {
                foreach (Type owner in owners)
                {
                    if (owner.GetMethod(replaced.Member, BindingFlags.Public | BindingFlags.Static, parameters) is { } member)
                    {
                        RemappedIntrinsics.AddRemapping(member, (ref InvocationContext context) => context.Method = target);
                        members.Add(member);
                    }
                }
            }
        }
    }
}
