using GpuSampling.Engines;
using GpuSampling.Models.Tests.Transitions;
using GpuSampling.Sampling;

namespace GpuSampling.Models.Tests.Calibration;

/// <summary>
/// Simulation-based calibration of whole runs, generated model, transforms, warm-up and sampler together: among draws of the posterior
/// of data that were made with parameters from the prior, the rank of those parameters is uniform.
/// </summary>
/// <remarks>
/// S. Talts, M. Betancourt, D. Simpson, A. Vehtari, A. Gelman, Validating Bayesian inference algorithms with simulation-based
/// calibration (2018), arXiv 1804.06788. A rank is that among 31 draws, one of each of 31 chains, so that no autocorrelation
/// disturbs it. Scores are standard normal if all is right: bounded by 4.5, one is larger by chance once in 300,000. The models have 17
/// numbers together: the ordinary tests fail by chance once in 18,000, the exhaustive ones (sixteen samplers in two precisions) once
/// in 600. All seeds are fixed.
/// </remarks>
public sealed class SimulationBasedCalibrationTests
{
    private const int ChainCount = 31;
    private const int BinCount = 16;
    private const double Bound = 4.5;

    public static TheoryData<string, string> Exhaustive =>
    [
        .. CalibrationCase.Names.SelectMany(model => new[]
        {
            "hmc", "nuts", "chees", "snaper", "mams", "meads", "mala", "barker", "rwm", "stretch", "walk", "de", "snooker",
            "ensemble-slice", "slice", "tempering",
        }.Select(sampler => (model.Data, sampler))),

        // The one needs a standard normal prior, the other a model with discrete parameters.
        ("successes", "elliptical-slice"),
        ("assignments", "gibbs-hmc"),
    ];

    [Theory]
    [MemberData(nameof(CalibrationCase.Names), MemberType = typeof(CalibrationCase))]
    public void True_parameters_have_uniform_ranks(string model)
    {
        foreach ((string label, double score) in Scores<float>(model, "nuts", replicateCount: 320))
        {
            Assert.True(score < Bound, $"The ranks of {label} score {score:F1}.");
        }
    }

    [Fact]
    public void True_parameters_beside_discrete_ones_have_uniform_ranks()
    {
        foreach ((string label, double score) in Scores<float>("assignments", "gibbs-hmc", replicateCount: 320))
        {
            Assert.True(score < Bound, $"The ranks of {label} score {score:F1}.");
        }
    }

    [Fact]
    public void A_forgotten_jacobian_is_noticed()
    {
        (string label, double score) = Scores<float>("without-jacobian", "nuts", replicateCount: 2000).MaxBy(one => one.Score);
        Assert.Equal("logSigma", label);
        Assert.True(score > Bound, $"The ranks score {score:F1}.");
    }

    [Theory]
    [Trait("Category", "Exhaustive")]
    [MemberData(nameof(Exhaustive))]
    public void True_parameters_have_uniform_ranks_with_every_sampler(string model, string sampler)
    {
        Assert.SkipUnless(
            Environment.GetEnvironmentVariable("GPUSAMPLING_EXHAUSTIVE") == "1",
            "Thousands of runs with each sampler take half an hour: set GPUSAMPLING_EXHAUSTIVE=1 for them.");
        Assert.SkipWhen(model == "pair-correlation" && sampler == "mams", "mams takes two parameters or more.");
        (string Label, double Score)[] scores =
        [
            .. Scores<float>(model, sampler, replicateCount: 640), .. Scores<double>(model, sampler, replicateCount: 640),
        ];
        foreach ((string label, double score) in scores)
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"{model} {sampler} {label}: {score:F1}");
            Assert.True(score < Bound, $"The ranks of {label} score {score:F1}.");
        }
    }

    private static (string Label, double Score)[] Scores<TElement>(string model, string sampler, int replicateCount)
        where TElement : unmanaged, IConvertible
    {
        string[] labels = [.. CalibrationCase.Make(model, 0).Truths.Select(truth => truth.Label)];
        int[,] ranks = new int[labels.Length, replicateCount];
        Parallel.For(0, replicateCount, new ParallelOptions { CancellationToken = TestContext.Current.CancellationToken }, replicate =>
        {
            CalibrationReplicate made = CalibrationCase.Make(model, replicate);
            bool isCoupled = sampler is "stretch" or "walk" or "de" or "snooker" or "ensemble-slice";
            int length = sampler is "rwm" or "mala" or "barker" or "meads" or "slice" or "elliptical-slice" ? 2000 : isCoupled ? 3000 : 150;
            using SimdEngine engine = new(threadCount: 1);
            (KeptDraws<TElement> draws, _) = Find(sampler).Sample<TElement>(
                made.Posterior,
                new RunOptions { ChainCount = ChainCount + (isCoupled ? 1 : 0), WarmupCount = length, DrawCount = 1, Thinning = 10, Seed = (ulong)replicate },
                engine);
            for (int i = 0; i < labels.Length; i++)
            {
                double truth = made.Truths[i].Truth;
                foreach (TElement draw in draws[labels[i]][..ChainCount])
                {
                    ranks[i, replicate] += draw.ToDouble(null) < truth ? 1 : 0;
                }
            }
        });
        return [.. labels.Select((label, i) => (label, Score([.. Enumerable.Range(0, replicateCount).Select(replicate => ranks[i, replicate])])))];
    }

    private static double Score(int[] ranks)
    {
        double[] counts = new double[BinCount];
        foreach (int rank in ranks)
        {
            counts[rank * BinCount / (ChainCount + 1)]++;
        }

        return ChiSquare.Score(counts, [.. Enumerable.Repeat(ranks.Length / (double)BinCount, BinCount)], BinCount - 1);
    }

    private static Sampler Find(string name) => name switch
    {
        "hmc" => new HamiltonianMonteCarloSampler(),
        "stretch" => new StretchSampler(),
        "walk" => new WalkSampler(),
        "snooker" => new SnookerSampler(),
        "ensemble-slice" => new EnsembleSliceSampler(),
        "elliptical-slice" => new EllipticalSliceSampler(),
        "gibbs-hmc" => new GibbsHamiltonianSampler<MixtureAssignmentsModel>(),
        "de" => new DifferentialEvolutionSampler(),
        "slice" => new SliceSampler(),
        "tempering" => new TemperingSampler(new() { LevelCount = 4, MaximumLeapfrogCount = 32 }),
        _ => SamplerCase.Find(name).Adaptive,
    };
}
