using GpuSampling.Generators.Support;

namespace GpuSampling.Generators.Program;

/// <summary>A function with its body.</summary>
/// <param name="Key">What calls refer to: unique within a program.</param>
/// <param name="Name">Its name in the source.</param>
/// <param name="Parameters">Its parameters in order.</param>
/// <param name="Result">The type of its value.</param>
/// <param name="Body">What it does.</param>
/// <param name="IsLibrary">Whether it belongs to the library and not to the author.</param>
internal sealed record Function(
    string Key, string Name, EquatableArray<FunctionParameter> Parameters, ProgramType Result, Block Body, bool IsLibrary);

/// <summary>A parameter of a function.</summary>
/// <param name="Variable">The variable that holds it.</param>
/// <param name="Name">Its name in the source.</param>
/// <param name="Type">Its type.</param>
/// <param name="Capture">Whether it stands for a variable of the method around a local function.</param>
internal sealed record FunctionParameter(int Variable, string Name, ProgramType Type, Capture Capture = Capture.None);

/// <summary>What a local function does with a variable of the method around it.</summary>
internal enum Capture
{
    /// <summary>It is no such variable.</summary>
    None,

    /// <summary>It is read.</summary>
    Read,

    /// <summary>It is assigned, too.</summary>
    Assigned,
}
