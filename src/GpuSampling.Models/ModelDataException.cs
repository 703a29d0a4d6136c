namespace GpuSampling.Models;

/// <summary>Thrown for data that do not fit a model; the message names the member, its value and what is allowed.</summary>
public sealed class ModelDataException : Exception
{
    /// <summary>Says what is wrong.</summary>
    /// <param name="message">The member, its value and what is allowed.</param>
    public ModelDataException(string message)
        : base(message)
    {
    }
}
