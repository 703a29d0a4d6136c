using System.Collections.Immutable;

namespace GpuSampling.Sampling;

/// <summary>What the host does in a run of a sampler: adapts in the warm-up, writes the settings of launches.</summary>
/// <remarks>
/// After the warm-up a transition may depend on nothing but the chains' state that survives between launches, the settings, which
/// the warm-up fixes, and the transition's number: a run that goes on from a checkpoint makes its warm-up again and then takes back
/// that state alone.
/// </remarks>
/// <param name="chains">The chains, owned.</param>
internal abstract class SamplerProgram(Chains chains) : IDisposable
{
    /// <summary>The chains on their engine.</summary>
    public Chains Chains { get; } = chains;

    /// <summary>The half width of the cube in unconstrained space where chains start.</summary>
    public abstract double InitialRadius { get; }

    /// <summary>The step size in use.</summary>
    public abstract double StepSize { get; }

    /// <summary>The scale of each unconstrained parameter.</summary>
    public abstract ImmutableArray<double> Scales { get; }

    /// <summary>The geometry in which the chains move; null for samplers that have none.</summary>
    public virtual MetricKind? MetricKind => null;

    /// <summary>What else was adapted, by name.</summary>
    public virtual ImmutableArray<KeyValuePair<string, double>> Adapted => [];

    /// <summary>How often the warm-up placed a chain that was left behind where another was.</summary>
    public int RestartedChainCount { get; protected set; }

    /// <summary>Makes the warm-up's transitions and adapts.</summary>
    /// <param name="control">Told of progress; may cancel.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public abstract void Warmup(RunControl control);

    /// <summary>Makes a block of transitions of one batch in one launch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="firstTransition">The number of the first, from the beginning of the run.</param>
    /// <param name="count">How many, 1 to <see cref="LaunchLength.Most"/>.</param>
    /// <param name="drawInterval">Write a draw for every so many; 0 writes none.</param>
    /// <returns>The number of divergent transitions.</returns>
    public virtual long Advance(int batch, int firstTransition, int count, int drawInterval)
    {
        WriteSettings(firstTransition, count);
        return Chains.Advance(batch, new ChainLaunch { FirstStep = (uint)firstTransition, Count = count, DrawInterval = drawInterval });
    }

    /// <summary>Writes the settings of a block of transitions without making them.</summary>
    /// <param name="firstTransition">The number of the first.</param>
    /// <param name="count">How many.</param>
    public void PrepareSettings(int firstTransition, int count) => WriteSettings(firstTransition, count);

    /// <inheritdoc/>
    public virtual void Dispose() => Chains.Dispose();

    /// <summary>Writes the settings of a block of transitions to <see cref="Chains.SettingReals"/> and <see cref="Chains.SettingIntegers"/>.</summary>
    /// <param name="firstTransition">The number of the first.</param>
    /// <param name="count">How many.</param>
    protected abstract void WriteSettings(int firstTransition, int count);

    /// <summary>A warm-up of transitions without adaptation, many in a launch.</summary>
    /// <param name="control">Told of progress; may cancel.</param>
    protected void MoveOn(RunControl control)
    {
        int total = Chains.Run.WarmupCount;
        for (int batch = 0; batch < Chains.Batches.BatchCount; batch++)
        {
            LaunchLength length = new();
            int transition = 0;
            while (transition < total)
            {
                control.CancellationToken.ThrowIfCancellationRequested();
                length.Begin();
                int count = Math.Min(length.Count, total - transition);
                Advance(batch, transition, count, 0);
                transition += count;
                length.End();
                control.ReportWarmup(Chains.Batches.MeanCompleted(batch, transition, total), total);
            }
        }
    }
}
