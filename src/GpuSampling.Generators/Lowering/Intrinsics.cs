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
        ["Logistic"] = (g, x, value) => g.Multiply(value, g.Call("Logistic", g.Negate(x))),
        ["Softplus"] = SoftplusDerivative,
        ["Sin"] = (g, x, value) => g.Call("Cos", x),
        ["Cos"] = (g, x, value) => g.Negate(g.Call("Sin", x)),
        ["LogNormalCdf"] = LogNormalCdfDerivative,
        ["Atan"] = (g, x, value) => g.Reciprocal(g.Add(g.One, g.Multiply(x, x))),
        ["Sinh"] = (g, x, value) => g.Call("Cosh", x),
        ["Cosh"] = (g, x, value) => g.Call("Sinh", x),
    };

    private static readonly HashSet<string> MathFunctions =
    [
        "Exp", "Log", "Log2", "Log10", "Sqrt", "Pow", "Abs", "Min", "Max", "Clamp", "Floor", "Ceiling", "Sinh", "Cosh", "Tanh", "Sin", "Cos", "Tan", "Atan", "FusedMultiplyAdd",
    ];

    private static readonly HashSet<string> SpecialFunctions =
    [
        "Log1p", "Expm1", "Logistic", "Softplus", "LogNormalCdf", "WithoutGradient",
    ];

    /// <summary>Whether kernels have this function of System.Math.</summary>
    public static bool IsMath(string function) => MathFunctions.Contains(function);

    /// <summary>Whether kernels have this function of GpuSampling.Modeling.Special themselves.</summary>
    public static bool IsSpecial(string function) => SpecialFunctions.Contains(function);

    /// <summary>The derivative of a call of one argument.</summary>
    public static Node Derivative(Graph graph, Node call) => UnaryDerivatives[call.Symbol!](graph, call.Operands[0], call);

    /// <summary>φ(x) / Φ(x), whose logarithm neither overflows nor underflows.</summary>
    private static Node LogNormalCdfDerivative(Graph g, Node x, Node value)
    {
        Node logDensity = g.Subtract(g.Multiply(g.Real(-0.5), g.Multiply(x, x)), g.Real(0.91893853320467274));
        return g.Call("Exp", g.Subtract(logDensity, value));
    }

    /// <summary>1/(1 + e^−x), which shares e^−|x| with the value: log(1 + e^x) = max(x, 0) + log(1 + e^−|x|).</summary>
    private static Node SoftplusDerivative(Graph g, Node x, Node value)
    {
        Node e = g.Call("ExpNonPositive", g.Negate(g.Abs(x)));
        value.Replacement = g.Add(g.Max(x, g.Zero), g.Call("Log1pOfUnit", e));
        Node reciprocal = g.Reciprocal(g.Add(g.One, e));
        return g.Select(g.Less(g.Zero, x), reciprocal, g.Multiply(e, reciprocal));
    }
}
