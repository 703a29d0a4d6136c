using GpuSampling.Modeling;

namespace GpuSampling.Cli.Tests;

/// <summary>A model that needs data.</summary>
[Model]
public partial class HalfNormalOfData
{
    [Data] public required double scale;

    [Parameter(Lower = 0)] private double x;

    private double LogDensity() => Density.HalfNormal(x, scale);
}

/// <summary>A density that is nowhere defined.</summary>
[Model]
public partial class NowhereFinite
{
    [Parameter] private double x;

    private double LogDensity() => Math.Log(-1 - x * x);
}

/// <summary>A gradient that its author has spoilt.</summary>
[Model]
public partial class WithoutSlope
{
    [Parameter] private double x;

    private double LogDensity() => Density.Normal(Special.WithoutGradient(x), 1, 2);
}

/// <summary>Its own code fails for reasons of its own.</summary>
[Model]
public partial class FailsToPrepare
{
    [Data] public required double scale;

    [TransformedData] private double largest;

    [Parameter] private double x;

    private void Prepare() => largest = new double[] { scale }.Where(one => one > 5).Max();

    private double LogDensity() => Density.Normal(x, 0, largest);
}

/// <summary>Its own code takes long.</summary>
[Model]
public partial class SlowToPrepare
{
    [Data] public required int seconds;

    [Parameter] private double x;

    private void Prepare() => Thread.Sleep(1000 * seconds);

    private double LogDensity() => Density.Normal(x, 0, 1);
}
