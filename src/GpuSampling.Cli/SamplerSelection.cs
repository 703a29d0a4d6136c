using System.CommandLine;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Tempering;
using GpuSampling.Modeling;
using GpuSampling.Sampling;

namespace GpuSampling.Cli;

/// <summary>The option <c>--sampler</c> and those that belong to samplers.</summary>
internal sealed class SamplerSelection
{
    private readonly Option<string?> name = new("--sampler");
    private readonly Option<double?> stepSize = new("--step-size") { Description = "The step size, in units of the scales; not given: adapted." };
    private readonly Option<double?> targetAcceptance = new("--target-acceptance") { Description = "The acceptance probability that the step size is adapted to." };
    private readonly Option<MetricKind?> metric = new("--metric") { HelpName = "metric", Description = "The geometry to adapt: automatic (dense for few parameters), diagonal, identity, dense, fisher or lowrank." };
    private readonly Option<double?> initialRadius = new("--initial-radius") { Description = "Chains start within ± this in unconstrained space." };
    private readonly Option<double?> pathLength = new("--path-length") { Description = "gibbs-hmc, hmc, tempering: the mean trajectory length, in posterior standard deviations." };
    private readonly Option<double?> pathJitter = new("--path-jitter") { Description = "gibbs-hmc, hmc, tempering: trajectories differ by ± this share; 0: all are alike." };
    private readonly Option<double?> trajectoryLength = new("--trajectory-length") { Description = "chees, mams, snaper: the longest trajectory; not given: learnt." };
    private readonly Option<int?> maximumLeapfrogs = new("--max-leapfrogs") { Description = "gibbs-hmc, hmc, chees, mams, snaper, tempering: the most leapfrog steps of a trajectory." };
    private readonly Option<int?> maximumTreeDepth = new("--max-tree-depth") { Description = "nuts: the most doublings of a trajectory." };
    private readonly Option<int?> levels = new("--levels") { Description = "tempering: the temperatures of a chain's ladder." };
    private readonly Option<TemperingPath?> temperingPath = new("--tempering-path") { HelpName = "path", Description = "tempering: likelihood, from the prior, which must be proper; or reference, from a normal distribution. Not given: the likelihood where there are data." };
    private readonly Option<double?> referenceScale = new("--reference-scale") { Description = "tempering: the standard deviation of that normal distribution, in unconstrained space." };
    private readonly Option<int?> walkers = new("--walkers") { Description = "de, ensemble-slice, snooker, stretch, walk: the chains of an ensemble; not given: all." };
    private readonly Option<int?> minibatch = new("--minibatch") { Description = "sgld, sghmc: the data terms that a step looks at." };
    private readonly Option<double?> stepSizeDecay = new("--step-size-decay") { Description = "sgld, sghmc: step t is (1 + t/100)^−this times as long; 0: all are alike." };
    private readonly Option<bool> plainGradients = new("--no-control-variates") { Description = "sgld, sghmc: estimate gradients without the known one at a centre." };
    private readonly Option<double?> friction = new("--friction") { Description = "sghmc: the share of its velocity that a step takes from a chain." };
    private readonly Dictionary<string, Entry> entries;

