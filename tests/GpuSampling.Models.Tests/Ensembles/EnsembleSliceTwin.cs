using GpuSampling.Kernels.Ensembles;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Variates;
using GpuSampling.Models.Tests.Densities;
using GpuSampling.Sampling;

namespace GpuSampling.Models.Tests.Ensembles;

/// <summary>
/// Ensemble slice sampling for one ensemble, slow and obvious, in plain float64 and the runtime's own functions: a walker after another.
/// Only its random numbers are the kernels'.
/// </summary>
/// <param name="density">The target.</param>
/// <param name="seed">The seed.</param>
/// <param name="firstChain">The stream of the first walker.</param>
/// <param name="options">The widths and limits.</param>
/// <param name="volumePower">d, to which power a stretch enters by its volume; another number is a fault.</param>
internal sealed class EnsembleSliceTwin(PlainDensity density, ulong seed, uint firstChain, EnsembleSliceOptions options, int volumePower)
{
    /// <summary>The walkers' positions: those of the first half, then those of the second.</summary>
    public required double[][] Walkers { get; init; }

    /// <summary>The densities evaluated so far.</summary>
    public long EvaluationCount { get; private set; }

    /// <summary>Walkers uniform within ±radius.</summary>
    public static double[][] Start(int walkers, int dimension, double radius, ulong seed, uint firstChain) => [.. Enumerable.Range(0, walkers).Select(walker =>
    {
        StreamAddress<Float64> address = new(new StreamKey(seed), StreamPurpose.Initialization, Float64.WordConstant(firstChain + (uint)walker), 0, 0);
        return Enumerable.Range(0, dimension).Select(i => radius * ((2 * UniformVariate.HalfOpen(address, (uint)i).Value) - 1)).ToArray();
    })];

    /// <summary>One transition: a half given the other, then the other.</summary>
    public void Step(uint transition)
    {
        int half = Walkers.Length / 2;
        for (int walker = 0; walker < Walkers.Length; walker++)
        {
            double[][] others = walker < half ? Walkers[half..] : Walkers[..half];
            Walkers[walker] = Move(walker, others, new StreamAddress<Float64>(
                new StreamKey(seed), StreamPurpose.Slice, Float64.WordConstant(firstChain + (uint)walker), 0, transition));
        }
    }

    private double[] Move(int walker, double[][] others, StreamAddress<Float64> random)
    {
        double[] here = Walkers[walker];
        Word<Float64> firstWord = Partners.First(random, others.Length);
        double[] first = others[Integer(firstWord)], second = others[Integer(Partners.Second(random, others.Length, firstWord))];
        Func<double, double[]> line = t => [.. here.Select((x, i) => x + (t * options.Scale * (first[i] - second[i])))];
        double volume = 0;
        if (Partners.Common(random).Value < options.StretchProbability)
        {
            line = s => [.. here.Select((x, i) => first[i] + (Math.Exp(s) * (x - first[i])))];
            volume = volumePower;
        }

        double level = density.LogDensity(here) - ExponentialVariate.At(random.At(StreamPurpose.Acceptance, random.Step), 0).Value;
        double left = -Uniform(random, 0), right = left + 1;
        int leftBudget = (int)(options.WidthLimit * Uniform(random, 1)), rightBudget = options.WidthLimit - 1 - leftBudget;
        for (; leftBudget > 0 && IsInside(left); leftBudget--)
        {
            left--;
        }

        for (; rightBudget > 0 && IsInside(right); rightBudget--)
        {
            right++;
        }

        for (int attempt = 0; attempt < options.ShrinkageLimit; attempt++)
        {
            double point = left + ((right - left) * Uniform(random, 2 + (uint)attempt));
            if (IsInside(point))
            {
                return line(point);
            }

            (left, right) = point < 0 ? (point, right) : (left, point);
        }

        return here;

        bool IsInside(double along)
        {
            EvaluationCount++;
            return density.LogDensity(line(along)) + (volume * along) > level;
        }
    }

    private static double Uniform(StreamAddress<Float64> random, uint number) => UniformVariate.HalfOpen(random, number).Value;

    private static int Integer(Word<Float64> word) => (int)BitConverter.DoubleToUInt64Bits(Float64.FromBits(word).Value);
}
