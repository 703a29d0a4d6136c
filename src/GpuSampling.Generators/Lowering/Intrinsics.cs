using GpuSampling.Generators.Graphs;

namespace GpuSampling.Generators.Lowering;

/// <summary>The elementary functions of kernels: what they are called, and their derivatives.</summary>
internal static class Intrinsics
{
    /// <summary>Functions of one argument: the derivative, from the argument and the value.</summary>
    private static readonly Dictionary<string, Func<Graph, Node, Node, Node>> UnaryDerivatives = new()
    {
        ["Exp"] = (g, x, value) => value,
        ["Expm1"] = (g, x, value) => g.Add(value, g.One),
        ["Log"] = (g, x, value) => g.Reciprocal(x),
        ["Log1p"] = (g, x, value) => g.Reciprocal(g.Add(g.One, x)),
        ["Tanh"] = (g, x, value) => g.Subtract(g.One, g.Multiply(value, value)),
        ["Logistic"] = (g, x, value) => g.Multiply(value, g.Subtract(g.One, value)),
        ["Softplus"] = (g, x, value) => g.CallWithDerivative(value),
        ["Sin"] = (g, x, value) => g.Call("Cos", x),
        ["Cos"] = (g, x, value) => g.Negate(g.Call("Sin", x)),
        ["Erf"] = (g, x, value) => g.Multiply(g.Real(TwoOverSqrtPi), g.Call("Exp", g.Negate(g.Multiply(x, x)))),
        ["Erfc"] = (g, x, value) => g.Multiply(g.Real(-TwoOverSqrtPi), g.Call("Exp", g.Negate(g.Multiply(x, x)))),
        ["InverseNormalCdf"] = (g, x, value) =>
            g.Multiply(g.Real(SqrtTwoPi), g.Call("Exp", g.Multiply(g.Real(0.5), g.Multiply(value, value)))),
        ["LogGamma"] = (g, x, value) => g.Call("Digamma", x),
    };

    private const double TwoOverSqrtPi = 1.1283791670955126;
    private const double SqrtTwoPi = 2.5066282746310002;

    /// <summary>Whether kernels have this function of one argument.</summary>
    public static bool IsUnary(string function) => UnaryDerivatives.ContainsKey(function);

    /// <summary>The derivative of a call of one argument.</summary>
    public static Node Derivative(Graph graph, Node call) =>
        UnaryDerivatives[call.Symbol!](graph, call.Operands[0], call);
}