    public SamplerSelection()
    {
        entries = new Dictionary<string, Entry>(StringComparer.Ordinal)
        {
            ["barker"] = new("steps that lean uphill, robust", [], parsed => new BarkerSampler(Common(new BarkerOptions(), parsed))),
            ["chees"] = new("trajectory length learnt from all chains", [trajectoryLength, maximumLeapfrogs], parsed => new CheesSampler(
                CrossChain(new CheesOptions(), parsed))),
            ["de"] = new("ensemble: differences of other chains, and snooker", [walkers], parsed => new DifferentialEvolutionSampler(Ensemble(new DifferentialEvolutionOptions(), parsed))),
            ["elliptical-slice"] = new("slices of ellipses about a standard normal prior, without gradients", [], EllipticalSlice),
            ["ensemble-slice"] = new("ensemble: slices along differences of other chains", [walkers], parsed => new EnsembleSliceSampler(Ensemble(new EnsembleSliceOptions(), parsed))),
            ["gibbs-hmc"] = new("for models with discrete parameters: updates of these, and trajectories of the others", [pathLength, pathJitter, maximumLeapfrogs], (parsed, posterior) =>
                MixedModels.SamplerFor(posterior, Trajectories(parsed))),
            ["hmc"] = new("trajectories of a given, jittered length", [pathLength, pathJitter, maximumLeapfrogs], parsed => new HamiltonianMonteCarloSampler(Trajectories(parsed))),
            ["mala"] = new("one Langevin step at a time", [], parsed => new LangevinSampler(Common(new LangevinOptions(), parsed))),
            ["mams"] = new("microcanonical trajectories, their length learnt from all chains", [trajectoryLength, maximumLeapfrogs], parsed =>
                new MicrocanonicalSampler(CrossChain(new MicrocanonicalOptions(), parsed))),
            ["meads"] = new("generalised trajectories that never stop, tuned by all chains; thin the draws", [], parsed => Meads(parsed)),
            ["nuts"] = new("trajectories that end where they turn", [maximumTreeDepth], parsed =>
            {
                NoUTurnOptions options = Common(new NoUTurnOptions(), parsed);
                return new NoUTurnSampler(options with { MaximumTreeDepth = parsed.GetValue(maximumTreeDepth) ?? options.MaximumTreeDepth });
            }),
            ["rwm"] = new("random walk, without gradients", [], parsed => new RandomWalkMetropolisSampler(
                Common(new RandomWalkMetropolisOptions(), parsed))),
            ["sghmc"] = new("trajectories with friction by the gradients of some data: biased", [minibatch, stepSizeDecay, plainGradients, friction], parsed =>
            {
                StochasticHamiltonianOptions options = Stochastic(new StochasticHamiltonianOptions(), parsed);
                return new StochasticHamiltonianSampler(options with { Friction = parsed.GetValue(friction) ?? options.Friction });
            }),
            ["sgld"] = new("Langevin steps by the gradients of some data: biased", [minibatch, stepSizeDecay, plainGradients], parsed =>
                new StochasticLangevinSampler(Stochastic(new StochasticLangevinOptions(), parsed))),
            ["slice"] = new("slices along coordinates, without gradients", [], parsed => Plain(parsed, new SliceSampler())),
            ["snaper"] = new("as chees along the direction that varies most", [trajectoryLength, maximumLeapfrogs], parsed => new SnaperSampler(
                CrossChain(new SnaperOptions(), parsed))),
            ["snooker"] = new("ensemble: moves along lines to other chains by differences of others", [walkers], parsed => new SnookerSampler(Ensemble(new SnookerOptions(), parsed))),
            ["stretch"] = new("ensemble: moves along lines to other chains", [walkers], parsed => new StretchSampler(Ensemble(new StretchOptions(), parsed))),
            ["tempering"] = new("for several modes: ladders of tempered replicas that exchange states", [pathLength, pathJitter, maximumLeapfrogs, levels, temperingPath, referenceScale], Tempering),
            ["walk"] = new("ensemble: moves in the spread of other chains", [walkers], parsed => new WalkSampler(Ensemble(new WalkOptions(), parsed))),
        };
        name.Description = $"The sampler: {string.Join("; ", entries.Select(entry => $"{entry.Key}, {entry.Value.Description}"))}. Not given: what suits the number of chains.";
    }

    /// <summary>The options, to add to a command.</summary>
    public IEnumerable<Option> Options =>
    [
        name, stepSize, targetAcceptance, metric, initialRadius, pathLength, pathJitter, trajectoryLength, maximumLeapfrogs, maximumTreeDepth,
        levels, temperingPath, referenceScale, minibatch, stepSizeDecay, plainGradients, friction, walkers,
    ];

