using GpuSampling.Engines;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Transitions;
using GpuSampling.Modeling;

namespace GpuSampling.Sampling;

/// <summary>Chooses the start of a chain.</summary>
/// <param name="chain">The chain, replicas counted, from 0.</param>
/// <param name="attempt">How often a start of the chain was refused.</param>
/// <param name="position">Receives the unconstrained parameters.</param>
internal delegate void StartChooser(int chain, uint attempt, Span<double> position);

/// <summary>The launches that find starts.</summary>
internal abstract class ChainPlacement
{
    /// <summary>Binds them to a model.</summary>
    /// <param name="posterior">The model.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="scratchRow">The row of the state where the model's scratch memory begins.</param>
    public static ChainPlacement Of(Posterior posterior, ulong seed, int scratchRow) => posterior.Accept(new Maker(seed, scratchRow));

    /// <summary>Draws starts uniformly.</summary>
    public abstract void LaunchUniform(ChainArena arena, double radius, int attemptLimit, CancellationToken cancellationToken);

    /// <summary>Evaluates density and gradient at the chains' positions.</summary>
    public abstract void LaunchEvaluation(ChainArena arena, CancellationToken cancellationToken);

    /// <summary>Makes step <paramref name="step"/>, from 1, of Adam.</summary>
    public abstract void LaunchAdam(ChainArena arena, AdamStarts options, int step, CancellationToken cancellationToken);

    private sealed class Maker(ulong seed, int scratchRow) : IPosteriorVisitor<ChainPlacement>
    {
        public ChainPlacement Visit<TModel>(Posterior<TModel> posterior)
            where TModel : struct, IModel => new OfModel<TModel>(posterior.Model, seed, scratchRow);
    }

    private sealed class OfModel<TModel>(TModel model, ulong seed, int scratchRow) : ChainPlacement
        where TModel : struct, IModel
    {
        public override void LaunchUniform(ChainArena arena, double radius, int attemptLimit, CancellationToken cancellationToken) =>
            arena.Launch(
                new UniformInitialization<TModel>
                {
                    Model = model,
                    Key = new StreamKey(seed),
                    Radius = radius,
                    AttemptLimit = attemptLimit,
                    ScratchRow = scratchRow,
                },
                cancellationToken);

        public override void LaunchEvaluation(ChainArena arena, CancellationToken cancellationToken) =>
            arena.Launch(new StartEvaluation<TModel> { Model = model, ScratchRow = scratchRow }, cancellationToken);

        public override void LaunchAdam(ChainArena arena, AdamStarts options, int step, CancellationToken cancellationToken) =>
            arena.Launch(
                new AdamStep<TModel>
                {
                    Model = model,
                    LearningRate = options.LearningRate,
                    MeanDecay = options.MeanDecay,
                    SquareDecay = options.SquareDecay,
                    MeanShare = 1 - options.MeanDecay,
                    SquareShare = 1 - options.SquareDecay,
                    MeanCorrection = 1 / (1 - Power(options.MeanDecay, step)),
                    SquareCorrection = 1 / (1 - Power(options.SquareDecay, step)),
                    Stabilizer = options.Stabilizer,
                    Begins = step == 1 ? 1 : 0,
                    ScratchRow = scratchRow,
                },
                cancellationToken);

        /// <summary>By products alone: the same bits on every machine.</summary>
        private static double Power(double factor, int exponent)
        {
            double power = 1;
            for (double square = factor; exponent > 0; exponent >>= 1, square *= square)
            {
                power *= (exponent & 1) == 1 ? square : 1;
            }

            return power;
        }
    }
}
