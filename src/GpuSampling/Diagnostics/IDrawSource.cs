namespace GpuSampling.Diagnostics;

/// <summary>Draws of several named scalar parameters, each in the order of <see cref="ParameterDraws{T}"/>.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <remarks>Read from several threads at once.</remarks>
public interface IDrawSource<T>
    where T : unmanaged
{
    /// <summary>The number of scalar parameters.</summary>
    int Parameters { get; }

    /// <summary>The number of chains, at least 1.</summary>
    int Chains { get; }

    /// <summary>The name of a scalar parameter, such as <c>theta[3]</c>.</summary>
    /// <param name="parameter">From 0 to <see cref="Parameters"/> - 1.</param>
    string Name(int parameter);

    /// <summary>The draws of one parameter: element <c>draw * Chains + chain</c>; equally many for each parameter.</summary>
    /// <param name="parameter">From 0 to <see cref="Parameters"/> - 1.</param>
    ReadOnlySpan<T> Values(int parameter);
}
