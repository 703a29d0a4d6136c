using System.Globalization;
using GpuSampling.Kernels.Lanes;
using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.OpenCL;
using ILGPU.IR.Values;
using Value = ILGPU.IR.Value;

namespace GpuSampling.Ilgpu.Arithmetic;

/// <summary>The OpenCL C of <see cref="LaneInstructions"/>.</summary>
/// <remarks>
/// Three things differ from IEEE arithmetic by default, and are put right here. Compilers may contract a product and a sum,
/// even across statements: each function begins with the pragma that forbids it. A float division may err by 2.5 ulp and a
/// square root by 3: both are computed in double, whose rounding to float is then always the correct one (53 ≥ 2 · 24 + 2
/// bits). Constants are written as bits, for decimal text loses the payload of a NaN and makes integers of whole doubles.
/// </remarks>
internal static class OpenClLaneInstructions
{
    private const string NoContraction = "#pragma OPENCL FP_CONTRACT OFF";

    /// <summary>Writes the statements of one call. ILGPU calls it for every call of a lane instruction.</summary>
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

        VariableAllocator.Variable result = generator.Allocate(call);
        string name = call.Target.Source.Name;
        bool isDouble = call.Target.Source.GetGenericArguments()[0] == typeof(Float64);
        if (name is nameof(LaneInstructions.MultiplyWide) or nameof(LaneInstructions.MultiplyWideByUniform))
        {
            EmitProduct(generator, result, arguments[0], name == nameof(LaneInstructions.MultiplyWide) ? arguments[1] : null, arguments[1], isDouble);
            return;
        }

