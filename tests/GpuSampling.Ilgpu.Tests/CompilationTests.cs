using System.Reflection;
using System.Text.RegularExpressions;
using GpuSampling.Ilgpu.Arithmetic;
using GpuSampling.Ilgpu.Random;
using GpuSampling.Ilgpu.Tests.Kernels;
using GpuSampling.Ilgpu.Tests.Support;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Lattices;
using GpuSampling.Kernels.Variates;
using ILGPU;
using ILGPU.Runtime;

namespace GpuSampling.Ilgpu.Tests;

/// <summary>Every kernel compiles for devices that this machine need not have, to arithmetic of stated rounding.</summary>
public class CompilationTests
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

    /// <summary>The distributions of fills, in single and double precision.</summary>
    public static TheoryData<string, bool> Fills
    {
        get
        {
            TheoryData<string, bool> data = [];
            foreach (Type transform in Transforms)
            {
                data.Add(KernelCatalog.NameOf(transform), false);
                data.Add(KernelCatalog.NameOf(transform), true);
            }

            return data;
        }
    }

    private static Type[] Transforms =>
        [typeof(BitsTransform), typeof(UniformTransform), typeof(NormalTransform), typeof(ExponentialTransform), typeof(AffineTransform<NormalTransform>)];

    [Fact]
    public void The_catalog_finds_kernels() => Assert.NotEmpty(KernelCatalog.Kernels);

    [Theory]
    [MemberData(nameof(KernelsAndLanes))]
    public void A_kernel_compiles_to_ptx_whose_arithmetic_states_its_rounding(string kernel, string lane)
    {
        string ptx = OfflineCompiler.ToPtx(EntryOf(kernel, lane));

        Assert.Empty(PtxText.UnstatedRoundings(ptx));
        Assert.DoesNotContain(".extern", ptx, StringComparison.Ordinal);
        Assert.Equal(Multiplies(kernel), ptx.Contains("fma.rn", StringComparison.Ordinal));
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
        Assert.Equal(Multiplies(kernel), source.Contains("fma(", StringComparison.Ordinal));
    }

    /// <summary>Whether a kernel multiplies and adds reals: the one that takes words apart only moves bits, and packed spins are counted in integers.</summary>
    private static bool Multiplies(string kernel) => kernel is not (nameof(WordHalves) or $"LatticeSweeps<{nameof(PackedIsingLattice)}>");

    [Fact]
    public void Plain_arithmetic_is_found_to_state_no_rounding()
    {
        MethodInfo entry = typeof(CompilationTests).GetMethod(nameof(PlainArithmetic), BindingFlags.Static | BindingFlags.NonPublic)!;

        string ptx = OfflineCompiler.ToPtx(entry);

        Assert.Equal(2, PtxText.UnstatedRoundings(ptx).Count);
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

    [Theory]
    [MemberData(nameof(Fills))]
    public void A_fill_stores_16_bytes_at_once_and_keeps_to_registers(string transform, bool isDouble)
    {
        PtxAssembler.SkipUnlessPresent();

        string ptx = OfflineCompiler.ToPtx(FillEntry(nameof(FillKernels.FillWholeBlocks), transform, isDouble), isExplicitlyGrouped: true);

        Assert.Single(Regex.Matches(ptx, @"st\.global\.v[24]\.f(32|64)"));
        Assert.Empty(PtxText.UnstatedRoundings(ptx));
        Assert.Equal(default, PtxAssembler.Assemble(ptx));
    }

    [Theory]
    [MemberData(nameof(Fills))]
    public void A_fill_anywhere_keeps_to_registers(string transform, bool isDouble)
    {
        PtxAssembler.SkipUnlessPresent();

        string ptx = OfflineCompiler.ToPtx(FillEntry(nameof(FillKernels.FillAnywhere), transform, isDouble), isExplicitlyGrouped: true);

        Assert.Empty(PtxText.UnstatedRoundings(ptx));
        Assert.Equal(default, PtxAssembler.Assemble(ptx));
    }

    private static MethodInfo FillEntry(string method, string transformName, bool isDouble)
    {
        Type transform = Transforms.Single(type => KernelCatalog.NameOf(type) == transformName);
        Type[] arguments = isDouble
            ? [typeof(DoubleFill<>).MakeGenericType(transform), typeof(Float64), typeof(Reals2<Float64>)]
            : [typeof(SingleFill<>).MakeGenericType(transform), typeof(Float32), typeof(Reals4<Float32>)];
        return typeof(FillKernels).GetMethod(method)!.MakeGenericMethod(arguments);
    }

    private static MethodInfo EntryOf(string kernel, string lane) => OfflineCompiler.Entry(
        KernelCatalog.Kernels.Single(type => KernelCatalog.NameOf(type) == kernel),
        KernelCatalog.Lanes.Single(type => type.Name == lane));

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
}
