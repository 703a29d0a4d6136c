using BenchmarkDotNet.Running;
using GpuSampling.Benchmarks.Random;

int? exitCode = RandomCommands.TryRun(args);
if (exitCode is null)
{
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
}

return exitCode ?? 0;
