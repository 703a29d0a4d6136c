using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using GpuSampling.Sampling;

namespace GpuSampling.Adaptation;

/// <summary>The geometry of a run's chains, learnt from the draws of all of them together, and its form in a launch's settings.</summary>
internal abstract class AdaptedMetric
{
    /// <summary>The scale of each parameter.</summary>
    public abstract ReadOnlySpan<double> Scales { get; }

    /// <summary>What it is called.</summary>
    public abstract MetricKind Kind { get; }

    /// <summary>The largest factor by which the last update stretched or shrank a standard deviation; 1 where it changed nothing.</summary>
    public double LastChange { get; protected set; } = 1;

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

    /// <summary>x ← L⁻¹x, for many x at once.</summary>
    /// <param name="rows">[parameter][x]; overwritten. What is not finite stays within its x.</param>
    /// <param name="count">The number of x.</param>
    public abstract void Whiten(Span<double> rows, int count);

    /// <summary>Writes ε·L.</summary>
    /// <param name="stepSize">ε.</param>
    /// <param name="settings">At least <see cref="SettingLength"/> elements.</param>
    public abstract void Write(double stepSize, Span<double> settings);

    /// <summary>Names the kernels' metric that reads what <see cref="Write"/> writes.</summary>
    /// <param name="visitor">Told it.</param>
    public abstract TResult Accept<TResult>(IMetricVisitor<TResult> visitor);

    /// <summary>The larger of a ratio and its inverse.</summary>
    internal static double Factor(double ratio) => Math.Max(ratio, 1 / ratio);

    /// <summary>row ← factor·row.</summary>
    internal static void Scale(Span<double> row, double factor)
    {
        Span<Vector512<double>> vectors = MemoryMarshal.Cast<double, Vector512<double>>(row);
        for (int i = 0; i < vectors.Length; i++)
        {
            vectors[i] *= factor;
        }

        for (int i = vectors.Length * Vector512<double>.Count; i < row.Length; i++)
        {
            row[i] *= factor;
        }
    }

    /// <summary>row ← row + factor·other.</summary>
    internal static void Add(Span<double> row, double factor, ReadOnlySpan<double> other)
    {
        Span<Vector512<double>> vectors = MemoryMarshal.Cast<double, Vector512<double>>(row);
        ReadOnlySpan<Vector512<double>> others = MemoryMarshal.Cast<double, Vector512<double>>(other[..row.Length]);
        for (int i = 0; i < vectors.Length; i++)
        {
            vectors[i] += others[i] * factor;
        }

        for (int i = vectors.Length * Vector512<double>.Count; i < row.Length; i++)
        {
            row[i] += factor * other[i];
        }
    }
}
