using System.Collections.Immutable;
using System.Runtime.InteropServices;
using GpuSampling.Engines;
using GpuSampling.Kernels.Annealing;
using GpuSampling.Kernels.Functions;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Models;
using GpuSampling.Kernels.Transitions;
using GpuSampling.Modeling;
using GpuSampling.Sampling;

namespace GpuSampling.Optimization;

/// <summary>
/// Finds the modes of a posterior: many chains sample π^β while β rises geometrically. Kirkpatrick, Gelatt and Vecchi (1983). The same
/// modes, bit for bit, on every engine.
/// </summary>
public static class SimulatedAnnealing
{
    /// <summary>Searches for modes.</summary>
    /// <param name="posterior">Whose.</param>
    /// <param name="options">How; null: the defaults.</param>
    /// <param name="engine">Where to run.</param>
    /// <param name="progress">Told the number of transitions made.</param>
    /// <param name="cancellationToken">Observed between launches.</param>
    /// <returns>The modes, the highest first.</returns>
    /// <exception cref="ArgumentException">The inverse temperatures fall.</exception>
    /// <exception cref="InitializationException">A chain found no start with a finite density.</exception>
    /// <exception cref="InsufficientEngineMemoryException">The chains do not fit the engine's memory.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; a checkpoint is written before, or <see cref="Exception.InnerException"/> says why it cannot be.</exception>
    /// <exception cref="CheckpointException">The folder of <see cref="SimulatedAnnealingOptions.Checkpoint"/> cannot be written, or holds something that this search cannot go on from.</exception>
    public static ModeSearch FindModes(
        Posterior posterior, SimulatedAnnealingOptions? options, Engine engine, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(posterior);
        ArgumentNullException.ThrowIfNull(engine);
        options ??= new SimulatedAnnealingOptions();
        if (options.FinalInverseTemperature < options.InitialInverseTemperature)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"{nameof(options.FinalInverseTemperature)} is {options.FinalInverseTemperature} and {nameof(options.InitialInverseTemperature)} {options.InitialInverseTemperature}, which heats: allowed is a final one that is not below."),
                nameof(options));
        }

        return posterior.Accept(new Visitor(options, engine, progress, cancellationToken));
    }

    private const double FirstStepSize = 0.1;

    private sealed class Visitor(SimulatedAnnealingOptions options, Engine engine, IProgress<int>? progress, CancellationToken cancellationToken)
        : IPosteriorVisitor<ModeSearch>
    {
        public ModeSearch Visit<TModel>(Posterior<TModel> posterior)
            where TModel : struct, IModel
        {
            RunOptions run = new() { ChainCount = options.ChainCount, WarmupCount = 0, DrawCount = 1, Seed = options.Seed };
            using Chains<TModel, AnnealedTrajectory> chains = new(posterior, run, engine, options.Precision, new AnnealedTrajectory { TargetAcceptance = options.TargetAcceptance }, AnnealedTrajectory.Coefficients * LaunchLength.Most);
            chains.StartUniformly(options.InitialRadius, cancellationToken);
            if (chains.Batches.BatchCount > 1)
            {
                ChainArenaLayout layout = chains.Batches.Load(0).Layout;
                throw new InsufficientEngineMemoryException(engine.Name, (layout with { ChainCount = run.ChainCount }).TotalBytesInBlocks(engine.ChainBlock), engine.MemoryBudget);
            }

            double[] row = new double[run.ChainCount];
            Array.Fill(row, double.NegativeInfinity);
            chains.Batches.WriteRow(chains.Rows.Own + AnnealedTrajectory.BestLogDensity, row);
            Array.Fill(row, FirstStepSize);
            chains.Batches.WriteRow(chains.Rows.Own + AnnealedTrajectory.StepSize, row);
            using StateJournal? journal = Journal(chains);
            Cool(chains, journal);
            return new ModeSearch(Modes(posterior, chains)) { CheckpointFailure = journal?.Fault?.Message };
        }

        /// <summary>Cools the chains; then, from the best position that each has seen, the second half of the way once more.</summary>
        private void Cool(Chains chains, StateJournal? journal)
        {
            Array.Fill(chains.SettingIntegers, options.LeapfrogCount);
            int first = options.TransitionCount - (options.TransitionCount / 4);
            int made = 0;
            journal?.TryRead(reader =>
            {
                made = reader.ReadInt32();
                MoveRows(chains, (row, values) =>
                {
                    reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
                    chains.Batches.WriteRow(row, values);
                });
            });
            made = Cool(chains, journal, made, 0, first, 0);
            Cool(chains, journal, made, first, options.TransitionCount, 0.5);
        }

        /// <summary>Makes the transitions from <paramref name="first"/> to <paramref name="end"/>, those made already apart.</summary>
        private int Cool(Chains chains, StateJournal? journal, int made, int first, int end, double beginning)
        {
            double rise = Elementary.Log(new Float64(options.FinalInverseTemperature / options.InitialInverseTemperature)).Value;
            LaunchLength length = new();
            while (made < end)
            {
                if (cancellationToken.IsCancellationRequested)
                {
                    Write(chains, journal, made);
                    throw journal?.Stopped(cancellationToken) ?? new OperationCanceledException(cancellationToken);
                }

                length.Begin();
                int count = Math.Min(length.Count, end - made);
                for (int i = 0; i < count; i++)
                {
                    double share = beginning + ((1 - beginning) * (made + i - first + 1) / (end - first));
                    double inverseTemperature = options.InitialInverseTemperature * Elementary.Exp(new Float64(share * rise)).Value;
                    Span<double> coefficients = chains.SettingReals.AsSpan(AnnealedTrajectory.Coefficients * i);
                    coefficients[0] = 1 / Math.Sqrt(inverseTemperature);
                    coefficients[1] = Math.Sqrt(inverseTemperature);
                    coefficients[2] = inverseTemperature;
                }

                chains.SettingIntegers[0] = made == first && first > 0 ? -options.LeapfrogCount : options.LeapfrogCount;
                chains.LaunchAll(new ChainLaunch { FirstStep = (uint)made, Count = count });
                made += count;
                length.End();
                if (journal is not null && (journal.IsDue || made == options.TransitionCount))
                {
                    Write(chains, journal, made);
                }

                progress?.Report(made);
            }

            return made;
        }

        private static void Write(Chains chains, StateJournal? journal, int made) => journal?.Write(writer =>
        {
            writer.Write(made);
            MoveRows(chains, (row, values) =>
            {
                chains.Batches.ReadRow(row, values);
                writer.Write(MemoryMarshal.AsBytes<double>(values));
            });
        });

        /// <summary>Tells searches apart by their options, model and data, and by the log densities of the starts, on which all of a model leaves its mark.</summary>
        private StateJournal? Journal(Chains chains)
        {
            if (options.Checkpoint is null)
            {
                return null;
            }

            double[] starts = new double[options.ChainCount];
            chains.Batches.ReadRow(ChainRows.LogDensity, starts);
            return new StateJournal(
                options.Checkpoint, RunIdentity.Of("simulated annealing", options, chains.Posterior, MemoryMarshal.AsBytes<double>(starts)));
        }

        private static void MoveRows(Chains chains, Action<int, double[]> move)
        {
            double[] values = new double[chains.Batches.ChainCount];
            for (int row = 0; row < chains.Batches.KeptRows; row++)
            {
                move(row, values);
            }
        }

        /// <summary>The best positions, those that are alike counted together.</summary>
        private ImmutableArray<Mode> Modes(Posterior posterior, Chains chains)
        {
            int count = options.ChainCount, dimension = posterior.Dimension;
            double[] densities = new double[count], positions = new double[count * dimension];
            chains.Batches.ReadRow(chains.Rows.Own + AnnealedTrajectory.BestLogDensity, densities);
            chains.Batches.ReadRows(chains.Rows.Own + AnnealedTrajectory.BestPosition, dimension, positions);
            double[][] outputs = Outputs(posterior, chains, positions);
            List<(int Chain, int Count)> modes = [];
            foreach (int chain in Enumerable.Range(0, count).OrderByDescending(chain => densities[chain]))
            {
                int known = modes.FindIndex(mode => IsSame(positions, mode.Chain, chain));
                if (known < 0)
                {
                    modes.Add((chain, 1));
                }
                else
                {
                    modes[known] = (modes[known].Chain, modes[known].Count + 1);
                }
            }

            return [.. modes.Select(mode => new Mode(
                densities[mode.Chain],
                [.. Enumerable.Range(0, dimension).Select(i => positions[(i * count) + mode.Chain])],
                [.. outputs.Select(output => output[mode.Chain])],
                mode.Count))];
        }

        private bool IsSame(double[] positions, int mode, int chain)
        {
            for (int i = 0; i < positions.Length; i += options.ChainCount)
            {
                double place = positions[i + mode];
                if (!(Math.Abs(positions[i + chain] - place) <= options.SameModeTolerance * (1 + Math.Abs(place))))
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>Puts the chains at positions and writes a draw there.</summary>
        private double[][] Outputs(Posterior posterior, Chains chains, double[] positions)
        {
            for (int i = 0; i < posterior.Dimension; i++)
            {
                chains.Batches.WriteRow(ChainRows.Position + i, positions.AsSpan(i * options.ChainCount, options.ChainCount));
            }

            chains.SettingIntegers[0] = options.LeapfrogCount;
            chains.LaunchAll(new ChainLaunch { FirstStep = (uint)options.TransitionCount, DrawInterval = 1, MovesChains = false });
            ChainArena arena = chains.Batches.Load(0);
            return [.. Enumerable.Range(ChainRows.DrawOutputs, posterior.OutputLabels.Length).Select(output =>
            {
                if (options.Precision == Precision.Double)
                {
                    double[] values = new double[options.ChainCount];
                    arena.ReadOutputRow<double>(output, values);
                    return values;
                }

                float[] singles = new float[options.ChainCount];
                arena.ReadOutputRow<float>(output, singles);
                return Array.ConvertAll(singles, value => (double)value);
            })];
        }
    }
}