        using CLCodeGenerator.StatementEmitter statement = generator.BeginStatement(result);
        statement.AppendCommand(
            RealExpression(name, arguments, isDouble)
            ?? MaskExpression(name, arguments, isDouble)
            ?? WordExpression(name, arguments, isDouble)
            ?? throw new NotSupportedException($"No OpenCL C is known for {name}."));
    }

    private static string? RealExpression(string name, string[] a, bool isDouble) => name switch
    {
        nameof(LaneInstructions.Zero) => isDouble ? "0.0" : "0.0f",
        nameof(LaneInstructions.One) => isDouble ? "1.0" : "1.0f",
        nameof(LaneInstructions.Constant) => isDouble ? a[0] : $"(float)({a[0]})",
        nameof(LaneInstructions.FromInteger) => isDouble ? $"(double)({a[0]})" : $"(float)({a[0]})",
        nameof(LaneInstructions.Add) => $"{a[0]} + {a[1]}",
        nameof(LaneInstructions.Subtract) => $"{a[0]} - {a[1]}",
        nameof(LaneInstructions.Multiply) => $"{a[0]} * {a[1]}",
        nameof(LaneInstructions.Divide) => isDouble ? $"{a[0]} / {a[1]}" : $"(float)((double){a[0]} / (double){a[1]})",
        nameof(LaneInstructions.Negate) => $"-{a[0]}",
        nameof(LaneInstructions.FusedMultiplyAdd) => $"fma({a[0]}, {a[1]}, {a[2]})",
        nameof(LaneInstructions.FusedNegatedMultiplyAdd) => $"fma(-{a[0]}, {a[1]}, {a[2]})",
        nameof(LaneInstructions.FusedMultiplySubtract) => $"fma({a[0]}, {a[1]}, -{a[2]})",
        nameof(LaneInstructions.Sqrt) => isDouble ? $"sqrt({a[0]})" : $"(float)sqrt((double){a[0]})",
        nameof(LaneInstructions.Abs) => $"fabs({a[0]})",
        nameof(LaneInstructions.Floor) => $"floor({a[0]})",
        nameof(LaneInstructions.RoundToEven) => $"rint({a[0]})",
        nameof(LaneInstructions.Min) => $"{a[0]} < {a[1]} ? {a[0]} : {a[1]}",
        nameof(LaneInstructions.Max) => $"{a[0]} > {a[1]} ? {a[0]} : {a[1]}",
        nameof(LaneInstructions.Select) or nameof(LaneInstructions.SelectWord) => $"{IsTrue(a[0], isDouble)} ? {a[1]} : {a[2]}",
        nameof(LaneInstructions.FromSignedWord) => isDouble ? $"(double)as_long({a[0]})" : $"(float)as_int({a[0]})",
        nameof(LaneInstructions.ToInt32) => $"(int){Word(a[0], isDouble)}",
        nameof(LaneInstructions.ToBits) or nameof(LaneInstructions.FromBits) => a[0],
        _ => null,
    };

    private static string? MaskExpression(string name, string[] a, bool isDouble) => name switch
    {
        nameof(LaneInstructions.LessThan) => Mask($"{a[0]} < {a[1]}", isDouble),
        nameof(LaneInstructions.LessThanOrEqual) => Mask($"{a[0]} <= {a[1]}", isDouble),
        nameof(LaneInstructions.GreaterThan) => Mask($"{a[0]} > {a[1]}", isDouble),
        nameof(LaneInstructions.GreaterThanOrEqual) => Mask($"{a[0]} >= {a[1]}", isDouble),
        nameof(LaneInstructions.AreEqual) => Mask($"{a[0]} == {a[1]}", isDouble),
        nameof(LaneInstructions.LessThanOfWords) => Mask($"{Word(a[0], isDouble)} < {Word(a[1], isDouble)}", isDouble),
        nameof(LaneInstructions.AreEqualWords) => Mask($"{Word(a[0], isDouble)} == {Word(a[1], isDouble)}", isDouble),
        nameof(LaneInstructions.UniformMask) => Mask(a[0], isDouble),
        nameof(LaneInstructions.And) => Mask($"{IsTrue(a[0], isDouble)} & {IsTrue(a[1], isDouble)}", isDouble),
        nameof(LaneInstructions.Or) => Mask($"{IsTrue(a[0], isDouble)} | {IsTrue(a[1], isDouble)}", isDouble),
        nameof(LaneInstructions.Not) => Mask($"!{IsTrue(a[0], isDouble)}", isDouble),
        nameof(LaneInstructions.IsTrue) => IsTrue(a[0], isDouble),
        _ => null,
    };

    private static string? WordExpression(string name, string[] a, bool isDouble)
    {
        string? integer = name switch
        {
            nameof(LaneInstructions.WordConstant) => a[0],
            nameof(LaneInstructions.AddWords) => $"{Word(a[0], isDouble)} + {Word(a[1], isDouble)}",
            nameof(LaneInstructions.SubtractWords) => $"{Word(a[0], isDouble)} - {Word(a[1], isDouble)}",
            nameof(LaneInstructions.BitwiseAnd) => $"{Word(a[0], isDouble)} & {Word(a[1], isDouble)}",
            nameof(LaneInstructions.BitwiseOr) => $"{Word(a[0], isDouble)} | {Word(a[1], isDouble)}",
            nameof(LaneInstructions.ExclusiveOr) => $"{Word(a[0], isDouble)} ^ {Word(a[1], isDouble)}",
            nameof(LaneInstructions.ExclusiveOrOfThree) => $"{Word(a[0], isDouble)} ^ {Word(a[1], isDouble)} ^ {Word(a[2], isDouble)}",
            nameof(LaneInstructions.ShiftLeft) => $"{Word(a[0], isDouble)} << {a[1]}",
            nameof(LaneInstructions.ShiftRight) => $"{Word(a[0], isDouble)} >> {a[1]}",
            nameof(LaneInstructions.RotateLeft32) => $"rotate((uint){Word(a[0], isDouble)}, (uint){a[1]})",
            nameof(LaneInstructions.KeepLow32) => $"(uint){Word(a[0], isDouble)}",
            _ => null,
        };
        return integer is null ? null : Lane(integer, isDouble);
    }

    private static void EmitProduct(CLCodeGenerator generator, VariableAllocator.Variable result, string left, string? rightWord, string right, bool isDouble)
    {
        string leftFactor = $"(ulong)(uint){Word(left, isDouble)}";
        string rightFactor = rightWord is null ? $"(uint){right}" : $"(uint){Word(rightWord, isDouble)}";
        generator.Declare(result);
        using (CLCodeGenerator.StatementEmitter high = generator.BeginStatement(result, new FieldAccess(0)))
        {
            high.AppendCommand(Lane($"({leftFactor} * {rightFactor}) >> 32", isDouble));
        }

        using CLCodeGenerator.StatementEmitter low = generator.BeginStatement(result, new FieldAccess(1));
        low.AppendCommand(Lane($"(uint)({leftFactor} * {rightFactor})", isDouble));
    }

    private static string Mask(string condition, bool isDouble) => isDouble ? $"({condition}) ? 1.0 : 0.0" : $"({condition}) ? 1.0f : 0.0f";

    private static string IsTrue(string mask, bool isDouble) => isDouble ? $"({mask} != 0.0)" : $"({mask} != 0.0f)";

    // A word is kept in a real number that has its bits.
    private static string Word(string lane, bool isDouble) => isDouble ? $"as_ulong({lane})" : $"as_uint({lane})";

    private static string Lane(string integer, bool isDouble) => isDouble ? $"as_double((ulong)({integer}))" : $"as_float((uint)({integer}))";

    private static string Text(VariableAllocator.Variable variable)
    {
        if (variable is not VariableAllocator.ConstantVariable { Value: PrimitiveValue constant })
        {
            return variable.ToString()!;
        }

        return constant.BasicValueType switch
        {
            BasicValueType.Int1 => constant.Int1Value ? "true" : "false",
            BasicValueType.Int32 => string.Create(CultureInfo.InvariantCulture, $"((int)0x{constant.UInt32Value:x8}u)"),
            BasicValueType.Int64 => string.Create(CultureInfo.InvariantCulture, $"((long)0x{constant.UInt64Value:x16}ul)"),
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
