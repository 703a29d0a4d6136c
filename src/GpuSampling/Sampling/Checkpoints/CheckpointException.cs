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

    /// <summary>Of another run.</summary>
    internal CheckpointException(string message, IReadOnlyList<CheckpointDifference> differences)
        : base(message) => Differences = differences;

    /// <summary>What differs, where the checkpoint is another run's and told apart by its options, model or data; else empty.</summary>
    public IReadOnlyList<CheckpointDifference> Differences { get; } = [];
}

/// <summary>Something in which a run differs from the one whose checkpoint it finds.</summary>
/// <param name="Name">What: a property's name, with those of the properties that it is reached by before it, such as <c>Sampler.Options.StepSize</c>.</param>
/// <param name="Before">Its value in the checkpoint's run, in the words of the invariant culture.</param>
/// <param name="Now">Its value in this run.</param>
public sealed record CheckpointDifference(string Name, string Before, string Now)
{
    /// <summary>As a sentence.</summary>
    public override string ToString() => $"{Name} was {Before} and is {Now}";
}
