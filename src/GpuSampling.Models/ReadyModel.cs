using System.Text.Json;
using GpuSampling.Modeling;

namespace GpuSampling.Models;

/// <summary>A model that can be had by its name.</summary>
/// <param name="Name">The name, in lower case with hyphens.</param>
/// <param name="Description">One sentence.</param>
/// <param name="DataDescription">The members that its JSON data may or must have, in words.</param>
/// <param name="NeedsData">Whether it has no data of its own.</param>
/// <param name="Create">
/// Makes the posterior from the root of a JSON document, or from null for the model's own data. Throws
/// <see cref="ModelDataException"/> for data that do not fit.
/// </param>
public sealed record ReadyModel(
    string Name, string Description, string DataDescription, bool NeedsData, Func<JsonElement?, Posterior> Create);
