namespace GpuSampling.Sampling;

/// <summary>A checkpoint cannot be gone on from, for it is damaged, or belongs to another run; or its folder cannot be written. The message says which.</summary>
public sealed class CheckpointException : Exception
{
    /// <summary>Without a message of its own.</summary>
    public CheckpointException()
    {
    }

    /// <summary>With a message.</summary>
    /// <param name="message">What is wrong.</param>
    public CheckpointException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and a cause.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">The cause.</param>
    public CheckpointException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
