using System.Text.Json;

namespace GpuSampling.Modeling;

/// <summary>A model with its data. Types marked <see cref="ModelAttribute"/> implement it at compile time.</summary>
public interface IModelDefinition
{
    /// <summary>Checks the data and binds the density to them.</summary>
    /// <returns>The posterior, ready to be sampled.</returns>
    /// <exception cref="ArgumentException">Data are missing, have another shape than declared, or are not finite.</exception>
    Posterior ToPosterior();
}

/// <summary>A model whose data can be read from JSON.</summary>
/// <typeparam name="TSelf">The model.</typeparam>
public interface IModelDefinition<TSelf> : IModelDefinition
    where TSelf : IModelDefinition<TSelf>
{
    /// <summary>A model with the data of a JSON object, by the names of its fields.</summary>
    /// <param name="json">An object that has at least the model's data.</param>
    /// <exception cref="ArgumentException">Data are missing or of another kind or shape.</exception>
    static abstract TSelf FromJson(JsonElement json);
}
