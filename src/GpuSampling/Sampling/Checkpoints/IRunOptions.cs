using System.Diagnostics.CodeAnalysis;

namespace GpuSampling.Sampling;

/// <summary>
/// Options of a run, or of a part of it: every public property of theirs tells one run from another in <see cref="RunIdentity"/>, but
/// those that are marked with <see cref="LeavesNoMarkAttribute"/>.
/// </summary>
[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)]
internal interface IRunOptions
{
}

/// <summary>An option on which no result of a run depends.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class LeavesNoMarkAttribute : Attribute
{
}
