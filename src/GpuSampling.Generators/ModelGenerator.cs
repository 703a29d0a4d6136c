using GpuSampling.Generators.Emission;
using GpuSampling.Generators.Reading;
using GpuSampling.Generators.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace GpuSampling.Generators;

/// <summary>
/// Adds to each type marked [Model] its kernels: log-density and gradient for every lane type, the transforms of its constrained
/// parameters, and the binding of its data.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class ModelGenerator : IIncrementalGenerator
{
    /// <summary>The name of the step that reads a model's source.</summary>
    public const string ReadingStep = "ReadModel";

    /// <summary>The name of the step that differentiates a model and writes its code.</summary>
    public const string GenerationStep = "GenerateModel";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // Reading gives a value. Only where that value changes is the model differentiated again.
        IncrementalValuesProvider<ModelReading> models = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                "GpuSampling.Modeling.ModelAttribute", (node, _) => node is TypeDeclarationSyntax, ModelReader.Read)
            .WithTrackingName(ReadingStep);
        IncrementalValuesProvider<GeneratedModel> sources = models
            .Select((reading, cancellation) => ModelEmitter.Generate(reading, cancellation))
            .WithTrackingName(GenerationStep);

        // The compiler tells files apart without regard to case, and types with it.
        IncrementalValueProvider<EquatableArray<string>> names = sources.Select((model, _) => model.FileName).Collect()
            .Select((all, _) => all.Distinct().OrderBy(name => name, StringComparer.Ordinal).ToEquatableArray());
        context.RegisterSourceOutput(sources.Combine(names), (production, pair) =>
        {
            (GeneratedModel model, EquatableArray<string> all) = pair;
            foreach (DiagnosticInfo diagnostic in model.Diagnostics)
            {
                production.ReportDiagnostic(diagnostic.ToDiagnostic());
            }

            if (model.Source is not null)
            {
                string[] alike = [.. all.Where(name => string.Equals(name, model.FileName, StringComparison.OrdinalIgnoreCase))];
                int place = Array.IndexOf(alike, model.FileName);
                production.AddSource(place > 0 ? $"{place}.{model.FileName}" : model.FileName, model.Source);
            }
        });
    }
}
