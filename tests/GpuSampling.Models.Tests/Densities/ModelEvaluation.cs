using System.Runtime.CompilerServices;
using GpuSampling.Engines;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Streams;
using GpuSampling.Modeling;

namespace GpuSampling.Models.Tests.Densities;

/// <summary>A posterior's model, evaluated for one chain, its type known or not.</summary>
internal abstract class ModelEvaluation
{
    public static ModelEvaluation Of<T>(Posterior posterior)
        where T : unmanaged, IPackedReal<T> => posterior.Accept(new Visitor<T>());

    public abstract int Dimension { get; }

    public abstract int DataTermCount { get; }

    public abstract double LogPrior(double[] x);

    public abstract double LogLikelihood(double[] x, int firstTerm, int termCount);

    public abstract double LogPriorGradient(double[] x, double[] gradient);

    public abstract double LogLikelihoodGradient(double[] x, double[] gradient, int firstTerm, int termCount);

    public abstract double[] Outputs(double[] x);

    public double LogDensity(double[] x) => LogPrior(x) + LogLikelihood(x, 0, DataTermCount);

    public double[] Gradient(double[] x)
    {
        // What the prior must overwrite.
        double[] gradient = [.. Enumerable.Repeat(double.NaN, Dimension)];
        LogPriorGradient(x, gradient);
        LogLikelihoodGradient(x, gradient, 0, DataTermCount);
        return gradient;
    }

    private sealed class Visitor<T> : IPosteriorVisitor<ModelEvaluation>
        where T : unmanaged, IPackedReal<T>
    {
        public ModelEvaluation Visit<TModel>(Posterior<TModel> posterior)
            where TModel : struct, IModel => new ModelEvaluation<TModel, T>(posterior.Model, posterior.Data);
    }
}

/// <summary>A model evaluated on scalar lanes, with garbage as scratch memory and guards behind every vector.</summary>
internal sealed unsafe class ModelEvaluation<TModel, T>(TModel model, ModelData data) : ModelEvaluation
    where TModel : struct, IModel
    where T : unmanaged, IPackedReal<T>
{
    private const double Guard = 12345;

    private readonly T[] reals = ToLanes(data.Reals.Span, double.NaN);
    private readonly int[] integers = [.. data.Integers.Span, 0];

    public override int Dimension => model.Dimension;

    public override int DataTermCount => model.DataTermCount;

    public override double LogPrior(double[] x) =>
        Run(x, [], (position, _, scratch, table) => model.LogPrior<T, PackedVector<T>, HostTable<T>>(position, scratch, table));

    public override double LogLikelihood(double[] x, int firstTerm, int termCount) =>
        Run(x, [], (position, _, scratch, table) =>
            model.LogLikelihood<T, PackedVector<T>, HostTable<T>>(position, scratch, table, firstTerm, termCount));

    public override double LogPriorGradient(double[] x, double[] gradient) =>
        Run(x, gradient, (position, result, scratch, table) =>
            model.LogPriorGradient<T, PackedVector<T>, HostTable<T>>(position, result, scratch, table));

    public override double LogLikelihoodGradient(double[] x, double[] gradient, int firstTerm, int termCount) =>
        Run(x, gradient, (position, result, scratch, table) =>
            model.LogLikelihoodGradient<T, PackedVector<T>, HostTable<T>>(position, result, scratch, table, firstTerm, termCount));

    public override double[] Outputs(double[] x)
    {
        double[] outputs = [.. Enumerable.Repeat(double.NaN, model.OutputCount)];
        StreamAddress<T> random = new(default, StreamPurpose.GeneratedQuantity, T.WordConstant(0), 0, 0);
        Run(x, outputs, (position, result, scratch, table) =>
        {
            model.WriteOutputs<T, PackedVector<T>, PackedVector<T>, HostTable<T>>(position, result, scratch, table, random);
            return T.Zero;
        });
        return outputs;
    }

    private delegate T Evaluation(PackedVector<T> position, PackedVector<T> result, PackedVector<T> scratch, HostTable<T> table);

    private double Run(double[] x, double[] result, Evaluation evaluation)
    {
        T[] positions = ToLanes(x, Guard), results = ToLanes(result, Guard);
        T[] scratches = ToLanes([.. Enumerable.Repeat(double.NaN, model.ScratchLength)], Guard);
        double value;
        fixed (T* position = positions, vector = results, scratch = scratches, table = reals)
        {
            fixed (int* words = integers)
            {
                value = ToDouble(evaluation(new(position), new(vector), new(scratch), new(table, words)));
            }
        }

        Assert.Equal(x.Select(one => ToDouble(T.Constant(one))), positions[..^1].Select(ToDouble));
        Assert.All((T[][])[positions, results, scratches], vector => Assert.Equal(Guard, ToDouble(vector[^1])));
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = ToDouble(results[i]);
        }

        return value;
    }

    private static T[] ToLanes(ReadOnlySpan<double> values, double last)
    {
        T[] lanes = new T[values.Length + 1];
        for (int i = 0; i < values.Length; i++)
        {
            lanes[i] = T.Constant(values[i]);
        }

        lanes[^1] = T.Constant(last);
        return lanes;
    }

    private static double ToDouble(T lane) => T.ElementBits == 32 ? Unsafe.BitCast<T, float>(lane) : Unsafe.BitCast<T, double>(lane);
}
