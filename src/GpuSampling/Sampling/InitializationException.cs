namespace GpuSampling.Sampling;

/// <summary>Thrown when a chain found no start with a finite density and gradient.</summary>
public sealed class InitializationException : Exception
{
    /// <summary>Says which chain failed and where.</summary>
    /// <param name="message">What happened, with the unconstrained parameters tried last.</param>
    public InitializationException(string message)
        : base(message)
    {
    }

    /// <summary>Says which chain failed and where, and what was in the way.</summary>
    /// <param name="message">What happened, with the unconstrained parameters tried last.</param>
    /// <param name="innerException">The cause.</param>
    public InitializationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
