using BenchmarkDotNet.Running;
#if ILGPU
using GpuSampling.Benchmarks.Device;
#endif
using GpuSampling.Benchmarks.Random;
using GpuSampling.Benchmarks.Sampling;
using GpuSampling.Benchmarks.Sampling.Bias;
using GpuSampling.Benchmarks.Sampling.Matrix;
using GpuSampling.Benchmarks.Sampling.Stan;

// Measurements that are no benchmarks of BenchmarkDotNet are commands; all else goes to its switcher.
int? exitCode = args.FirstOrDefault() switch
{
    "gradient-speed" => GradientSpeed.Run(),
    "bias" => BiasTable.Run(args.ElementAtOrDefault(1), args.ElementAtOrDefault(2), args.ElementAtOrDefault(3), args.ElementAtOrDefault(4)),
    "bias-moments" => BiasMoments.Run(args.ElementAtOrDefault(1), args.ElementAtOrDefault(2), args.ElementAtOrDefault(3)),
    "stan" => StanComparison.Run(args.ElementAtOrDefault(1)),
    "many-chains" => ManyChains.Run(args.ElementAtOrDefault(1)),
    "posteriors" => PosteriorTable.Run(args.ElementAtOrDefault(1), args.ElementAtOrDefault(2), args.ElementAtOrDefault(3)),
    "generated-models" => GeneratedModels.Run(args.ElementAtOrDefault(1)),
#if ILGPU
    "device" => DeviceComparison.Run(args.ElementAtOrDefault(1) ?? "cuda", isQuick: args.ElementAtOrDefault(2) == "quick"),
#endif
    _ => RandomCommands.TryRun(args),
};
if (exitCode is null)
{
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
}

return exitCode ?? 0;
