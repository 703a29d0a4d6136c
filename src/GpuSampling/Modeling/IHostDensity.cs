namespace GpuSampling.Modeling;

/// <summary>A log-density in 64 bits on the host, whatever the type of its model. Not for several threads at once.</summary>
internal interface IHostDensity
{
    /// <summary>The number of unconstrained parameters.</summary>
    int Dimension { get; }

    /// <summary>The log-density, prior and likelihood together.</summary>
    double LogDensity(double[] point);

    /// <summary>The log-density and its gradient.</summary>
    double LogDensityGradient(double[] point, double[] result);
}