    /// <summary>The sampler that the command line asks for, or the best for the run.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="posterior">What to sample.</param>
    /// <param name="run">The size of the run.</param>
    /// <exception cref="BadInputException">There is no such sampler, or it has no such option.</exception>
    public SamplerChoice Choose(ParseResult parsed, Posterior posterior, RunOptions run)
    {
        SamplerChoice choice = new(new HamiltonianMonteCarloSampler(), string.Empty);
        string chosen = parsed.GetValue(name) ?? string.Empty;
        Option[] given = [.. entries.Values.SelectMany(one => one.Options).Distinct().Where(option => parsed.GetResult(option) is { Implicit: false })];
        if (chosen.Length == 0)
        {
            choice = SamplerChoice.For(posterior, run);
            chosen = choice.Sampler.Name;
            string[] owners = [.. entries.Where(one => given.All(one.Value.Options.Contains)).Select(one => one.Key)];
            if (!owners.Contains(chosen) && owners.Length > 0)
            {
                chosen = owners[0];
                choice = choice with { Reason = $"{string.Join(", ", given.Select(option => option.Name))} is an option of it" };
            }
        }

        if (!entries.TryGetValue(chosen, out Entry? entry))
        {
            throw new BadInputException($"There is no sampler {chosen}; allowed are {string.Join(", ", entries.Keys)}.");
        }

        if (given.Except(entry.Options).FirstOrDefault() is Option stranger)
        {
            IEnumerable<string> owners = entries.Where(one => one.Value.Options.Contains(stranger)).Select(one => one.Key);
            throw new BadInputException($"{stranger.Name} is not an option of sampler {chosen}; it belongs to {string.Join(", ", owners)}: name one with --sampler.");
        }

        Sampler sampler = entry.Make(parsed, posterior);
        if (BiasOf(sampler.Name) is not null && posterior.Accept(new DataTerms()) == 0)
        {
            throw new BadInputException($"--sampler is {chosen}, which looks at some of the data in each step, and model {posterior.Name} has no data terms; allowed are models whose likelihood is a sum over data, or other samplers.");
        }

        return choice with { Sampler = sampler };
    }

    /// <summary>What to say of a sampler whose draws are not those of the posterior, however long it runs; null for the others.</summary>
    /// <param name="sampler">The sampler's name.</param>
    public static string? BiasOf(string sampler) => sampler is "sgld" or "sghmc"
        ? $"Draws of {sampler} are biased: its steps take the gradients of some of the data, and nothing corrects their error or the steps' own. R-hat, ESS and MCSE do not see this; compare with half of --step-size, more of --minibatch, or nuts."
        : null;

    /// <summary>The number of data terms of a posterior's likelihood.</summary>
    private sealed class DataTerms : IPosteriorVisitor<int>
    {
        public int Visit<TModel>(Posterior<TModel> posterior)
            where TModel : struct, IModel => posterior.Model.DataTermCount;
    }

    private EllipticalSliceSampler EllipticalSlice(ParseResult parsed)
    {
        Refuse(parsed, "elliptical-slice", stepSize, targetAcceptance, metric);
        EllipticalSliceOptions options = new();
        return new EllipticalSliceSampler(options with { InitialRadius = parsed.GetValue(initialRadius) ?? options.InitialRadius });
    }

    private MeadsSampler Meads(ParseResult parsed)
    {
        Refuse(parsed, "meads", stepSize, targetAcceptance);
        MeadsOptions options = new();
        return new MeadsSampler(options with
        {
            InitialRadius = parsed.GetValue(initialRadius) ?? options.InitialRadius,
            Metric = parsed.GetValue(metric) ?? options.Metric,
        });
    }

    private TOptions Ensemble<TOptions>(TOptions options, ParseResult parsed)
        where TOptions : EnsembleOptions
    {
        Refuse(parsed, "of ensembles", stepSize, targetAcceptance, metric);
        EnsembleOptions common = options;
        return (TOptions)(common with
        {
            WalkersPerEnsemble = parsed.GetValue(walkers),
            InitialRadius = parsed.GetValue(initialRadius) ?? common.InitialRadius,
        });
    }

