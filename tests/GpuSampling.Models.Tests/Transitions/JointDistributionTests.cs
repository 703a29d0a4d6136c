using GpuSampling.Engines;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Memory;
using GpuSampling.Kernels.Metrics;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Slices;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Transitions;
using GpuSampling.Kernels.Variates;

namespace GpuSampling.Models.Tests.Transitions;

/// <summary>
/// Geweke's joint distribution test of each transition: parameters from the prior and data given them, then by turns a transition
/// given the data and new data given the parameters. The parameters must go on having their prior distribution. Every chain is a
/// replicate of its own, from an exact start, so that scores need no estimate of autocorrelation.
/// </summary>
/// <remarks>
/// J. Geweke, Getting it right, Journal of the American Statistical Association 99 (2004). Three scores of fit, standard normal if
/// all is right: bounded by 4.5 one of them is larger by chance once in 100,000. Eight kernels in two precisions: once in 6,000 for
/// the whole class. The seed is fixed.
/// </remarks>
public sealed class JointDistributionTests
{
    private const int ChainCount = 1 << 15;
    private const int CycleCount = 24;
    private const int BinCount = 16;
    private const int JointBinCount = 8;
    private const double Bound = 4.5;

    public static TheoryData<string, Precision> Kernels =>
    [
        .. new[] { "hmc", "mala", "nuts", "rwm", "barker", "mams", "meads", "slice" }.SelectMany(
            name => new[] { (name, Precision.Single), (name, Precision.Double) }),
    ];

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Transitions_keep_the_joint_distribution_and_a_forgotten_jacobian_is_noticed(string name, Precision precision)
    {
        switch (name)
        {
            case "hmc":
                Check(Hmc<DiagonalMetric>(), precision, 0.6, 3);
                break;
            case "mala":
                Check(Hmc<DiagonalMetric>(), precision, 0.9, 1);
                break;
            case "nuts":
                Check(new NoUTurn<DiagonalMetric> { DivergenceThreshold = 1000, MaximumDepth = 5 }, precision, 0.6, 5);
                break;
            case "rwm":
                Check(default(RandomWalkMetropolis<DiagonalMetric>), precision, 1.2, 0);
                break;
            case "barker":
                Check(default(Barker<DiagonalMetric>), precision, 1.2, 0);
                break;
            case "mams":
                Check(new Microcanonical<DiagonalMetric> { DivergenceThreshold = 1000 }, precision, 1.2, 3);
                break;
            case "meads":
                // A damping of ½: e^−½, √(1 − e^−1), and half the square of that.
                Check(new GeneralizedHamiltonian<DiagonalMetric> { DivergenceThreshold = 1000 }, precision, 0.7, 0, [0.60653066, 0.79506010, 0.31606028]);
                break;
            default:
                Check(new CoordinateSlice { WidthLimit = 16, ShrinkageLimit = 100 }, precision, 2, 0);
                break;
        }
    }

    [Fact]
    public void A_biased_momentum_a_wrong_sign_and_a_wrong_density_are_noticed()
    {
        Assert.True(Score(Hmc<BiasedMetric>(), default, Precision.Single, 0.6, 3) > 2 * Bound, "a biased momentum");
        Assert.True(Score(default(RandomWalkMetropolis<BiasedMetric>), default, Precision.Single, 1.2, 0) > 2 * Bound, "a biased proposal");
        Assert.True(Score(new SignedMetropolis(1), default, Precision.Single, 1.2, 0) < Bound, "the right sign");
        Assert.True(Score(new SignedMetropolis(-1), default, Precision.Single, 1.2, 0) > 2 * Bound, "the wrong sign of acceptance");
        Assert.True(
            Score(new Tampered<HamiltonianMonteCarlo<DiagonalMetric>>(Hmc<DiagonalMetric>(), Fault.WrongDensity), default, Precision.Single, 0.6, 3) > 2 * Bound,
            "an acceptance with a bias");
    }

    private static HamiltonianMonteCarlo<TMetric> Hmc<TMetric>()
        where TMetric : struct, IMetric => new() { DivergenceThreshold = 1000 };

    private static void Check<TTransition>(TTransition transition, Precision precision, double stepSize, int integer, params double[] extra)
        where TTransition : struct, ITransition
    {
        double sound = Score(transition, new GewekeModel(forgetsJacobian: false), precision, stepSize, integer, extra);
        double faulty = Score(transition, new GewekeModel(forgetsJacobian: true), precision, stepSize, integer, extra);
        TestContext.Current.TestOutputHelper?.WriteLine($"right {sound:F1}, without Jacobian {faulty:F1}");
        Assert.True(sound < Bound, $"The transition scores {sound:F1}.");
        Assert.True(faulty > 2 * Bound, $"Without the Jacobian it scores {faulty:F1}.");
    }

