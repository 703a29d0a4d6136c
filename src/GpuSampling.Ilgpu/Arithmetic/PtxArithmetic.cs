using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.PTX;
using ILGPU.IR.Values;
using Register = ILGPU.Backends.RegisterAllocator<ILGPU.Backends.PTX.PTXRegisterKind>.HardwareRegister;
using Value = ILGPU.IR.Value;

namespace GpuSampling.Ilgpu.Arithmetic;

/// <summary>The PTX instructions of <see cref="DeviceArithmetic"/>.</summary>
/// <remarks>
/// Every rounding instruction says <c>.rn</c>: ptxas fuses <c>mul</c> and <c>add</c> that do not. None says <c>.ftz</c>, so
/// subnormal numbers are kept. A mask has a predicate register beside its float register, and whatever uses the mask in the
/// same function uses the predicate: ptxas removes the float. Only masks that pass through a loop's variable are tested again.
/// </remarks>
internal static class PtxArithmetic
{
    // The predicate of each mask of the functions that are being generated. It goes when the intermediate code goes.
    private static readonly ConditionalWeakTable<Value, Register> Predicates = [];

    /// <summary>Emits the instructions of one call. ILGPU calls it for every call of a <see cref="DeviceArithmetic"/> method.</summary>
    /// <param name="backend">The back end.</param>
    /// <param name="generator">The generator of the current function.</param>
    /// <param name="value">The call.</param>
    public static void Emit(PTXBackend backend, PTXCodeGenerator generator, Value value)
    {
        MethodCall call = (MethodCall)value;
        string name = call.Target.Source.Name;
        Register result = generator.AllocateHardware(call);
        string real = result.BasicValueType == BasicValueType.Float64 ? "f64" : "f32";
        switch (name)
        {
            case nameof(DeviceArithmetic.Add):
                Command(generator, $"add.rn.{real}", result, call);
                break;
            case nameof(DeviceArithmetic.Subtract):
                Command(generator, $"sub.rn.{real}", result, call);
                break;
            case nameof(DeviceArithmetic.Multiply):
                Command(generator, $"mul.rn.{real}", result, call);
                break;
            case nameof(DeviceArithmetic.Divide):
                Command(generator, $"div.rn.{real}", result, call);
                break;
            case nameof(DeviceArithmetic.FusedMultiplyAdd):
                Command(generator, $"fma.rn.{real}", result, call);
                break;
            case nameof(DeviceArithmetic.Sqrt):
                Command(generator, $"sqrt.rn.{real}", result, call);
                break;
            case nameof(DeviceArithmetic.Negate):
                Command(generator, $"neg.{real}", result, call);
                break;
            case nameof(DeviceArithmetic.Abs):
                Command(generator, $"abs.{real}", result, call);
                break;
            case nameof(DeviceArithmetic.Floor):
                Command(generator, $"cvt.rmi.{real}.{real}", result, call);
                break;
            case nameof(DeviceArithmetic.RoundToEven):
                Command(generator, $"cvt.rni.{real}.{real}", result, call);
                break;
            case nameof(DeviceArithmetic.ToBits):
                Command(generator, result.BasicValueType == BasicValueType.Int64 ? "mov.b64" : "mov.b32", result, call);
                break;
            case nameof(DeviceArithmetic.FromBits):
                Command(generator, result.BasicValueType == BasicValueType.Float64 ? "mov.b64" : "mov.b32", result, call);
                break;
            case nameof(DeviceArithmetic.MultiplyWide):
                Command(generator, "mul.wide.u32", result, call);
                break;
            case nameof(DeviceArithmetic.LessThan):
                Compare(generator, "lt", real, result, call);
                break;
            case nameof(DeviceArithmetic.LessThanOrEqual):
                Compare(generator, "le", real, result, call);
                break;
            case nameof(DeviceArithmetic.AreEqual):
                Compare(generator, "eq", real, result, call);
                break;
            case nameof(DeviceArithmetic.Select):
                Select(generator, real, result, call);
                break;
            case nameof(DeviceArithmetic.And):
                Combine(generator, "and.pred", real, result, call);
                break;
            case nameof(DeviceArithmetic.Or):
                Combine(generator, "or.pred", real, result, call);
                break;
            case nameof(DeviceArithmetic.Not):
                Invert(generator, real, result, call);
                break;
            case nameof(DeviceArithmetic.IsTrue):
                TestMask(generator, call[0], result);
                break;
            default:
                throw new NotSupportedException($"No PTX is known for {name}.");
        }
    }

