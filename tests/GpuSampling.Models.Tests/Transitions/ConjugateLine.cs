using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Streams;

namespace GpuSampling.Models.Tests.Transitions;

/// <summary>
/// A line through two data with noise of known size: level b₁ ~ N(1, 1), slope b₂ ~ N(−2, 1), y_i ~ N(b₁ + x_i b₂, ½). Each chain has
/// data of its own, in its scratch memory, which no transition touches. The posterior, tempered or not, is normal and known.
/// </summary>
public readonly struct ConjugateLine : IModel
{
    public const int DatumCount = 2;
    private const double Noise = 0.5;
    private const double LevelMean = 1;
    private const double SlopeMean = -2;
    private static readonly double[] Abscissae = [1, -0.5];

    public int Dimension => 2;

    public int OutputCount => 0;

    public int DataTermCount => DatumCount;

    public int ScratchLength => DatumCount;

    /// <summary>Parameters from their prior.</summary>
    internal static (double Level, double Slope) FromPrior(System.Random random) => (LevelMean + Normal(random), SlopeMean + Normal(random));

    /// <summary>Data given parameters.</summary>
    internal static double[] Data(System.Random random, double level, double slope) =>
        [.. Abscissae.Select(x => level + (slope * x) + (Noise * Normal(random)))];

    /// <summary>What is left of a datum, in units of the noise.</summary>
    internal static double Residual(double y, int datum, double level, double slope) => (y - level - (slope * Abscissae[datum])) / Noise;

    /// <summary>Parameters less their prior means.</summary>
    internal static (double Level, double Slope) Centred(double level, double slope) => (level - LevelMean, slope - SlopeMean);

    /// <summary>Parameters from prior × likelihood^β, by the Cholesky factor of its precision.</summary>
    internal static (double Level, double Slope) FromPosterior(System.Random random, double[] y, double inverseTemperature)
    {
        double weight = inverseTemperature / (Noise * Noise);
        double p11 = 1 + (weight * DatumCount), p12 = weight * Abscissae.Sum(), p22 = 1 + (weight * Abscissae.Sum(x => x * x));
        double r1 = LevelMean + (weight * y.Sum()), r2 = SlopeMean + (weight * Abscissae.Zip(y, (x, one) => x * one).Sum());
        double determinant = (p11 * p22) - (p12 * p12);
        double mean1 = ((p22 * r1) - (p12 * r2)) / determinant, mean2 = ((p11 * r2) - (p12 * r1)) / determinant;
        double l11 = Math.Sqrt(p11), l21 = p12 / l11, l22 = Math.Sqrt(p22 - (l21 * l21));
        double z2 = Normal(random) / l22, z1 = (Normal(random) - (l21 * z2)) / l11;
        return (mean1 + z1, mean2 + z2);
    }

    /// <summary>The log density of a chain at a position, up to nothing: as the kernels have it.</summary>
    internal static double LogDensity(double level, double slope, double[] y) =>
        -0.5 * (Math.Pow(level - LevelMean, 2) + Math.Pow(slope - SlopeMean, 2) + y.Select((one, i) => Math.Pow(Residual(one, i, level, slope), 2)).Sum());

    public T LogPrior<T, TVector, TData>(TVector position, TVector scratch, TData data)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
    {
        T level = position[0] - T.Constant(LevelMean), slope = position[1] - T.Constant(SlopeMean);
        return T.Constant(-0.5) * ((level * level) + (slope * slope));
    }

    public T LogPriorGradient<T, TVector, TData>(TVector position, TVector gradient, TVector scratch, TData data)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
    {
        gradient[0] = T.Constant(LevelMean) - position[0];
        gradient[1] = T.Constant(SlopeMean) - position[1];
        return LogPrior<T, TVector, TData>(position, scratch, data);
    }

    public T LogLikelihood<T, TVector, TData>(TVector position, TVector scratch, TData data, int firstTerm, int termCount)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
    {
        T sum = T.Zero;
        for (int i = firstTerm; i < firstTerm + termCount; i++)
        {
            T residual = scratch[i] - position[0] - (T.Constant(Abscissa(i)) * position[1]);
            sum -= T.Constant(0.5 / (Noise * Noise)) * residual * residual;
        }

        return sum;
    }

    public T LogLikelihoodGradient<T, TVector, TData>(TVector position, TVector gradient, TVector scratch, TData data, int firstTerm, int termCount)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TData : struct, IDataTable<T>
    {
        for (int i = firstTerm; i < firstTerm + termCount; i++)
        {
            T x = T.Constant(Abscissa(i));
            T pull = T.Constant(1 / (Noise * Noise)) * (scratch[i] - position[0] - (x * position[1]));
            gradient[0] += pull;
            gradient[1] += x * pull;
        }

        return LogLikelihood<T, TVector, TData>(position, scratch, data, firstTerm, termCount);
    }

    public void WriteOutputs<T, TVector, TOutput, TData>(
        TVector position, TOutput outputs, TVector scratch, TData data, StreamAddress<T> random)
        where T : struct, IReal<T>
        where TVector : struct, IChainVector<TVector, T>
        where TOutput : struct, IChainVector<TOutput, T>
        where TData : struct, IDataTable<T>
    {
    }

    private static double Abscissa(int datum) => datum == 0 ? 1 : -0.5;

    private static double Normal(System.Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}

/// <summary>One replicate of Geweke's joint distribution: parameters and data given them.</summary>
internal sealed class LineReplicate
{
    private readonly System.Random random;

    /// <summary>Begins with exact draws.</summary>
    public LineReplicate(int seed)
    {
        random = new System.Random(seed);
        (Level, Slope) = ConjugateLine.FromPrior(random);
        Renew(Level, Slope);
    }

    /// <summary>b₁.</summary>
    public double Level { get; private set; }

    /// <summary>b₂.</summary>
    public double Slope { get; private set; }

    /// <summary>y.</summary>
    public double[] Data { get; private set; } = [];

    /// <summary>Takes what transitions made of the parameters.</summary>
    public void Take(double level, double slope) => (Level, Slope) = (level, slope);

    /// <summary>New data given the parameters.</summary>
    public void Renew() => Renew(Level, Slope);

    /// <summary>Parameters independent of those of the replicate, given its data.</summary>
    public (double Level, double Slope) Other(double inverseTemperature) => ConjugateLine.FromPosterior(random, Data, inverseTemperature);

    /// <summary>
    /// The largest of four scores of fit of many replicates: of both parameters, of both together, and of the first parameter with what
    /// is left of the second datum. Standard normal if all is right.
    /// </summary>
    public static double Score(LineReplicate[] replicates)
    {
        (double Level, double Slope)[] centred = [.. replicates.Select(one => ConjugateLine.Centred(one.Level, one.Slope))];
        int[] levels = [.. centred.Select(one => NormalBins.Bin(one.Level, 16))], slopes = [.. centred.Select(one => NormalBins.Bin(one.Slope, 16))];
        int[] residuals = [.. replicates.Select(one => NormalBins.Bin(ConjugateLine.Residual(one.Data[1], 1, one.Level, one.Slope), 16))];
        return Math.Max(
            Math.Max(NormalBins.Score(levels, 16), NormalBins.Score(slopes, 16)),
            Math.Max(Joint(levels, slopes), Joint(levels, residuals)));

        static double Joint(int[] first, int[] second) => NormalBins.Score([.. first.Zip(second, (one, other) => (one / 2 * 8) + (other / 2))], 64);
    }

    private void Renew(double level, double slope) => Data = ConjugateLine.Data(random, level, slope);
}

/// <summary>Bins of equal probability of a standard normal number.</summary>
internal static class NormalBins
{
    /// <summary>The bin.</summary>
    public static int Bin(double x, int count) => Math.Clamp((int)(count * Probability(x)), 0, count - 1);

    /// <summary>How far counts are from equal ones.</summary>
    public static double Score(int[] bins, int count)
    {
        double[] counts = new double[count];
        foreach (int bin in bins)
        {
            counts[bin]++;
        }

        return ChiSquare.Score(counts, [.. Enumerable.Repeat(bins.Length / (double)count, count)], count - 1);
    }

    // The distribution function by Simpson's rule: slow and obvious.
    private static double Probability(double x)
    {
        const int steps = 64;
        double width = x / steps, sum = 0;
        for (int i = 0; i <= steps; i++)
        {
            double weight = i is 0 or steps ? 1 : i % 2 == 1 ? 4 : 2;
            sum += weight * Math.Exp(-0.5 * i * width * i * width);
        }

        return 0.5 + (sum * width / 3 / Math.Sqrt(2 * Math.PI));
    }
}
