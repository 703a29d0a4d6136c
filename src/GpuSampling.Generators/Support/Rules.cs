using Microsoft.CodeAnalysis;

namespace GpuSampling.Generators.Support;

/// <summary>The diagnostics of the generator. DIAGNOSTICS.md explains each.</summary>
internal static class Rules
{
    public static readonly DiagnosticDescriptor NotPartial = Error(
        "GS0001", "A model must be partial", "The model '{0}' and the types around it must be declared 'partial', without type parameters and not 'file': the generator adds its kernels to it in another file");

    public static readonly DiagnosticDescriptor NoLogDensity = Error(
        "GS0002", "A model needs a log-density", "The model '{0}' needs a method 'double LogDensity()', or both 'double LogPrior()' and 'double LogLikelihood()', without parameters");

    public static readonly DiagnosticDescriptor UnsupportedField = Error(
        "GS0003", "Unsupported type of a field", "The field '{0}' has type '{1}'; {2} must be {3}");

    public static readonly DiagnosticDescriptor MissingSize = Error(
        "GS0004", "A parameter array needs its sizes", "The array '{0}' needs {1} size(s) in its attribute, such as [{2}(nameof(N))] or [{2}(\"3\")]");

    public static readonly DiagnosticDescriptor InvalidConstraint = Error(
        "GS0005", "A constraint does not fit", "The constraint of '{0}' does not fit: {1}");

    public static readonly DiagnosticDescriptor InvalidExpressionText = Error(
        "GS0006", "A size or bound is not understood", "'{0}' is not an expression of the model's data{1}: {2}");

    public static readonly DiagnosticDescriptor NoParameters = Error(
        "GS0007", "A model needs a parameter", "The model '{0}' has no field marked [Parameter]; there is nothing to sample");

    public static readonly DiagnosticDescriptor UnsupportedStatement = Error(
        "GS0101", "Unsupported statement", "{0} cannot run in a kernel; {1}");

    public static readonly DiagnosticDescriptor UnsupportedExpression = Error(
        "GS0102", "Unsupported expression", "{0} cannot run in a kernel; {1}");

    public static readonly DiagnosticDescriptor UnsupportedType = Error(
        "GS0103", "Unsupported type", "Values of type '{0}' cannot exist in a kernel; use double, int, bool, arrays of double, or tuples of these");

    public static readonly DiagnosticDescriptor UnknownCall = Error(
        "GS0104", "Call without source", "'{0}' cannot be differentiated: what can be called are the methods of GpuSampling.Modeling.Density, Special and LinearAlgebra, methods with source in this project, and Abs, Atan, Ceiling, Clamp, Cos, Cosh, Exp, Floor, FusedMultiplyAdd, Log, Log2, Log10, Max, Min, Pow, Sin, Sinh, Sqrt, Tan and Tanh of System.Math");

    public static readonly DiagnosticDescriptor NotStatic = Error(
        "GS0105", "Call of a virtual or foreign instance method", "'{0}' is {1}; call a static method or a non-virtual method of the model itself");

    public static readonly DiagnosticDescriptor Recursion = Error(
        "GS0106", "Recursive call", "'{0}' calls itself; write a loop whose bounds depend on data only");

    public static readonly DiagnosticDescriptor Allocation = Error(
        "GS0107", "Allocation in a kernel", "'{0}' is allocated here, which a kernel cannot do; use local variables, tuples, or 'new double[n]' with a size that depends on data only");

    public static readonly DiagnosticDescriptor Delegate = Error(
        "GS0108", "Delegate in a kernel", "A lambda or delegate cannot run in a kernel; write a static method and call it directly");

    public static readonly DiagnosticDescriptor Text = Error(
        "GS0109", "String in a kernel", "Strings cannot exist in a kernel; move messages and checks of the data to 'void Prepare()', which runs on the host");

    public static readonly DiagnosticDescriptor LoopForm = Error(
        "GS0110", "Unsupported form of loop", "{0}; write 'for (int i = start; i < end; i++)' with bounds that depend on data only");

    public static readonly DiagnosticDescriptor LoopExit = Error(
        "GS0111", "Jump out of a loop", "'{0}' cannot leave a loop in a kernel, where all chains run it together; leave it by 'break', 'continue', or 'return' of a real number");

    public static readonly DiagnosticDescriptor IntegerFromReal = Error(
        "GS0112", "Integer from a real number", "A conversion of a real number to an integer cannot be differentiated and would differ between chains; declare the number as 'int' data");

    public static readonly DiagnosticDescriptor CarriedInteger = Error(
        "GS0113", "Integer carried through a loop", "The {1} '{0}' changes from iteration to iteration; compute it from the loop's counter, or pass it as data");

    public static readonly DiagnosticDescriptor ArrayReassigned = Error(
        "GS0114", "Array variable reassigned", "The array variable '{0}' cannot be made to refer to another array; copy the elements in a loop");

    public static readonly DiagnosticDescriptor ReadOnlyTarget = Error(
        "GS0115", "Assignment to data or a parameter", "'{0}' is {1} and cannot be written here; use a local variable");

    public static readonly DiagnosticDescriptor ArraySize = Error(
        "GS0116", "Size of an array", "The size of this array changes within a loop, or is a number from an array, so the memory for it is not known beforehand; compute it from 'int' data and lengths, the largest that they allow");

    public static readonly DiagnosticDescriptor Exception = Error(
        "GS0117", "Exception in a kernel", "A kernel cannot throw; return double.NegativeInfinity where the density is zero, and check data in 'void Prepare()'");

    public static readonly DiagnosticDescriptor ParameterSelectsInteger = Error(
        "GS0118", "Integer that depends on a parameter", "An integer or index cannot depend on a parameter, since it must be the same for all chains; use real numbers, or evaluate both cases");

    public static readonly DiagnosticDescriptor MissingReturn = Error(
        "GS0119", "Value missing", "Not every path through '{0}' returns a value");

    public static readonly DiagnosticDescriptor Mutable = Error(
        "GS0120", "State of the model", "'{0}' is neither data nor a parameter; mark it [Data], [TransformedData] or [Parameter], or make it const or, if it is a number, static readonly");

    public static readonly DiagnosticDescriptor ReadBeforeAssignment = Error(
        "GS0121", "Variable without a value", "The variable '{0}' may have no value here");

    public static readonly DiagnosticDescriptor UnboundedLoop = Error(
        "GS0122", "Loop without a bound", "How often this loop runs depends on numbers in an array, so the memory for what it carries is not known beforehand; give it bounds that are computed from sizes and counters (Math.Max(k[i], 0) and Math.Min(k[i], N) will do), or skip iterations by a condition");

    public static readonly DiagnosticDescriptor Failure = Error(
        "GS0199", "The generator failed", "The model '{0}' could not be generated: {1}. This is a fault of the generator: please report it with the model");

    private static readonly Dictionary<string, DiagnosticDescriptor> AllById = typeof(Rules)
        .GetFields(System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.Public)
        .Where(field => field.FieldType == typeof(DiagnosticDescriptor))
        .Select(field => (DiagnosticDescriptor)field.GetValue(null)!)
        .ToDictionary(rule => rule.Id);

    /// <summary>All rules.</summary>
    public static IEnumerable<DiagnosticDescriptor> All => AllById.Values;

    public static DiagnosticDescriptor ById(string id) => AllById[id];

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        new(id, title, message, "GpuSampling.Modeling", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
