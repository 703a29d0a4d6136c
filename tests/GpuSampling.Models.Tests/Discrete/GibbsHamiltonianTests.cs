using GpuSampling.Engines;
using GpuSampling.Kernels.Discrete;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Streams;
using GpuSampling.Modeling;
using GpuSampling.Models.Tests.References;
using GpuSampling.Sampling;
using GpuSampling.TestSupport.EngineSuite;

namespace GpuSampling.Models.Tests.Discrete;

/// <summary>A mixture with its assignments, against the sum over all of them, given each of which the means are normal.</summary>
/// <remarks>A |z| of 4 happens by chance once in 16,000; there are 20 figures. The seeds are fixed.</remarks>
public sealed class GibbsHamiltonianTests
{
    private static readonly double[] Numbers = [-2.6, -0.8, 0.4, 1.1, 2.3, 4.4];
    private static readonly double[] Deviations = [1.2, 0.8];
    private static readonly double[] PriorMeans = [-1, 2];
    private static readonly double[] PriorDeviations = [1.5, 2];

    [Theory]
    [InlineData(Precision.Single)]
    [InlineData(Precision.Double)]
    public void Means_and_assignments_have_their_exact_moments(Precision precision)
    {
        double worst = precision == Precision.Single ? Worst<float>(new GibbsHamiltonianSampler<MixtureAssignmentsModel>(), Posterior()) : Worst<double>(new GibbsHamiltonianSampler<MixtureAssignmentsModel>(), Posterior());
        TestContext.Current.TestOutputHelper?.WriteLine($"worst {worst}");
        Assert.True(worst < 4, $"z = {worst:F2}");
    }

    /// <summary>The same figures find updates that take the wrong share for the second component.</summary>
    [Fact]
    public void A_wrong_conditional_is_noticed()
    {
        Posterior<MixtureAssignmentsModel> right = Posterior();
        Posterior<WrongShare> wrong = new("wrong", new WrongShare(right.Model), right.Data, [.. right.Outputs]);
        double worst = Worst<float>(new GibbsHamiltonianSampler<WrongShare>(), wrong);
        Assert.True(worst > 8, $"z = {worst:F2}");
    }

    /// <summary>
    /// ½ r² of the two parameters that move, r standard normal, has mean and standard deviation 1, and momenta are new in each transition: of
    /// 20,000 numbers the mean is off by 0.0354, five standard errors, once in a million runs. Momenta of the assignments would make it 4.
    /// </summary>
    [Fact]
    public void Energies_are_those_of_the_parameters_that_move()
    {
        using SimdEngine engine = new();
        KeptDraws<double> draws = Sample<double>(
            new GibbsHamiltonianSampler<MixtureAssignmentsModel>(), Posterior(), new RunOptions { ChainCount = 200, WarmupCount = 100, DrawCount = 100, Seed = 5 }, engine);
        double mean = 0;
        for (int i = 0; i < draws.Row(DrawRows.Energy).Length; i++)
        {
            mean += (draws.Row(DrawRows.Energy)[i] + draws.Row(DrawRows.LogDensity)[i]) / draws.Row(DrawRows.Energy).Length;
        }

        Assert.Equal(1, mean, 0.0354);
    }

    [Fact]
    public void Draws_have_the_same_bits_on_every_width_and_go_on_from_a_checkpoint()
    {
        RunOptions run = new() { ChainCount = 45, WarmupCount = 30, DrawCount = 8, Seed = 2 };
        using SimdEngine widest = new();
        string expected = DrawBits.Hash(Sample<float>(new GibbsHamiltonianSampler<MixtureAssignmentsModel>(), Posterior(), run, widest));
        foreach (VectorWidth width in VectorWidths.Present)
        {
            using SimdEngine engine = new(width, 2);
            Assert.Equal(expected, DrawBits.Hash(Sample<float>(new GibbsHamiltonianSampler<MixtureAssignmentsModel>(), Posterior(), run, engine)));
        }
    }

    [Fact]
    public void Another_model_is_refused()
    {
        using SimdEngine engine = new();
        ArgumentException exception = Assert.Throws<ArgumentException>(() => Sample<float>(
            new GibbsHamiltonianSampler<MixtureAssignmentsModel>(), TestTargets.Banana(), new RunOptions { ChainCount = 2 }, engine));
        Assert.Contains("banana", exception.Message, StringComparison.Ordinal);
    }

    private static Posterior<MixtureAssignmentsModel> Posterior() => MixtureAssignments.Posterior(
        Numbers, 0.3, (Deviations[0], Deviations[1]), (PriorMeans[0], PriorMeans[1]), (PriorDeviations[0], PriorDeviations[1]));

    private static KeptDraws<TElement> Sample<TElement>(Sampler sampler, Posterior posterior, RunOptions run, Engine engine)
        where TElement : unmanaged => sampler.Sample<TElement>(posterior, run, engine, cancellationToken: TestContext.Current.CancellationToken).Draws;

