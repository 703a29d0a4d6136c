namespace GpuSampling.Modeling;

/// <summary>
/// Marks a partial class as a model: its fields are data, parameters and generated quantities, and its method
/// <c>double LogDensity()</c> is the log-density, in ordinary C#. At compile time the class gets its gradient, the transforms of
/// its parameters and its kernels for every engine, and implements <see cref="IModelDefinition"/>.
/// </summary>
/// <remarks>
/// Instead of <c>LogDensity</c> a model may have <c>double LogPrior()</c> and <c>double LogLikelihood()</c>. With
/// <c>LogDensity</c> alone, each call and each addend of its sums that reads real data belongs to the likelihood, the rest to the
/// prior. <c>void Prepare()</c>, if there is one, runs before data are bound: it may check data and compute
/// <see cref="TransformedDataAttribute">transformed data</see>. <c>void Generate()</c> or <c>void Generate(RandomSource)</c>
/// computes the generated quantities of a draw; <c>void DrawPrior(RandomSource)</c>, if there is one, sets every parameter to a draw
/// from the prior, from which chains can start.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ModelAttribute : Attribute
{
    /// <summary>A model whose name is that of its class, as words joined by hyphens: EightSchools is eight-schools.</summary>
    public ModelAttribute()
    {
    }

    /// <summary>A model of another name.</summary>
    /// <param name="name">The name, not empty.</param>
    public ModelAttribute(string name) => Name = name;

    /// <summary>The model's name; null to derive it from the class.</summary>
    public string? Name { get; }
}
