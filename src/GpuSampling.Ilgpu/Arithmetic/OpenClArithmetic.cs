using System.Globalization;
using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.OpenCL;
using ILGPU.IR.Values;
using Value = ILGPU.IR.Value;

namespace GpuSampling.Ilgpu.Arithmetic;

/// <summary>The OpenCL C of <see cref="DeviceArithmetic"/>.</summary>
/// <remarks>
/// Three things differ from IEEE arithmetic by default, and are put right here. Compilers may contract a product and a sum,
/// even across statements: each function begins with the pragma that forbids it. A float division may err by 2.5 ulp and a
/// square root by 3: both are computed in double, whose rounding to float is then always the correct one (53 ≥ 2 · 24 + 2
/// bits). Constants are written as bits, for decimal text loses the payload of a NaN and makes integers of whole doubles.
/// </remarks>
internal static class OpenClArithmetic
{
    private const string NoContraction = "#pragma OPENCL FP_CONTRACT OFF";

    /// <summary>Emits the statement of one call. ILGPU calls it for every call of a <see cref="DeviceArithmetic"/> method.</summary>
    /// <param name="backend">The back end.</param>
    /// <param name="generator">The generator of the current function.</param>
    /// <param name="value">The call.</param>
    public static void Emit(CLBackend backend, CLCodeGenerator generator, Value value)
    {
        ForbidContraction(generator);
        MethodCall call = (MethodCall)value;
        string[] arguments = new string[call.Count];
        for (int i = 0; i < arguments.Length; i++)
        {
            arguments[i] = Text(generator.Load(call[i]));
        }

        string expression = Expression(call, arguments, call.BasicValueType == BasicValueType.Float64);
        using CLCodeGenerator.StatementEmitter statement = generator.BeginStatement(generator.Allocate(call));
        statement.AppendCommand(expression);
    }

    private static string Expression(MethodCall call, string[] a, bool isDouble) => call.Target.Source.Name switch
    {
        nameof(DeviceArithmetic.Add) => $"{a[0]} + {a[1]}",
        nameof(DeviceArithmetic.Subtract) => $"{a[0]} - {a[1]}",
        nameof(DeviceArithmetic.Multiply) => $"{a[0]} * {a[1]}",
        nameof(DeviceArithmetic.Divide) => isDouble ? $"{a[0]} / {a[1]}" : $"(float)((double){a[0]} / (double){a[1]})",
        nameof(DeviceArithmetic.FusedMultiplyAdd) => $"fma({a[0]}, {a[1]}, {a[2]})",
        nameof(DeviceArithmetic.Sqrt) => isDouble ? $"sqrt({a[0]})" : $"(float)sqrt((double){a[0]})",
        nameof(DeviceArithmetic.Negate) => $"-{a[0]}",
        nameof(DeviceArithmetic.Abs) => $"fabs({a[0]})",
        nameof(DeviceArithmetic.Floor) => $"floor({a[0]})",
        nameof(DeviceArithmetic.RoundToEven) => $"rint({a[0]})",
        nameof(DeviceArithmetic.ToBits) => call.BasicValueType == BasicValueType.Int64 ? $"as_long({a[0]})" : $"as_int({a[0]})",
        nameof(DeviceArithmetic.FromBits) => isDouble ? $"as_double({a[0]})" : $"as_float({a[0]})",
        nameof(DeviceArithmetic.MultiplyWide) => $"(long)((ulong)(uint){a[0]} * (ulong)(uint){a[1]})",
        nameof(DeviceArithmetic.LessThan) => $"{Mask($"{Unsigned(call)}{a[0]} < {Unsigned(call)}{a[1]}", isDouble)}",
        nameof(DeviceArithmetic.LessThanOrEqual) => $"{Mask($"{a[0]} <= {a[1]}", isDouble)}",
        nameof(DeviceArithmetic.AreEqual) => $"{Mask($"{a[0]} == {a[1]}", isDouble)}",
        nameof(DeviceArithmetic.Select) => $"{IsTrue(a[0], isDouble)} ? {a[1]} : {a[2]}",
        nameof(DeviceArithmetic.And) => $"{Mask($"{IsTrue(a[0], isDouble)} & {IsTrue(a[1], isDouble)}", isDouble)}",
        nameof(DeviceArithmetic.Or) => $"{Mask($"{IsTrue(a[0], isDouble)} | {IsTrue(a[1], isDouble)}", isDouble)}",
        nameof(DeviceArithmetic.Not) => $"{Mask($"!{IsTrue(a[0], isDouble)}", isDouble)}",
        nameof(DeviceArithmetic.IsTrue) => IsTrue(a[0], call[0].BasicValueType == BasicValueType.Float64),
        string name => throw new NotSupportedException($"No OpenCL C is known for {name}."),
    };

    private static string Mask(string condition, bool isDouble) => isDouble ? $"({condition}) ? 1.0 : 0.0" : $"({condition}) ? 1.0f : 0.0f";

    private static string IsTrue(string mask, bool isDouble) => isDouble ? $"({mask} != 0.0)" : $"({mask} != 0.0f)";

    // ILGPU declares integers as signed.
    private static string Unsigned(MethodCall call) => call[0].BasicValueType switch
    {
        BasicValueType.Int32 => "(uint)",
        BasicValueType.Int64 => "(ulong)",
        _ => string.Empty,
    };

    private static string Text(VariableAllocator.Variable variable)
    {
        if (variable is not VariableAllocator.ConstantVariable { Value: PrimitiveValue constant })
        {
            return variable.ToString()!;
        }

        return constant.BasicValueType switch
        {
            BasicValueType.Int32 => string.Create(CultureInfo.InvariantCulture, $"(int)0x{constant.UInt32Value:x8}u"),
            BasicValueType.Int64 => string.Create(CultureInfo.InvariantCulture, $"(long)0x{constant.UInt64Value:x16}ul"),
            BasicValueType.Float32 => string.Create(
                CultureInfo.InvariantCulture, $"as_float(0x{BitConverter.SingleToUInt32Bits(constant.Float32Value):x8}u)"),
            BasicValueType.Float64 => string.Create(
                CultureInfo.InvariantCulture, $"as_double(0x{BitConverter.DoubleToUInt64Bits(constant.Float64Value):x16}ul)"),
            _ => throw new NotSupportedException($"No OpenCL C is known for a constant of type {constant.BasicValueType}."),
        };
    }

    // The pragma must come before all declarations of its block, and these are the first text after the function's brace.
    private static void ForbidContraction(CLCodeGenerator generator)
    {
        if (generator.VariableBuilder.Length < NoContraction.Length || generator.VariableBuilder[0] != '#')
        {
            generator.VariableBuilder.Insert(0, NoContraction + "\n");
        }
    }
}
