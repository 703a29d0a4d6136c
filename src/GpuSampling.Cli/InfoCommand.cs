using System.CommandLine;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using GpuSampling.Engines;
using GpuSampling.Models;
#if ILGPU
using GpuSampling.Ilgpu.Devices;
#endif

namespace GpuSampling.Cli;

/// <summary><c>info</c>: engines, devices and widths present, what is missing and why, and the models.</summary>
internal static class InfoCommand
{
    public static Command Create(TextWriter output)
    {
        Option<bool> json = new("--json") { Description = "Print JSON." };
        Command command = new("info", "Show engines, devices, vector widths, what is missing and why, and the ready models.") { json };
        command.SetAction(parsed => Run(output, parsed.GetValue(json)));
        return command;
    }

    private static int Run(TextWriter output, bool asJson)
    {
        Information information = Collect();
        if (asJson)
        {
            output.WriteLine(JsonSerializer.Serialize(information, InformationContext.Default.Information));
            return ExitCode.Success;
        }

        output.WriteLine($"gpusampling {information.Version} on {information.Runtime}, {information.Processors} processors");
        output.WriteLine();
        output.WriteLine("Engines");
        foreach (EngineInformation engine in information.Engines)
        {
            output.WriteLine($"  {engine.Name,-10} {engine.Description}");
        }

        if (information.Missing.Count > 0)
        {
            output.WriteLine();
            output.WriteLine("Not present");
            foreach (EngineInformation engine in information.Missing)
            {
                output.WriteLine($"  {engine.Name,-10} {engine.Description}");
            }
        }

        output.WriteLine();
        output.WriteLine("Models");
        foreach (ModelInformation model in information.Models)
        {
            output.WriteLine($"  {model.Name,-20} {model.Description} Data: {model.Data}{(model.NeedsData ? " (needed)" : string.Empty)}.");
        }

        return ExitCode.Success;
    }

    private static Information Collect()
    {
        List<EngineInformation> engines = [];
        List<EngineInformation> missing = [];
        foreach (VectorWidth width in VectorWidths.Present)
        {
            using SimdEngine engine = new(width);
            engines.Add(new EngineInformation(engine.Name, engine.Description));
        }

        foreach (VectorWidth width in Enum.GetValues<VectorWidth>().Where(width => width != VectorWidth.Widest && !VectorWidths.Present.Contains(width)))
        {
            missing.Add(new EngineInformation(SimdEngine.NameOf(width), "This processor or runtime does not compute this width in hardware."));
        }

#if ILGPU
        DeviceSurvey survey = DeviceSurvey.Take();
        engines.AddRange(survey.Devices.Select(device => new EngineInformation(device.EngineName, device.ToString())));
        missing.AddRange(survey.Refused.Select(device => new EngineInformation(device.EngineName, $"{device.Name}: {device.Objection}")));
        missing.AddRange(survey.Missing.Select(pair => new EngineInformation(DeviceDescription.PrefixOf(pair.Key), pair.Value)));
#else
        foreach (string name in (ReadOnlySpan<string>)["cuda", "opencl", "ilgpu-cpu"])
        {
            missing.Add(new EngineInformation(name, Capitalized(EngineSelection.WithoutGpu!)));
        }
#endif
        return new Information(
            Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown",
            System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription,
            Environment.ProcessorCount,
            EngineSelection.WithoutGpu is null,
            engines,
            missing,
            [.. ReadyModels.All.Select(model => new ModelInformation(model.Name, model.Description, model.DataDescription, model.NeedsData))]);
    }

#if !ILGPU
    private static string Capitalized(string sentence) => char.ToUpperInvariant(sentence[0]) + sentence[1..];
#endif
}

/// <summary>What <c>info</c> tells.</summary>
internal sealed record Information(
    string Version,
    string Runtime,
    int Processors,
    bool HasGpuEngines,
    IReadOnlyList<EngineInformation> Engines,
    IReadOnlyList<EngineInformation> Missing,
    IReadOnlyList<ModelInformation> Models);

/// <summary>An engine and what it is, or why it is missing.</summary>
internal sealed record EngineInformation(string Name, string Description);

/// <summary>A ready model.</summary>
internal sealed record ModelInformation(string Name, string Description, string Data, bool NeedsData);

/// <summary>Serialisation without reflection.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Information))]
internal sealed partial class InformationContext : JsonSerializerContext;
