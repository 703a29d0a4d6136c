using GpuSampling.Engines;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.StochasticGradients;
using GpuSampling.Modeling;

namespace GpuSampling.Sampling;

/// <summary>Evaluates the whole likelihood at one point, which all chains share.</summary>
internal abstract class CentreOfData
{
    /// <summary>The likelihood's gradient at a point, and the sums of squares of its blocks.</summary>
    /// <param name="point">The unconstrained parameters.</param>
    public abstract (double[] Gradient, double[] Squares) Evaluate(ReadOnlySpan<double> point);
}

/// <inheritdoc/>
internal sealed class CentreOfData<TModel>(Posterior<TModel> posterior, Engine engine, Precision precision, int blockLength) : CentreOfData
    where TModel : struct, IModel
{
    public override (double[] Gradient, double[] Squares) Evaluate(ReadOnlySpan<double> point)
    {
        int dimension = posterior.Dimension;
        using ChainArena arena = engine.CreateArena(new ChainArenaLayout
        {
            Precision = precision,
            FirstChain = 0,
            ChainCount = 1,
            StateLength = (4 * dimension) + posterior.Model.ScratchLength,
            OutputLength = 1,
            DataReals = posterior.Data.Reals,
            DataIntegers = posterior.Data.Integers,
            SettingRealCount = 0,
            SettingIntegerCount = 0,
        });
        arena.WriteState(0, dimension, point);
        arena.Launch(new DataPass<TModel> { Model = posterior.Model, BlockLength = blockLength });
        double[] gradient = new double[dimension], squares = new double[dimension];
        arena.ReadState(dimension, dimension, gradient);
        arena.ReadState(2 * dimension, dimension, squares);
        return (gradient, squares);
    }
}