    /// <summary>The largest score of a, of b, and of both together.</summary>
    private static double Score<TTransition>(
        TTransition transition, GewekeModel model, Precision precision, double stepSize, int integer, params double[] extra)
        where TTransition : struct, ITransition
    {
        ChainRows rows = new(model.Dimension);
        int scratchRow = rows.Own + transition.OwnLength(model.Dimension);
        using SimdEngine engine = new();
        using ChainArena arena = engine.CreateArena(new ChainArenaLayout
        {
            Precision = precision,
            FirstChain = 0,
            ChainCount = ChainCount,
            StateLength = scratchRow + model.ScratchLength,
            OutputLength = 0,
            DataReals = ReadOnlyMemory<double>.Empty,
            DataIntegers = ReadOnlyMemory<int>.Empty,
            SettingRealCount = model.Dimension + extra.Length,
            SettingIntegerCount = 1,
        });
        StreamKey key = new(17);

        // Own rows that a transition keeps begin as the sampler begins them.
        arena.Launch(new UniformInitialization<GewekeModel> { Model = model, Key = key, Radius = 1, AttemptLimit = 10, ScratchRow = scratchRow });
        arena.WriteSettings([stepSize, stepSize, 0, 0, .. extra], [integer]);
        GewekeRenewal renewal = new() { Model = model, Key = key, Cycle = 0, ScratchRow = scratchRow };
        TransitionBlock<GewekeModel, TTransition> block = new() { Model = model, Transition = transition, Key = key, MovesChains = 1, TransitionCount = 1 };
        for (uint cycle = 0; cycle < CycleCount; cycle++)
        {
            arena.Launch(renewal with { Cycle = cycle });
            arena.Launch(block with { FirstStep = cycle });
        }

        double[] parameters = new double[2 * ChainCount];
        arena.ReadState(ChainRows.Position, 2, parameters);
        double[] a = [.. parameters[..ChainCount].Select(value => Math.Exp(-Math.Exp(-value)))];
        double[] b = [.. parameters[ChainCount..].Select(NormalProbability)];
        int[] joint = [.. a.Zip(b, (one, other) => (Bin(one, JointBinCount) * JointBinCount) + Bin(other, JointBinCount))];
        return Math.Max(
            Math.Max(Fit([.. a.Select(value => Bin(value, BinCount))], BinCount), Fit([.. b.Select(value => Bin(value, BinCount))], BinCount)),
            Fit(joint, JointBinCount * JointBinCount));
    }

    private static double Fit(int[] bins, int count)
    {
        double[] counts = new double[count];
        foreach (int bin in bins)
        {
            counts[bin]++;
        }

        return ChiSquare.Score(counts, [.. Enumerable.Repeat(bins.Length / (double)count, count)], count - 1);
    }

    private static int Bin(double probability, int count) => Math.Clamp((int)(count * probability), 0, count - 1);

    /// <summary>The normal distribution function by Simpson's rule: slow and obvious.</summary>
    private static double NormalProbability(double x)
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

    /// <summary>Random-walk Metropolis with the sign of the acceptance as given.</summary>
    private readonly struct SignedMetropolis(int sign) : ITransition
    {
        public static int StatisticCount => 0;

        public static int KeptLength(int dimension) => 0;

        public int OwnLength(int dimension) => 2 * dimension;

        public TransitionOutcome<T> Step<T, TVector, TData, TModel>(
            TModel model, StreamAddress<T> random, TVector state, TData data, TData settings, int transition, T logDensity, Mask<T> moves)
            where T : struct, IReal<T>
            where TVector : struct, IChainVector<TVector, T>
            where TData : struct, IDataTable<T>
            where TModel : struct, IModel
        {
            TVector position = state.Slice(ChainRows.Position);
            TVector proposal = state.Slice(new ChainRows(model.Dimension).Own);
            VectorVariates.FillNormal(random, proposal, model.Dimension);
            for (int i = 0; i < model.Dimension; i++)
            {
                proposal[i] = T.FusedMultiplyAdd(settings.Real(i), proposal[i], position[i]);
            }

            T proposed = model.LogPrior<T, TVector, TData>(proposal, proposal.Slice(OwnLength(model.Dimension)), data);
            T loss = T.Constant(sign) * (logDensity - proposed);
            Mask<T> accepted = loss < ExponentialVariate.At(random.At(StreamPurpose.Acceptance, random.Step), 0);
            ChainVectors.CopyWhere(accepted, proposal, position, model.Dimension);
            T kept = T.Select(accepted, proposed, logDensity);
            return new TransitionOutcome<T> { LogDensity = kept, Energy = -kept, EvaluationCount = T.One, AcceptanceProbability = T.One, Diverged = T.UniformMask(false) };
        }
    }
}
