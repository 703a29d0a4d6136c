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
        context.RegisterSourceOutput(sources, (production, model) =>
        {
            foreach (DiagnosticInfo diagnostic in model.Diagnostics)
            {
                production.ReportDiagnostic(diagnostic.ToDiagnostic());
            }

            if (model.Source is not null)
            {
                production.AddSource(model.FileName, model.Source);
            }
        });
    }
}