    private static double Worst<TElement>(Sampler sampler, Posterior posterior)
        where TElement : unmanaged, IConvertible
    {
        RunOptions run = new() { ChainCount = 512, WarmupCount = 200, DrawCount = 200, Seed = 5 };
        using SimdEngine engine = new();
        KeptDraws<TElement> draws = Sample<TElement>(sampler, posterior, run, engine);
        double[] exact = Exact();
        double worst = 0;
        for (int i = 0; i < exact.Length; i++)
        {
            double[] means = new double[run.ChainCount];
            ReadOnlySpan<TElement> values = draws.Output(i < 2 ? i : i - 2);
            for (int k = 0; k < values.Length; k++)
            {
                double value = values[k].ToDouble(null);
                means[k % run.ChainCount] += (i is 2 or 3 ? value * value : value) / run.DrawCount;
            }

            (double mean, double error) = RunMoments.MeanOfChains(means);
            worst = Math.Max(worst, Math.Abs(mean - exact[i]) / error);
        }

        return worst;
    }

    /// <summary>E μ₀, E μ₁, E μ₀², E μ₁², then P(z_n = 1).</summary>
    private static double[] Exact()
    {
        double[] sums = new double[4 + Numbers.Length];
        double total = 0;
        for (int assignment = 0; assignment < 1 << Numbers.Length; assignment++)
        {
            double logWeight = 0;
            double[] mean = new double[2], variance = new double[2];
            for (int k = 0; k < 2; k++)
            {
                double precision = 1 / (PriorDeviations[k] * PriorDeviations[k]);
                double pull = PriorMeans[k] * precision;
                double constant = -0.5 * PriorMeans[k] * pull;
                double prior = precision;
                for (int n = 0; n < Numbers.Length; n++)
                {
                    if (((assignment >> n) & 1) == k)
                    {
                        double own = 1 / (Deviations[k] * Deviations[k]);
                        precision += own;
                        pull += Numbers[n] * own;
                        constant += (-0.5 * Numbers[n] * Numbers[n] * own) + (0.5 * Math.Log(own)) + Math.Log(k == 1 ? 0.3 : 0.7);
                    }
                }

                (mean[k], variance[k]) = (pull / precision, 1 / precision);
                logWeight += constant + (0.5 * pull * pull / precision) + (0.5 * Math.Log(prior / precision));
            }

            double weight = Math.Exp(logWeight);
            total += weight;
            for (int k = 0; k < 2; k++)
            {
                sums[k] += weight * mean[k];
                sums[2 + k] += weight * ((mean[k] * mean[k]) + variance[k]);
            }

            for (int n = 0; n < Numbers.Length; n++)
            {
                sums[4 + n] += weight * ((assignment >> n) & 1);
            }
        }

        return [.. sums.Select(sum => sum / total)];
    }

    /// <summary>The model with assignments that are drawn as if the first component were always as likely as not to be the second.</summary>
    private readonly struct WrongShare(MixtureAssignmentsModel inner) : IMixedModel
    {
        public int DiscreteCount => inner.DiscreteCount;

        public int Dimension => inner.Dimension;

        public int OutputCount => inner.OutputCount;

        public int DataTermCount => inner.DataTermCount;

        public int ScratchLength => inner.ScratchLength;

        public T LogPrior<T, TVector, TData>(TVector position, TVector scratch, TData data)
            where T : struct, IReal<T>
            where TVector : struct, IChainVector<TVector, T>
            where TData : struct, IDataTable<T> => inner.LogPrior<T, TVector, TData>(position, scratch, data);

        public T LogLikelihood<T, TVector, TData>(TVector position, TVector scratch, TData data, int firstTerm, int termCount)
            where T : struct, IReal<T>
            where TVector : struct, IChainVector<TVector, T>
            where TData : struct, IDataTable<T> => inner.LogLikelihood<T, TVector, TData>(position, scratch, data, firstTerm, termCount);

        public T LogPriorGradient<T, TVector, TData>(TVector position, TVector gradient, TVector scratch, TData data)
            where T : struct, IReal<T>
            where TVector : struct, IChainVector<TVector, T>
            where TData : struct, IDataTable<T> => inner.LogPriorGradient<T, TVector, TData>(position, gradient, scratch, data);

        public T LogLikelihoodGradient<T, TVector, TData>(TVector position, TVector gradient, TVector scratch, TData data, int firstTerm, int termCount)
            where T : struct, IReal<T>
            where TVector : struct, IChainVector<TVector, T>
            where TData : struct, IDataTable<T> => inner.LogLikelihoodGradient<T, TVector, TData>(position, gradient, scratch, data, firstTerm, termCount);

        public void DrawDiscrete<T, TVector, TData>(TVector position, TVector scratch, TData data, StreamAddress<T> random)
            where T : struct, IReal<T>
            where TVector : struct, IChainVector<TVector, T>
            where TData : struct, IDataTable<T>
        {
            inner.DrawDiscrete<T, TVector, TData>(position, scratch, data, random);
            position[2] = T.Select(position[2] > T.Constant(0.5), T.Zero, T.One);
        }

        public void WriteOutputs<T, TVector, TOutput, TData>(TVector position, TOutput outputs, TVector scratch, TData data, StreamAddress<T> random)
            where T : struct, IReal<T>
            where TVector : struct, IChainVector<TVector, T>
            where TOutput : struct, IChainVector<TOutput, T>
            where TData : struct, IDataTable<T> => inner.WriteOutputs<T, TVector, TOutput, TData>(position, outputs, scratch, data, random);
    }
}
