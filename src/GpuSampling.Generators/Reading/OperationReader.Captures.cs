using GpuSampling.Generators.Program;
using GpuSampling.Generators.Support;
using Microsoft.CodeAnalysis;

namespace GpuSampling.Generators.Reading;

/// <content>
/// Variables of the method around a local function. They are passed as arguments, and what the function assigns goes back to the
/// caller's variable when it ends.
/// </content>
internal sealed partial class OperationReader
{
    /// <summary>For each loop that is being read, from the outermost: what calls in its body assign.</summary>
    private readonly Stack<List<VariableReference>> assignedByCalls = new();

    /// <summary>The number of a variable. One that is not declared in a local function is captured.</summary>
    private int VariableOf(ISymbol symbol, IOperation place)
    {
        if (variables.TryGetValue(symbol, out int variable))
        {
            return variable;
        }

        if (method?.MethodKind != MethodKind.LocalFunction)
        {
            throw Unsupported(Rules.UnsupportedExpression, place, $"The variable '{symbol.Name}'", "declare it in this method");
        }

        captured.Add(symbol);
        return Declare(symbol);
    }

    private IEnumerable<FunctionParameter> CapturedParameters() => captured.Select(symbol => new FunctionParameter(
        variables[symbol], symbol.Name, TypeOf(TypeOf(symbol), default), assignedCaptures.Contains(symbol) ? Capture.Assigned : Capture.Read));

    private static ITypeSymbol TypeOf(ISymbol variable) => variable is ILocalSymbol local ? local.Type : ((IParameterSymbol)variable).Type;

    /// <summary>A call with what the called function captures behind its arguments.</summary>
    private FunctionCall CallOf(IMethodSymbol target, IEnumerable<Expression> arguments, ProgramType type, IOperation place, SourceSpan span)
    {
        string key = collector.Collect(target, place.Syntax);
        var captures = new List<VariableReference>();
        foreach ((ISymbol symbol, Capture capture) in collector.CapturesOf(key))
        {
            var variable = new VariableReference(VariableOf(symbol, place), symbol.Name, TypeOf(TypeOf(symbol), span), span);
            captures.Add(variable);
            if (capture == Capture.Assigned)
            {
                NoteAssigned(symbol);
                if (assignedByCalls.Count > 0)
                {
                    assignedByCalls.Peek().Add(variable);
                }
            }
        }

        return new FunctionCall(key, arguments.Concat(captures).ToEquatableArray(), type, span);
    }

    /// <summary>Notes an assignment to a variable, which may be captured.</summary>
    private void NoteAssigned(ISymbol variable)
    {
        if (captured.Contains(variable, SymbolEqualityComparer.Default))
        {
            assignedCaptures.Add(variable);
        }
    }
}
