using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace GpuSampling.Ilgpu.Tests.Support;

/// <summary>NVIDIA's assembler, where the machine has it: it needs no GPU.</summary>
internal static partial class PtxAssembler
{
    private static readonly Lazy<string?> WhyMissing = new(Probe);

    /// <summary>Skips the running test on a machine without ptxas.</summary>
    public static void SkipUnlessPresent() => Assert.SkipWhen(WhyMissing.Value is not null, WhyMissing.Value ?? string.Empty);

    /// <summary>Assembles for compute capability 9.0.</summary>
    /// <param name="ptx">The text.</param>
    /// <returns>What the assembler says of each function together: the largest stack frame and the sums of spills, in bytes.</returns>
    public static Resources Assemble(string ptx)
    {
        string folder = Directory.CreateTempSubdirectory("ptxas").FullName;
        try
        {
            string source = Path.Combine(folder, "kernel.ptx");
            File.WriteAllText(source, ptx);
            string log = Run("-arch=sm_90", "-v", "-o", Path.Combine(folder, "kernel.cubin"), source);
            Resources total = default;
            foreach (Match match in FunctionProperties().Matches(log))
            {
                total = new Resources(
                    Math.Max(total.StackFrame, Number(match.Groups[1])), total.SpillStores + Number(match.Groups[2]), total.SpillLoads + Number(match.Groups[3]));
            }

            Assert.Matches(FunctionProperties(), log);
            return total;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int Number(Group group) => int.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    private static string? Probe()
    {
        try
        {
            Run("--version");
            return null;
        }
        catch (Win32Exception)
        {
            return "ptxas was not found on the path: it is a part of the CUDA toolkit (Debian: nvidia-cuda-toolkit).";
        }
    }

    private static string Run(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("ptxas", arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        string log = output.Result + errors;
        Assert.True(process.ExitCode == 0, log);
        return log;
    }

    [GeneratedRegex(@"(\d+) bytes stack frame, (\d+) bytes spill stores, (\d+) bytes spill loads")]
    private static partial Regex FunctionProperties();

    /// <summary>The memory that a kernel takes for want of registers, in bytes.</summary>
    internal readonly record struct Resources(int StackFrame, int SpillStores, int SpillLoads);
}