    private static void Command(PTXCodeGenerator generator, string instruction, Register result, MethodCall call)
    {
        // Loaded before the command begins: loading may itself emit code.
        RegisterAllocator<PTXRegisterKind>.PrimitiveRegister[] arguments = LoadArguments(generator, call);
        using PTXCodeGenerator.CommandEmitter command = generator.BeginCommand(instruction);
        command.AppendArgument(result);
        foreach (RegisterAllocator<PTXRegisterKind>.PrimitiveRegister argument in arguments)
        {
            command.AppendArgument(argument);
        }
    }

    private static void Compare(PTXCodeGenerator generator, string relation, string real, Register result, MethodCall call)
    {
        string operand = call[0].BasicValueType switch
        {
            BasicValueType.Int32 => "u32",
            BasicValueType.Int64 => "u64",
            _ => real,
        };
        PredicateCommand(generator, $"setp.{relation}.{operand}", call, LoadArguments(generator, call));
        SelectConstants(generator, real, result, call);
    }

    private static void Select(PTXCodeGenerator generator, string real, Register result, MethodCall call)
    {
        RegisterAllocator<PTXRegisterKind>.PrimitiveRegister[] arguments = LoadArguments(generator, call);
        Register mask = PredicateOf(generator, call[0]);
        using PTXCodeGenerator.CommandEmitter command = generator.BeginCommand($"selp.{real}");
        command.AppendArgument(result);
        command.AppendArgument(arguments[1]);
        command.AppendArgument(arguments[2]);
        command.AppendArgument(mask);
    }

    private static void Combine(PTXCodeGenerator generator, string instruction, string real, Register result, MethodCall call)
    {
        PredicateCommand(generator, instruction, call, PredicateOf(generator, call[0]), PredicateOf(generator, call[1]));
        SelectConstants(generator, real, result, call);
    }

    private static void Invert(PTXCodeGenerator generator, string real, Register result, MethodCall call)
    {
        PredicateCommand(generator, "not.pred", call, PredicateOf(generator, call[0]));
        SelectConstants(generator, real, result, call);
    }

    // Computes the predicate of a mask and keeps it for those who use the mask.
    private static void PredicateCommand(
        PTXCodeGenerator generator, string instruction, MethodCall mask, params RegisterAllocator<PTXRegisterKind>.PrimitiveRegister[] arguments)
    {
        Register predicate = AllocatePredicate(generator);
        using PTXCodeGenerator.CommandEmitter command = generator.BeginCommand(instruction);
        command.AppendArgument(predicate);
        foreach (RegisterAllocator<PTXRegisterKind>.PrimitiveRegister argument in arguments)
        {
            command.AppendArgument(argument);
        }

        Predicates.Add(mask, predicate);
    }

    private static Register PredicateOf(PTXCodeGenerator generator, Value mask)
    {
        if (Predicates.TryGetValue(mask, out Register? predicate))
        {
            return predicate;
        }

        predicate = AllocatePredicate(generator);
        TestMask(generator, mask, predicate);
        return predicate;
    }

    private static void TestMask(PTXCodeGenerator generator, Value mask, Register predicate)
    {
        string real = mask.BasicValueType == BasicValueType.Float64 ? "f64" : "f32";
        RegisterAllocator<PTXRegisterKind>.PrimitiveRegister argument = generator.LoadPrimitive(mask);
        using PTXCodeGenerator.CommandEmitter command = generator.BeginCommand($"setp.neu.{real}");
        command.AppendArgument(predicate);
        command.AppendArgument(argument);
        AppendReal(command, real, 0);
    }

    private static void SelectConstants(PTXCodeGenerator generator, string real, Register result, MethodCall mask)
    {
        using PTXCodeGenerator.CommandEmitter command = generator.BeginCommand($"selp.{real}");
        command.AppendArgument(result);
        AppendReal(command, real, 1);
        AppendReal(command, real, 0);
        command.AppendArgument(Predicates.GetValue(mask, _ => throw new InvalidOperationException("A mask without a predicate.")));
    }

    private static void AppendReal(PTXCodeGenerator.CommandEmitter command, string real, int value)
    {
        if (real == "f64")
        {
            command.AppendConstant((double)value);
        }
        else
        {
            command.AppendConstant((float)value);
        }
    }

    private static Register AllocatePredicate(PTXCodeGenerator generator) =>
        generator.AllocateRegister(BasicValueType.Int1, PTXRegisterKind.Predicate);

    private static RegisterAllocator<PTXRegisterKind>.PrimitiveRegister[] LoadArguments(PTXCodeGenerator generator, MethodCall call)
    {
        RegisterAllocator<PTXRegisterKind>.PrimitiveRegister[] arguments = new RegisterAllocator<PTXRegisterKind>.PrimitiveRegister[call.Count];
        for (int i = 0; i < arguments.Length; i++)
        {
            arguments[i] = generator.LoadPrimitive(call[i]);
        }

        return arguments;
    }
}
