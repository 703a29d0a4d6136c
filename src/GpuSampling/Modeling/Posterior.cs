using System.Collections.Immutable;
using GpuSampling.Kernels.Models;

namespace GpuSampling.Modeling;

/// <summary>A model with its data and the names of its outputs: what samplers sample.</summary>
public abstract class Posterior
{
    /// <summary>The most outputs of a model: 2²⁴. Each has a label of its own and a column of draws.</summary>
    public const int MostOutputs = 1 << 24;

    private protected Posterior(string name, ModelData data, ImmutableArray<OutputShape> outputs)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(data);
        Name = name;
        Data = data;
        Outputs = outputs;
        long count = outputs.Sum(shape => shape.Dimensions.Aggregate(1L, (product, extent) => product > MostOutputs ? product : product * extent));
        if (count > MostOutputs)
        {
            throw new ArgumentException($"Model {name} has more than {MostOutputs} outputs; allowed are 1 to {MostOutputs}.", nameof(outputs));
        }

        OutputLabels = [.. outputs.SelectMany(shape => shape.Labels)];
        string? repeated = OutputLabels.GroupBy(label => label).FirstOrDefault(group => group.Count() > 1)?.Key;
        if (repeated is not null)
        {
            throw new ArgumentException($"Model {name} has several outputs named {repeated}; allowed are different names.", nameof(outputs));
        }
    }

    /// <summary>The model's name.</summary>
    public string Name { get; }

    /// <summary>The model's data.</summary>
    public ModelData Data { get; }

    /// <summary>The parameters and generated quantities that a draw holds.</summary>
    public ImmutableArray<OutputShape> Outputs { get; }

    /// <summary>The labels of all scalars of a draw, in order.</summary>
    public ImmutableArray<string> OutputLabels { get; }

    /// <summary>The number of unconstrained parameters.</summary>
    public abstract int Dimension { get; }

    /// <summary>How to find the unconstrained parameters of a draw; null where the model does not say. Generated models do.</summary>
    public Unconstraining? Unconstraining { get; init; }

    /// <summary>How to draw from the prior; null where the model does not say. Generated models do if they have a method <c>DrawPrior</c>.</summary>
    public PriorDrawing? PriorDrawing { get; init; }

    /// <summary>The unconstrained parameters behind values of the parameters, by the inverses of the model's transforms.</summary>
    /// <param name="draw">The values in the order of <see cref="OutputLabels"/>; NaN for generated quantities that are not known.</param>
    /// <returns><see cref="Dimension"/> numbers.</returns>
    /// <exception cref="NotSupportedException">The model does not say how.</exception>
    /// <exception cref="ArgumentException">The span has another length, or a value is not where its constraint wants it.</exception>
    public double[] Unconstrain(ReadOnlySpan<double> draw)
    {
        if (Unconstraining is null)
        {
            throw new NotSupportedException($"Model {Name} does not say which unconstrained parameters give which values: give the unconstrained ones.");
        }

        if (draw.Length != OutputLabels.Length)
        {
            throw new ArgumentException($"A draw of model {Name} has {OutputLabels.Length} values; {draw.Length} were given.", nameof(draw));
        }

        double[] position = new double[Dimension];
        UnconstrainedWriter writer = new(Name, position);
        Unconstraining(draw, writer);
        writer.End();
        return position;
    }

    /// <summary>What the model writes of a draw at unconstrained parameters, computed in 64 bits on the host.</summary>
    /// <param name="position"><see cref="Dimension"/> numbers.</param>
    /// <returns>The values in the order of <see cref="OutputLabels"/>. Random generated quantities are those of seed 0.</returns>
    /// <exception cref="ArgumentException">The span has another length.</exception>
    public double[] Constrain(ReadOnlySpan<double> position) => position.Length == Dimension
        ? Accept(new HostOutputs(position.ToArray()))
        : throw new ArgumentException($"Model {Name} has {Dimension} unconstrained parameters; {position.Length} were given.", nameof(position));

    /// <summary>Runs code that needs the type of the model's struct.</summary>
    /// <typeparam name="TResult">What the code returns.</typeparam>
    /// <param name="visitor">The code.</param>
    public abstract TResult Accept<TResult>(IPosteriorVisitor<TResult> visitor);

    private sealed class HostOutputs(double[] position) : IPosteriorVisitor<double[]>
    {
        public double[] Visit<TModel>(Posterior<TModel> posterior)
            where TModel : struct, IModel => new HostEvaluation<TModel>(posterior).Outputs(position);
    }
}

/// <summary>A model struct with its data and the names of its outputs.</summary>
/// <typeparam name="TModel">The model.</typeparam>
public sealed class Posterior<TModel> : Posterior
    where TModel : struct, IModel
{
    /// <summary>Binds a model to its data.</summary>
    /// <param name="name">The model's name.</param>
    /// <param name="model">The model's struct.</param>
    /// <param name="data">Its data.</param>
    /// <param name="outputs">The names and shapes of its outputs, whose scalars number <see cref="IModel.OutputCount"/>.</param>
    /// <exception cref="ArgumentException">The shapes do not add up to the model's outputs, share a name, or data are not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The model has no parameter.</exception>
    public Posterior(string name, TModel model, ModelData data, params ReadOnlySpan<OutputShape> outputs)
        : base(name, data, [.. outputs])
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(model.Dimension, 1, nameof(model));
        if (OutputLabels.Length != model.OutputCount)
        {
            throw new ArgumentException(
                $"Model {name} writes {model.OutputCount} values a draw; the shapes name {OutputLabels.Length}.", nameof(outputs));
        }

        int index = data.Reals.Span[..^data.DerivedCount].IndexOfAnyExceptInRange(double.MinValue, double.MaxValue);
        if (index >= 0)
        {
            throw new ArgumentException(
                $"Model {name}: data must be finite; number {index} is {data.Reals.Span[index]}.", nameof(data));
        }

        Model = model;
    }

    /// <summary>The model.</summary>
    public TModel Model { get; }

    /// <inheritdoc/>
    public override int Dimension => Model.Dimension;

    /// <inheritdoc/>
    public override TResult Accept<TResult>(IPosteriorVisitor<TResult> visitor)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        return visitor.Visit(this);
    }
}

/// <summary>Code that needs the type of a posterior's model.</summary>
/// <typeparam name="TResult">What it returns.</typeparam>
public interface IPosteriorVisitor<out TResult>
{
    /// <summary>Runs for a model of known type.</summary>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <param name="posterior">The posterior.</param>
    TResult Visit<TModel>(Posterior<TModel> posterior)
        where TModel : struct, IModel;
}
