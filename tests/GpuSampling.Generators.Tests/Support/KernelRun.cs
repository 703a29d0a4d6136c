using System.Reflection;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Streams;
using GpuSampling.Modeling;

namespace GpuSampling.Generators.Tests.Support;

/// <summary>A chain vector in an array.</summary>
internal readonly struct ArrayVector<T>(T[] elements, int start = 0) : IChainVector<ArrayVector<T>, T>
    where T : struct, IReal<T>
{
    public T this[int index]
    {
        get => elements[start + index];
        set => elements[start + index] = value;
    }

    public ArrayVector<T> Slice(int begin) => new(elements, start + begin);
}

/// <summary>Shared numbers in arrays.</summary>
internal readonly struct ArrayTable<T>(double[] reals, int[] integers) : IDataTable<T>
    where T : struct, IReal<T>
{
    public T Real(int index) => T.Constant(reals[index]);

    public T Real(int start, int offset) => T.Constant(reals[start + offset]);

    public T Gather(Word<T> index) => throw new NotSupportedException("Models read no number at an index that differs by lane.");

    public int Integer(int index) => integers[index];
}

/// <summary>What a model says at one point, in double precision.</summary>
internal sealed record Evaluation(double LogPrior, double LogLikelihood, double[] PriorGradient, double[] LikelihoodGradient)
{
    public double LogDensity => LogPrior + LogLikelihood;

    public double[] Gradient => PriorGradient.Zip(LikelihoodGradient, (a, b) => a + b).ToArray();
}

/// <summary>Calls the methods of a posterior's kernel for one chain.</summary>
internal sealed class KernelRun(double[] position, int? firstTerm = null, int? termCount = null) : IPosteriorVisitor<Evaluation>
{
    public static Evaluation At(Posterior posterior, double[] position) => posterior.Accept(new KernelRun(position));

    public static double[] Outputs(Posterior posterior, double[] position) => posterior.Accept(new OutputRun(position));

    public Evaluation Visit<TModel>(Posterior<TModel> posterior)
        where TModel : struct, IModel
    {
        TModel model = posterior.Model;
        var table = new ArrayTable<Float64>(posterior.Data.Reals.ToArray(), posterior.Data.Integers.ToArray());
        var at = new ArrayVector<Float64>(position.Select(x => new Float64(x)).ToArray());
        var scratch = new ArrayVector<Float64>(Garbage(model.ScratchLength));
        var gradient = Garbage(model.Dimension);
        int first = firstTerm ?? 0, count = termCount ?? model.DataTermCount;

        double prior = model.LogPrior<Float64, ArrayVector<Float64>, ArrayTable<Float64>>(at, scratch, table).Value;
        double priorAlong = model.LogPriorGradient<Float64, ArrayVector<Float64>, ArrayTable<Float64>>(
            at, new ArrayVector<Float64>(gradient), scratch, table).Value;
        AssertClose(prior, priorAlong, "LogPrior and LogPriorGradient");
        double[] priorGradient = gradient.Select(x => x.Value).ToArray();

        scratch = new ArrayVector<Float64>(Garbage(model.ScratchLength));
        double likelihood = model.LogLikelihood<Float64, ArrayVector<Float64>, ArrayTable<Float64>>(at, scratch, table, first, count).Value;
        var sum = new Float64[model.Dimension];
        double likelihoodAlong = model.LogLikelihoodGradient<Float64, ArrayVector<Float64>, ArrayTable<Float64>>(
            at, new ArrayVector<Float64>(sum), new ArrayVector<Float64>(Garbage(model.ScratchLength)), table, first, count).Value;
        AssertClose(likelihood, likelihoodAlong, "LogLikelihood and LogLikelihoodGradient");

        // Scratch that is longer than declared would have been out of range; the gradient is added to what is there.
        var again = Enumerable.Repeat(new Float64(1), model.Dimension).ToArray();
        model.LogLikelihoodGradient<Float64, ArrayVector<Float64>, ArrayTable<Float64>>(
            at, new ArrayVector<Float64>(again), new ArrayVector<Float64>(Garbage(model.ScratchLength)), table, first, count);
        for (int i = 0; i < again.Length; i++)
        {
            AssertClose(sum[i].Value + 1, again[i].Value, $"gradient {i} added to 1");
        }

        if (firstTerm is null)
        {
            AssertSumOfRanges(posterior, likelihoodAlong, [.. sum.Select(x => x.Value)]);
        }

        return new Evaluation(priorAlong, likelihoodAlong, priorGradient, sum.Select(x => x.Value).ToArray());
    }

    /// <summary>The log-likelihood is the sum over any ranges of its terms, so that engines may split them.</summary>
    private void AssertSumOfRanges<TModel>(Posterior<TModel> posterior, double whole, double[] wholeGradient)
        where TModel : struct, IModel
    {
        int count = posterior.Model.DataTermCount, first = count / 3, second = (count - first) / 2;
        (int First, int Count)[] ranges = [(0, first), (first, second), (first + second, count - first - second)];
        Evaluation[] parts = [.. ranges.Select(range => posterior.Accept(new KernelRun(position, range.First, range.Count)))];
        double scale = parts.Sum(part => Math.Abs(part.LogLikelihood));
        AssertClose(whole, parts.Sum(part => part.LogLikelihood), "the log-likelihood and the sum over ranges of its terms", scale);
        for (int i = 0; i < wholeGradient.Length; i++)
        {
            AssertClose(
                wholeGradient[i], parts.Sum(part => part.LikelihoodGradient[i]), $"gradient {i} and the sum over ranges of terms",
                parts.Sum(part => Math.Abs(part.LikelihoodGradient[i])));
        }
    }

    private static void AssertClose(double a, double b, string what, double scale = 0) => Assert.True(
        a.Equals(b) || (double.IsNaN(a) && double.IsNaN(b)) || Math.Abs(a - b) <= 1e-11 * (1 + Math.Abs(a) + Math.Abs(b) + scale), $"{what}: {a} and {b}");

    private static Float64[] Garbage(int length) => Enumerable.Repeat(new Float64(double.NaN), length).ToArray();

    private sealed class OutputRun(double[] position) : IPosteriorVisitor<double[]>
    {
        public double[] Visit<TModel>(Posterior<TModel> posterior)
            where TModel : struct, IModel
        {
            TModel model = posterior.Model;
            var outputs = Garbage(model.OutputCount);
            var address = new StreamAddress<Float64>(
                new StreamKey(1), StreamPurpose.GeneratedQuantity, Float64.WordConstant(0), 0, 0);
            model.WriteOutputs<Float64, ArrayVector<Float64>, ArrayVector<Float64>, ArrayTable<Float64>>(
                new ArrayVector<Float64>(position.Select(x => new Float64(x)).ToArray()),
                new ArrayVector<Float64>(outputs),
                new ArrayVector<Float64>(Garbage(model.ScratchLength)),
                new ArrayTable<Float64>(posterior.Data.Reals.ToArray(), posterior.Data.Integers.ToArray()),
                address);
            return outputs.Select(x => x.Value).ToArray();
        }
    }
}
