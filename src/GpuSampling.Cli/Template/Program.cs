using System.Text.Json;
using GpuSampling.Diagnostics;
using GpuSampling.Engines;
using GpuSampling.Sampling;

using JsonDocument data = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "data.json")));
using SimdEngine engine = new();
RunOptions run = new() { ChainCount = 256, WarmupCount = 300, DrawCount = 200, Seed = 1 };
var (draws, result) = new HamiltonianMonteCarloSampler().Sample<float>($Name$.FromJson(data.RootElement).ToPosterior(), run, engine);
Console.WriteLine(result.Summarize(draws));
