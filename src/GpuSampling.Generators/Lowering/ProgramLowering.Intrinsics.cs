using GpuSampling.Generators.Graphs;
using GpuSampling.Generators.Program;
using GpuSampling.Generators.Support;

namespace GpuSampling.Generators.Lowering;

/// <content>Calls of elementary functions.</content>
internal sealed partial class ProgramLowering
{
    private Value Intrinsic(IntrinsicCall call)
    {
        ScalarValue[] values = call.Arguments.Select(argument => (ScalarValue)Evaluate(argument)).ToArray();
        Node[] arguments = values.Select(value => value.Node).ToArray();
        currentSpan = call.Span;
        if (call.Function is "Floor" or "Ceiling" && values[0].Quotient is (Node dividend, Node divisor))
        {
            return new ScalarValue(call.Function == "Floor"
                ? Graph.FloorOfQuotient(dividend, divisor)
                : Graph.Negate(Graph.FloorOfQuotient(Graph.Negate(dividend), divisor)));
        }

        if (call.Function.StartsWith("Random.", StringComparison.Ordinal))
        {
            return new ScalarValue(Variate(call.Function.Substring("Random.".Length), arguments));
        }

        return new ScalarValue(Intrinsic(call.Function, arguments));
    }

    private Node Intrinsic(string function, Node[] arguments)
    {
        Node x = arguments[0];
        switch (function)
        {
            case "Sqrt":
                return Graph.Sqrt(x);
            case "Abs" when x.Type == NodeType.Integer:
                return Graph.IntegerMax(x, Graph.IntegerNegate(x));
            case "Abs":
                return Graph.Abs(x);
            case "Floor":
                return Graph.Floor(x);
            case "Ceiling":
                return Graph.Negate(Graph.Floor(Graph.Negate(x)));
            case "Min" when x.Type == NodeType.Integer:
                return Graph.IntegerMin(x, arguments[1]);
            case "Max" when x.Type == NodeType.Integer:
                return Graph.IntegerMax(x, arguments[1]);
            case "Min":
                return Extreme(Graph.Min, x, arguments[1]);
            case "Max":
                return Extreme(Graph.Max, x, arguments[1]);
            case "Clamp" when x.Type == NodeType.Integer:
                return Graph.IntegerMin(Graph.IntegerMax(x, arguments[1]), arguments[2]);
            case "Clamp":
                return Extreme(Graph.Min, Extreme(Graph.Max, x, arguments[1]), arguments[2]);
            case "Log" when arguments.Length == 2:
                return Graph.Divide(Graph.Call("Log", x), Graph.Call("Log", arguments[1]));
            case "Pow":
                return Power(x, arguments[1]);
            case "FusedMultiplyAdd":
                return Graph.Add(Graph.Multiply(x, arguments[1]), arguments[2]);
            case "WithoutGradient":
                return x.DependsOnParameters ? Graph.Pure(Operation.WithoutGradient, NodeType.Real, [x]) : x;
            case "IsNaN":
                return Uniform(Graph.MaskNot(Graph.Equal(x, x)));
            case "IsFinite":
                return Uniform(Graph.Less(Graph.Abs(x), Graph.Real(double.PositiveInfinity)));
            case "IsInfinity":
                return Uniform(Graph.Equal(Graph.Abs(x), Graph.Real(double.PositiveInfinity)));
            case "IsNegativeInfinity":
                return Uniform(Graph.Equal(x, Graph.Real(double.NegativeInfinity)));
            case "IsPositiveInfinity":
                return Uniform(Graph.Equal(x, Graph.Real(double.PositiveInfinity)));
            case "Tanh":
                // With e = exp(−2|x|) − 1, tanh |x| is −e / (2 + e): exact near 0, and 1 far out.
                Node e = Graph.Call("Expm1", Graph.Multiply(Graph.Real(-2), Graph.Abs(x)));
                Node size = Graph.Negate(Graph.Divide(e, Graph.Add(Graph.Real(2), e)));
                return Graph.Select(Graph.Less(x, Graph.Zero), Graph.Negate(size), size);
            case "Tan":
                return Graph.Divide(Graph.Call("Sin", x), Graph.Call("Cos", x));
            case "Log2":
                return Graph.Multiply(Graph.Real(1.4426950408889634), Graph.Call("Log", x));
            case "Log10":
                return Graph.Multiply(Graph.Real(0.43429448190325182), Graph.Call("Log", x));
            default:
                return Graph.Call(function, arguments);
        }
    }

    private Node Power(Node x, Node exponent)
    {
        if (exponent.Operation == Operation.RealConstant)
        {
            double p = exponent.Number;
            if (p.Equals(0.5))
            {
                return Graph.Sqrt(x);
            }

            if (p.Equals(Math.Floor(p)) && Math.Abs(p) is > 0 and <= 16)
            {
                Node power = IntegerPower(x, (int)Math.Abs(p));
                return p < 0 ? Graph.Reciprocal(power) : power;
            }
        }

        bool isFraction = exponent.Operation == Operation.RealConstant && !exponent.Number.Equals(Math.Floor(exponent.Number));
        if (isFraction || RealRange.IsNotNegative(x))
        {
            return Graph.Call("Pow", x, exponent);
        }

        // A power of a negative number exists if the exponent is whole; it is negative if the exponent is odd.
        Node size = Graph.Call("Pow", Graph.Abs(x), exponent);
        if (exponent.Operation == Operation.IntegerToReal)
        {
            Node isEven = Graph.IntegerEqual(Graph.IntegerRemainder(exponent.Operands[0], Graph.Integer(2)), Graph.Integer(0));
            return Graph.UniformSelect(isEven, size, Graph.Select(Graph.Less(x, Graph.Zero), Graph.Negate(size), size));
        }

        Node half = Graph.Multiply(Graph.Real(0.5), exponent);
        Node sign = Choice(Graph.Equal(half, Graph.Floor(half)), Graph.One, Graph.Real(-1));
        Node factor = Choice(Graph.Equal(exponent, Graph.Floor(exponent)), sign, Graph.Real(double.NaN));
        return Graph.Multiply(size, Graph.Select(Graph.Less(x, Graph.Zero), factor, Graph.One));
    }

    private Node Choice(Node mask, Node whenTrue, Node whenFalse) => Uniform(mask) is { Type: NodeType.Boolean } condition
        ? Graph.UniformSelect(condition, whenTrue, whenFalse)
        : Graph.Select(mask, whenTrue, whenFalse);

    /// <summary>
    /// The smaller or larger of two numbers, NaN if either is. The lanes' own take the right one if either is NaN, which the left
    /// one must not be, then. Functions of the library see to that themselves.
    /// </summary>
    private Node Extreme(Func<Node, Node, bool, Node> extreme, Node a, Node b)
    {
        if (isLibraryCode || a == b || RealRange.IsNumber(a))
        {
            return extreme(a, b, false);
        }

        return RealRange.IsNumber(b) ? extreme(b, a, true) : Graph.Select(Graph.Equal(a, a), extreme(a, b, false), a);
    }

    private Node IntegerPower(Node x, int exponent)
    {
        if (exponent == 1)
        {
            return x;
        }

        Node half = IntegerPower(x, exponent / 2);
        Node square = Graph.Multiply(half, half);
        return exponent % 2 == 0 ? square : Graph.Multiply(square, x);
    }
}
