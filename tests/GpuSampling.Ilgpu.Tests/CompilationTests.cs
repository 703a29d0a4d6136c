using System.Reflection;
using System.Text.RegularExpressions;
using GpuSampling.Ilgpu.Arithmetic;
using GpuSampling.Ilgpu.Tests.Kernels;
using GpuSampling.Ilgpu.Tests.Support;
using GpuSampling.Kernels.Lanes;
using ILGPU;
using ILGPU.Runtime;

namespace GpuSampling.Ilgpu.Tests;

/// <summary>Every kernel compiles for devices that this machine need not have, to arithmetic of stated rounding.</summary>
public partial class CompilationTests
{
    /// <summary>Kernel and lane type by name, so that each combination is a test of its own.</summary>
    public static TheoryData<string, string> KernelsAndLanes
    {
        get
        {
            TheoryData<string, string> data = [];
            foreach (Type kernel in KernelCatalog.Kernels)
            {
                foreach (Type lane in KernelCatalog.Lanes)
                {
                    data.Add(KernelCatalog.NameOf(kernel), lane.Name);
                }
            }

            return data;
        }
    }

    [Fact]
    public void The_catalog_finds_kernels() => Assert.NotEmpty(KernelCatalog.Kernels);

    [Theory]
    [MemberData(nameof(KernelsAndLanes))]
    public void A_kernel_compiles_to_ptx_whose_arithmetic_states_its_rounding(string kernel, string lane)
    {
        string ptx = OfflineCompiler.ToPtx(EntryOf(kernel, lane));

        Assert.Empty(UnstatedRoundings(ptx));
        Assert.DoesNotContain(".extern", ptx, StringComparison.Ordinal);
        Assert.Contains("fma.rn", ptx, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(KernelsAndLanes))]
    public void A_kernel_assembles_without_stack_frame_and_spills(string kernel, string lane)
    {
        PtxAssembler.SkipUnlessPresent();

        PtxAssembler.Resources resources = PtxAssembler.Assemble(OfflineCompiler.ToPtx(EntryOf(kernel, lane)));

        Assert.Equal(default, resources);
    }

    [Theory]
    [MemberData(nameof(KernelsAndLanes))]
    public void A_kernel_compiles_to_OpenCL_C_that_forbids_contraction(string kernel, string lane)
    {
        string source = OfflineCompiler.ToOpenCl(EntryOf(kernel, lane));

        Assert.Matches(@"\)\s*\{\s*#pragma OPENCL FP_CONTRACT OFF", source);
        Assert.Contains("fma(", source, StringComparison.Ordinal);
    }

    [Fact]
    public void Plain_arithmetic_is_found_to_state_no_rounding()
    {
        MethodInfo entry = typeof(CompilationTests).GetMethod(nameof(PlainArithmetic), BindingFlags.Static | BindingFlags.NonPublic)!;

        string ptx = OfflineCompiler.ToPtx(entry);

        Assert.Equal(2, UnstatedRoundings(ptx).Count);
    }

    [Fact]
    public void An_array_in_a_kernel_is_found_to_take_a_stack_frame()
    {
        PtxAssembler.SkipUnlessPresent();
        MethodInfo entry = typeof(CompilationTests).GetMethod(nameof(LocalArray), BindingFlags.Static | BindingFlags.NonPublic)!;

        PtxAssembler.Resources resources = PtxAssembler.Assemble(OfflineCompiler.ToPtx(entry));

        Assert.InRange(resources.StackFrame, 64 * sizeof(float), int.MaxValue);
    }

    [Theory]
    [InlineData(typeof(Float32))]
    [InlineData(typeof(Float64))]
    public void Every_member_of_a_scalar_lane_type_is_an_instruction(Type lane)
    {
        MethodInfo[] members = lane.GetInterfaceMap(typeof(IReal<>).MakeGenericType(lane)).TargetMethods;

        // What is left are constants that ILGPU must see in order to remove the branches of other widths.
        Assert.Equal(
            ["get_ElementBits", "get_LaneIndex", "get_Width"],
            members.Where(member => !LaneInstructionRegistry.Replaced.Contains(member)).Select(member => member.Name).Order());
    }

    [Theory]
    [InlineData(typeof(Float32))]
    [InlineData(typeof(Float64))]
    public void All_operations_together_assemble(Type lane)
    {
        PtxAssembler.SkipUnlessPresent();

        Assert.Equal(default, PtxAssembler.Assemble(OfflineCompiler.ToPtx(OfflineCompiler.Entry(typeof(OperationsKernel), lane))));
    }

    private static MethodInfo EntryOf(string kernel, string lane) => OfflineCompiler.Entry(
        KernelCatalog.Kernels.Single(type => KernelCatalog.NameOf(type) == kernel),
        KernelCatalog.Lanes.Single(type => type.Name == lane));

    private static List<string> UnstatedRoundings(string ptx) =>
        [.. Arithmetic().Matches(ptx).Select(match => match.Value).Where(instruction =>
            !instruction.Contains(".rn.", StringComparison.Ordinal)
            || instruction.Contains(".ftz", StringComparison.Ordinal)
            || instruction.Contains(".approx", StringComparison.Ordinal))];

    private static void PlainArithmetic(Index1D index, ArrayView<float> values) => values[index] = (values[index] * values[index + 1]) + values[index + 2];

    private static void LocalArray(Index1D index, ArrayView<float> values, ArrayView<int> places)
    {
        ArrayView<float> local = LocalMemory.Allocate1D<float>(64);
        for (int i = 0; i < 64; i++)
        {
            local[places[i]] = values[i];
        }

        values[index] = local[places[index]];
    }

    // Instructions of PTX that round, or approximate.
    [GeneratedRegex(@"\b(?:add|sub|mul|mad|fma|div|rcp|sqrt|rsqrt|ex2|lg2|sin|cos|tanh)(?:\.\w+)*\.f(?:32|64)\b")]
    private static partial Regex Arithmetic();
}