    private TOptions Stochastic<TOptions>(TOptions options, ParseResult parsed)
        where TOptions : StochasticGradientOptions
    {
        Refuse(parsed, "on stochastic gradients", targetAcceptance, metric);
        StochasticGradientOptions common = options;
        return (TOptions)(common with
        {
            StepSize = parsed.GetValue(stepSize) ?? common.StepSize,
            StepSizeDecay = parsed.GetValue(stepSizeDecay) ?? common.StepSizeDecay,
            MinibatchSize = parsed.GetValue(minibatch) ?? common.MinibatchSize,
            UsesControlVariates = !parsed.GetValue(plainGradients),
            InitialRadius = parsed.GetValue(initialRadius) ?? common.InitialRadius,
        });
    }

    private TemperingSampler Tempering(ParseResult parsed)
    {
        Refuse(parsed, "tempering", stepSize, metric);
        TemperingOptions options = new();
        return new TemperingSampler(options with
        {
            LevelCount = parsed.GetValue(levels) ?? options.LevelCount,
            Path = parsed.GetValue(temperingPath),
            ReferenceScale = parsed.GetValue(referenceScale) ?? options.ReferenceScale,
            TargetAcceptance = parsed.GetValue(targetAcceptance) ?? options.TargetAcceptance,
            PathLength = parsed.GetValue(pathLength) ?? options.PathLength,
            PathJitter = parsed.GetValue(pathJitter) ?? options.PathJitter,
            MaximumLeapfrogCount = parsed.GetValue(maximumLeapfrogs) ?? options.MaximumLeapfrogCount,
            InitialRadius = parsed.GetValue(initialRadius) ?? options.InitialRadius,
        });
    }

    /// <summary>A sampler of which the command sets no option.</summary>
    private Sampler Plain(ParseResult parsed, Sampler sampler)
    {
        Refuse(parsed, sampler.Name, stepSize, targetAcceptance, metric, initialRadius);
        return sampler;
    }

    private static void Refuse(ParseResult parsed, string sampler, params ReadOnlySpan<Option> options)
    {
        foreach (Option option in options)
        {
            if (parsed.GetResult(option) is { Implicit: false })
            {
                throw new BadInputException($"{option.Name} is not an option of sampler {sampler}.");
            }
        }
    }

    private TOptions Common<TOptions>(TOptions options, ParseResult parsed)
        where TOptions : AdaptiveOptions
    {
        AdaptiveOptions common = options;
        return (TOptions)(common with
        {
            StepSize = parsed.GetValue(stepSize),
            TargetAcceptance = parsed.GetValue(targetAcceptance) ?? common.TargetAcceptance,
            Metric = parsed.GetValue(metric) ?? common.Metric,
            InitialRadius = parsed.GetValue(initialRadius) ?? common.InitialRadius,
        });
    }

    private TOptions CrossChain<TOptions>(TOptions options, ParseResult parsed)
        where TOptions : CrossChainTrajectoryOptions
    {
        CrossChainTrajectoryOptions common = Common(options, parsed);
        return (TOptions)(common with
        {
            TrajectoryLength = parsed.GetValue(trajectoryLength),
            MaximumLeapfrogCount = parsed.GetValue(maximumLeapfrogs) ?? common.MaximumLeapfrogCount,
        });
    }

    private HamiltonianMonteCarloOptions Trajectories(ParseResult parsed)
    {
        HamiltonianMonteCarloOptions options = Common(new HamiltonianMonteCarloOptions(), parsed);
        return options with
        {
            PathLength = parsed.GetValue(pathLength) ?? options.PathLength,
            PathJitter = parsed.GetValue(pathJitter) ?? options.PathJitter,
            MaximumLeapfrogCount = parsed.GetValue(maximumLeapfrogs) ?? options.MaximumLeapfrogCount,
        };
    }

    private sealed record Entry(string Description, Option[] Options, Func<ParseResult, Posterior, Sampler> Make)
    {
        public Entry(string description, Option[] options, Func<ParseResult, Sampler> make)
            : this(description, options, (parsed, _) => make(parsed))
        {
        }
    }
}
