namespace GpuSampling.Sampling;

/// <summary>
/// What is kept of a run: receives every draw's rows, one number per chain. Compose it with a sampler to keep all draws, only
/// moments, or nothing but what a callback makes of them.
/// </summary>
/// <remarks>
/// Calls come from one thread. Each chain's draws come in order, the rows of a draw in order too. A run whose chains do not fit
/// the engine's memory at once delivers all draws of its first chains, then all draws of the next.
/// </remarks>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class DrawSink<TElement>
    where TElement : unmanaged
{
    /// <summary>Told once, at the beginning of the run: what cannot be kept is refused before any work is done.</summary>
    /// <param name="rows">What a draw consists of.</param>
    /// <param name="chainCount">The numbers in a row.</param>
    /// <param name="drawCount">The draws to come.</param>
    public abstract void Begin(DrawRows rows, int chainCount, int drawCount);

    /// <summary>
    /// Where the sampler is to write a row: <paramref name="count"/> elements, for the chains from <paramref name="firstChain"/> on.
    /// </summary>
    /// <param name="draw">The draw, from 0.</param>
    /// <param name="row">The row of the draw, as <see cref="DrawRows"/> numbers them.</param>
    /// <param name="firstChain">The first chain, from 0, of the chains that are written together.</param>
    /// <param name="count">How many chains are written together.</param>
    public abstract Span<TElement> Destination(int draw, int row, int firstChain, int count);

    /// <summary>Told after a row was written to its destination.</summary>
    /// <param name="draw">The draw.</param>
    /// <param name="row">The row.</param>
    /// <param name="firstChain">The first chain written.</param>
    /// <param name="count">How many chains were written.</param>
    public virtual void Written(int draw, int row, int firstChain, int count)
    {
    }

    /// <summary>
    /// Whether the sink can save what it holds, so that checkpoints need not keep the draws: for sinks that hold little. False unless
    /// overridden: a run that goes on then tells the sink of all earlier draws again.
    /// </summary>
    /// <remarks>What is saved may not depend on the number of draws to come, which a run that goes on may raise.</remarks>
    public virtual bool SavesState => false;

    /// <summary>
    /// What the sink's state is the state of: a sink takes back only what one of the same words saved. By default the name of its type;
    /// sinks whose state depends on options of theirs add these.
    /// </summary>
    public virtual string StateKind => GetType().Name.Split('`')[0];

    /// <summary>Writes what the sink holds to a checkpoint. Only asked of sinks with <see cref="SavesState"/>.</summary>
    /// <param name="writer">Receives it, of any length, and goes forward only.</param>
    /// <exception cref="NotSupportedException">The sink does not save its state.</exception>
    public virtual void SaveState(BinaryWriter writer) => throw new NotSupportedException($"{GetType().Name} does not save its state.");

    /// <summary>Takes back, after <see cref="Begin"/>, what <see cref="SaveState"/> wrote.</summary>
    /// <param name="reader">Gives it.</param>
    /// <exception cref="NotSupportedException">The sink does not save its state.</exception>
    public virtual void RestoreState(BinaryReader reader) => throw new NotSupportedException($"{GetType().Name} does not save its state.");

    /// <summary>
    /// Told once, after the last draw; not when the run failed or was cancelled during its warm-up, nor when it was broken off later so
    /// that chains have different numbers of draws (<see cref="EndUneven"/>).
    /// </summary>
    /// <param name="drawCount">The draws that were made: fewer than announced when the run was stopped, or failed.</param>
    public virtual void End(int drawCount)
    {
    }

    /// <summary>
    /// Told once, in place of <see cref="End"/>, when the run was broken off while chains took turns or within a draw: some chains have
    /// more draws than others, or some rows of one more. Nothing unless overridden: for sinks that can leave those out.
    /// </summary>
    /// <param name="drawCount">The draws that every chain has.</param>
    public virtual void EndUneven(int drawCount)
    {
    }
}
