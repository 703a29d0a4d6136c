using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using GpuSampling.Engines;
using GpuSampling.Kernels.Models;
using GpuSampling.Modeling;
using GpuSampling.Models;
using GpuSampling.Models.Tests.Posteriors;

namespace GpuSampling.Benchmarks.Sampling;

/// <summary>
/// What generated models cost: the time of a gradient as a multiple of that of the density, for the posteriors of posteriordb, and
/// generated beside hand-written logistic regression. Best of many short launches on one thread, by turns within one process.
/// </summary>
internal static class GeneratedModels
{
    private const int ChainCount = 16;

    public static int Run(string? folder)
    {
        CompareLogisticRegression();
        string? root = folder ?? FindReferences();
        if (root is null)
        {
            Console.WriteLine("The posteriors of posteriordb were not found in ../shared/reference/posteriordb; name their folder after the command.");
            return 0;
        }

        Console.WriteLine();
        Console.WriteLine("| posterior | parameters | scratch per chain | density, ns | gradient, ns | ratio | density, ns (64 bits) | gradient, ns | ratio |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        foreach ((string data, Func<JsonElement, IModelDefinition> read) in Definitions)
        {
            using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Combine(root, data, "data.json")));
            Console.WriteLine(read(json.RootElement).ToPosterior().Accept(new CostRow(data)));
        }

        return 0;
    }

    /// <summary>The posteriors of posteriordb that are written as models, by the folder of their data.</summary>
    internal static (string Data, Func<JsonElement, IModelDefinition> Read)[] Definitions =>
    [
        ("kidiq-kidscore_momiq", KidScoreByMotherIq.FromJson),
        ("kidiq-kidscore_momhsiq", KidScoreByMotherHighSchoolAndIq.FromJson),
        ("earnings-logearn_height", LogEarningsByHeight.FromJson),
        ("earnings-logearn_interaction_z", LogEarningsInteraction.FromJson),
        ("mesquite-logmesquite_logvash", Mesquite.FromJson),
        ("kilpisjarvi_mod-kilpisjarvi", Kilpisjarvi.FromJson),
        ("nes1972-nes", PartyIdentification.FromJson),
        ("eight_schools-eight_schools_noncentered", EightSchoolsNonCentered.FromJson),
        ("arK-arK", Autoregression.FromJson),
        ("garch-garch11", Garch.FromJson),
        ("gp_pois_regr-gp_regr", GaussianProcessRegression.FromJson),
        ("low_dim_gauss_mix-low_dim_gauss_mix", NormalMixture.FromJson),
        ("hmm_example-hmm_example", HiddenMarkovModel.FromJson),
        ("hudson_lynx_hare-lotka_volterra", LotkaVolterra.FromJson),
        ("diamonds-diamonds", Diamonds.FromJson),
    ];

    private static void CompareLogisticRegression()
    {
        Console.WriteLine("| engine | bits | hand-written, ns | generated, ns | ratio | density alone, ns | density alone, ns |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        (double[,] design, int[] labels) = SyntheticLogisticRegression.Data(1000, 24);
        Posterior<LogisticRegressionModel> written = LogisticRegression.Posterior(design, labels);
        Posterior<GermanCredit.Kernel> generated = new GermanCredit { N = 1000, D = 24, x = design, y = labels }.ToPosterior();
        foreach (Precision precision in (Precision[])[Precision.Single, Precision.Double])
        {
            foreach (VectorWidth width in VectorWidths.Present)
            {
                double[] best = [1, 1, 1, 1];
                for (int turn = 0; turn < 5; turn++)
                {
                    best[0] = Math.Min(best[0], Seconds(written, width, precision, withGradient: true));
                    best[1] = Math.Min(best[1], Seconds(generated, width, precision, withGradient: true));
                    best[2] = Math.Min(best[2], Seconds(written, width, precision, withGradient: false));
                    best[3] = Math.Min(best[3], Seconds(generated, width, precision, withGradient: false));
                }

                Console.WriteLine(FormattableString.Invariant(
                    $"| {SimdEngine.NameOf(width)} | {(int)precision} | {1e9 * best[0]:N0} | {1e9 * best[1]:N0} | {best[1] / best[0]:F2} | {1e9 * best[2]:N0} | {1e9 * best[3]:N0} |"));
            }
        }
    }

    /// <summary>The time of one evaluation for one chain.</summary>
    private static double Seconds<TModel>(Posterior<TModel> posterior, VectorWidth width, Precision precision, bool withGradient)
        where TModel : struct, IModel
    {
        TModel model = posterior.Model;
        using SimdEngine engine = new(width, threadCount: 1);
        using ChainArena arena = engine.CreateArena(new ChainArenaLayout
        {
            Precision = precision,
            FirstChain = 0,
            ChainCount = ChainCount,
            StateLength = (2 * model.Dimension) + model.ScratchLength,
            OutputLength = 1,
            DataReals = posterior.Data.Reals,
            DataIntegers = posterior.Data.Integers,
            SettingRealCount = 0,
            SettingIntegerCount = 0,
        });
        double[] positions = new double[ChainCount * model.Dimension];
        for (int i = 0; i < positions.Length; i++)
        {
            positions[i] = 0.1 * Math.Sin(1 + (3.7 * i));
        }

        arena.WriteState(0, model.Dimension, positions);
        RepeatedEvaluation<TModel> kernel = new() { Model = model, Count = 1, WithGradient = withGradient };
        double once = Launch(arena, kernel);
        once = Math.Min(once, Launch(arena, kernel));
        int count = (int)Math.Clamp(1e-3 / once, 1, 10_000);
        kernel = new() { Model = model, Count = count, WithGradient = withGradient };
        double best = double.PositiveInfinity;
        long began = Stopwatch.GetTimestamp();
        for (int repetition = 0; repetition < 30 && Stopwatch.GetElapsedTime(began).TotalSeconds < 0.1; repetition++)
        {
            best = Math.Min(best, Launch(arena, kernel) / count / ChainCount);
        }

        return best;
    }

    private static double Launch<TModel>(ChainArena arena, RepeatedEvaluation<TModel> kernel)
        where TModel : struct, IModel
    {
        long began = Stopwatch.GetTimestamp();
        arena.Launch(kernel);
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    /// <summary>The folder of the posteriors, if it is there.</summary>
    internal static string? FindReferences()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "shared", "reference", "posteriordb");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }

    /// <summary>A row of the table of costs.</summary>
    private sealed class CostRow(string name) : IPosteriorVisitor<string>
    {
        public string Visit<TModel>(Posterior<TModel> posterior)
            where TModel : struct, IModel
        {
            string row = string.Create(
                CultureInfo.InvariantCulture, $"| {name} | {posterior.Model.Dimension} | {posterior.Model.ScratchLength} |");
            foreach ((VectorWidth width, Precision precision) in ((VectorWidth, Precision)[])[(VectorWidth.Widest, Precision.Single), (VectorWidth.Widest, Precision.Double)])
            {
                double density = 1, gradient = 1;
                for (int turn = 0; turn < 3; turn++)
                {
                    density = Math.Min(density, Seconds(posterior, width, precision, withGradient: false));
                    gradient = Math.Min(gradient, Seconds(posterior, width, precision, withGradient: true));
                }

                row += FormattableString.Invariant($" {1e9 * density:N0} | {1e9 * gradient:N0} | {gradient / density:F2} |");
            }

            return row;
        }
    }
}
