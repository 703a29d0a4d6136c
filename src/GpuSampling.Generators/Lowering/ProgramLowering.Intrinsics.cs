using GpuSampling.Generators.Graphs;
using GpuSampling.Generators.Program;
using GpuSampling.Generators.Support;

namespace GpuSampling.Generators.Lowering;

/// <content>Calls of elementary functions.</content>
internal sealed partial class ProgramLowering
{
    private Value Intrinsic(IntrinsicCall call)
    {
        Node[] arguments = call.Arguments.Select(Scalar).ToArray();
        currentSpan = call.Span;
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
                return Graph.Min(x, arguments[1]);
            case "Max":
                return Graph.Max(x, arguments[1]);
            case "Clamp" when x.Type == NodeType.Integer:
                return Graph.IntegerMin(Graph.IntegerMax(x, arguments[1]), arguments[2]);
            case "Clamp":
                return Graph.Min(Graph.Max(x, arguments[1]), arguments[2]);
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

        if (exponent.Operation == Operation.IntegerToReal)
        {
            // A power with an integer exponent exists for negative numbers too.
            Node isEven = Graph.IntegerEqual(Graph.IntegerRemainder(exponent.Operands[0], Graph.Integer(2)), Graph.Integer(0));
            Node size = Graph.Call("Pow", Graph.Abs(x), exponent);
            return Graph.UniformSelect(isEven, size, Graph.Select(Graph.Less(x, Graph.Zero), Graph.Negate(size), size));
        }

        return Graph.Call("Pow", x, exponent);
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
