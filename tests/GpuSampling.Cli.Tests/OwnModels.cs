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
