using GpuSampling.Sampling;

namespace GpuSampling.Adaptation;

/// <summary>The geometry of a run's chains, learnt from the draws of all of them together, and its form in a launch's settings.</summary>
internal abstract class AdaptedMetric
{
    /// <summary>The scale of each parameter.</summary>
    public abstract ReadOnlySpan<double> Scales { get; }

    /// <summary>Reals that <see cref="Write"/> writes.</summary>
    public abstract int SettingLength { get; }

    /// <summary>Whether there is anything to learn.</summary>
    public virtual bool IsAdapted => true;

    /// <summary>Whether <see cref="Update"/> reads the running moments, which launches must then keep.</summary>
    public virtual bool UsesRunningMoments => false;

    /// <summary>Takes in the chains' positions after a transition of a window.</summary>
    /// <param name="chains">The chains.</param>
    /// <param name="isFirst">Whether a window begins.</param>
    public virtual void Observe(Chains chains, bool isFirst)
    {
    }

    /// <summary>Takes what a window's draws say.</summary>
    /// <param name="chains">The chains.</param>
    /// <param name="drawsPerChain">The length of the window.</param>
    public abstract void Update(Chains chains, int drawsPerChain);

    /// <summary>Writes ε·L.</summary>
    /// <param name="stepSize">ε.</param>
    /// <param name="settings">At least <see cref="SettingLength"/> elements.</param>
    public abstract void Write(double stepSize, Span<double> settings);
}
