using ILGPU;
using ILGPU.Backends.PTX;
using ILGPU.IR.Values;
using Constant = ILGPU.Backends.RegisterAllocator<ILGPU.Backends.PTX.PTXRegisterKind>.ConstantRegister;
using Operand = ILGPU.Backends.RegisterAllocator<ILGPU.Backends.PTX.PTXRegisterKind>.PrimitiveRegister;
using Register = ILGPU.Backends.RegisterAllocator<ILGPU.Backends.PTX.PTXRegisterKind>.HardwareRegister;
using Value = ILGPU.IR.Value;

namespace GpuSampling.Ilgpu.Arithmetic;

/// <summary>The PTX of <see cref="LaneInstructions"/>.</summary>
/// <remarks>
/// Every rounding instruction says <c>.rn</c>: ptxas fuses <c>mul</c> and <c>add</c> that do not. None says <c>.ftz</c>, so
/// subnormal numbers are kept.
/// </remarks>
internal static class PtxLaneInstructions
{
    /// <summary>Writes the instructions of one call. ILGPU calls it for every call of a lane instruction.</summary>
    /// <param name="backend">The back end.</param>
    /// <param name="generator">The generator of the current function.</param>
    /// <param name="value">The call.</param>
    public static void Emit(PTXBackend backend, PTXCodeGenerator generator, Value value)
    {
        MethodCall method = (MethodCall)value;
        PtxCall call = new(generator, method);
        string name = method.Target.Source.Name;
        if (!EmitReal(call, name) && !EmitMask(call, name) && !EmitWord(call, name))
        {
            throw new NotSupportedException($"No PTX is known for {name}.");
        }
    }

    private static bool EmitReal(PtxCall call, string name)
    {
        string real = call.Real;
        switch (name)
        {
            case nameof(LaneInstructions.Zero):
                call.MoveConstant(call.Result, 0.0);
                return true;
            case nameof(LaneInstructions.One):
                call.MoveConstant(call.Result, 1.0);
                return true;
            case nameof(LaneInstructions.Constant):
                EmitConstant(call);
                return true;
            case nameof(LaneInstructions.FromInteger):
                call.Command($"cvt.rn.{real}.s32", call.Result, call[0]);
                return true;
            case nameof(LaneInstructions.Add):
                call.Command($"add.rn.{real}", call.Result, call[0], call[1]);
                return true;
            case nameof(LaneInstructions.Subtract):
                call.Command($"sub.rn.{real}", call.Result, call[0], call[1]);
                return true;
            case nameof(LaneInstructions.Multiply):
                call.Command($"mul.rn.{real}", call.Result, call[0], call[1]);
                return true;
            case nameof(LaneInstructions.Divide):
                call.Command($"div.rn.{real}", call.Result, call[0], call[1]);
                return true;
            case nameof(LaneInstructions.Negate):
                call.Command($"neg.{real}", call.Result, call[0]);
                return true;
            case nameof(LaneInstructions.FusedMultiplyAdd):
                call.Command($"fma.rn.{real}", call.Result, call[0], call[1], call[2]);
                return true;
            case nameof(LaneInstructions.FusedNegatedMultiplyAdd):
                call.Command($"fma.rn.{real}", call.Result, Negated(call, 0), call[1], call[2]);
                return true;
            case nameof(LaneInstructions.FusedMultiplySubtract):
                call.Command($"fma.rn.{real}", call.Result, call[0], call[1], Negated(call, 2));
                return true;
            case nameof(LaneInstructions.Sqrt):
                call.Command($"sqrt.rn.{real}", call.Result, call[0]);
                return true;
            case nameof(LaneInstructions.Abs):
                call.Command($"abs.{real}", call.Result, call[0]);
                return true;
            case nameof(LaneInstructions.Floor):
                call.Command($"cvt.rmi.{real}.{real}", call.Result, call[0]);
                return true;
            case nameof(LaneInstructions.RoundToEven):
                call.Command($"cvt.rni.{real}.{real}", call.Result, call[0]);
                return true;
            case nameof(LaneInstructions.Min):
                call.Command($"selp.{real}", call.Result, call[0], call[1], Compared(call, "lt"));
                return true;
            case nameof(LaneInstructions.Max):
                call.Command($"selp.{real}", call.Result, call[0], call[1], Compared(call, "gt"));
                return true;
            case nameof(LaneInstructions.Select):
            case nameof(LaneInstructions.SelectWord):
                call.Command($"selp.{real}", call.Result, call[1], call[2], call.Predicate(0));
                return true;
            case nameof(LaneInstructions.FromBits):
                call.Command($"mov.{call.Bits}", call.Result, call.Word(0));
                return true;
            case nameof(LaneInstructions.FromSignedWord):
                call.Command($"cvt.rn.{real}.{(call.IsDouble ? "s64" : "s32")}", call.Result, call.Word(0));
                return true;
            case nameof(LaneInstructions.ToInt32):
                call.Command("mov.b32", call.Result, call.LowHalf(0));
                return true;
            default:
                return false;
        }
    }

    private static bool EmitMask(PtxCall call, string name)
    {
        switch (name)
        {
            case nameof(LaneInstructions.LessThan):
                call.FinishMask(Compared(call, "lt"));
                return true;
            case nameof(LaneInstructions.LessThanOrEqual):
                call.FinishMask(Compared(call, "le"));
                return true;
            case nameof(LaneInstructions.GreaterThan):
                call.FinishMask(Compared(call, "gt"));
                return true;
            case nameof(LaneInstructions.GreaterThanOrEqual):
                call.FinishMask(Compared(call, "ge"));
                return true;
            case nameof(LaneInstructions.AreEqual):
                call.FinishMask(Compared(call, "eq"));
                return true;
            case nameof(LaneInstructions.LessThanOfWords):
                call.FinishMask(PredicateOf(call, $"setp.lt.{call.Unsigned}", call.Word(0), call.Word(1)));
                return true;
            case nameof(LaneInstructions.AreEqualWords):
                call.FinishMask(PredicateOf(call, $"setp.eq.{call.Unsigned}", call.Word(0), call.Word(1)));
                return true;
            case nameof(LaneInstructions.And):
                call.FinishMask(PredicateOf(call, "and.pred", call.Predicate(0), call.Predicate(1)));
                return true;
            case nameof(LaneInstructions.Or):
                call.FinishMask(PredicateOf(call, "or.pred", call.Predicate(0), call.Predicate(1)));
                return true;
            case nameof(LaneInstructions.Not):
                call.FinishMask(PredicateOf(call, "not.pred", call.Predicate(0)));
                return true;
            case nameof(LaneInstructions.IsTrue):
                call.Command("mov.pred", call.Result, call.Predicate(0));
                return true;
            case nameof(LaneInstructions.UniformMask):
                if (call[0] is Constant truth)
                {
                    call.MoveConstant(call.Result, truth.Value.Int1Value ? 1.0 : 0.0);
                }
                else
                {
                    call.FinishMask((Register)call[0]);
                }

                return true;
            default:
                return false;
        }
    }

    private static bool EmitWord(PtxCall call, string name)
    {
        switch (name)
        {
            case nameof(LaneInstructions.ToBits):
                call.FinishWord(call.Word(0));
                return true;
            case nameof(LaneInstructions.WordConstant):
                EmitWordConstant(call);
                return true;
            case nameof(LaneInstructions.AddWords):
                call.FinishWord(WordOf(call, $"add.{call.Unsigned}"));
                return true;
            case nameof(LaneInstructions.SubtractWords):
                call.FinishWord(WordOf(call, $"sub.{call.Unsigned}"));
                return true;
            case nameof(LaneInstructions.BitwiseAnd):
                call.FinishWord(WordOf(call, $"and.{call.Bits}"));
                return true;
            case nameof(LaneInstructions.BitwiseOr):
                call.FinishWord(WordOf(call, $"or.{call.Bits}"));
                return true;
            case nameof(LaneInstructions.ExclusiveOr):
                call.FinishWord(WordOf(call, $"xor.{call.Bits}"));
                return true;
            case nameof(LaneInstructions.ExclusiveOrOfThree):
                Register ofTwo = WordOf(call, $"xor.{call.Bits}");
                Register ofThree = call.NewWord();
                call.Command($"xor.{call.Bits}", ofThree, ofTwo, call.Word(2));
                call.FinishWord(ofThree);
                return true;
            case nameof(LaneInstructions.ShiftLeft):
                EmitShift(call, $"shl.{call.Bits}");
                return true;
            case nameof(LaneInstructions.ShiftRight):
                EmitShift(call, $"shr.{call.Unsigned}");
                return true;
            case nameof(LaneInstructions.RotateLeft32):
                Register low = call.LowHalf(0);
                Register rotated = call.NewInt32();
                call.Command("shf.l.wrap.b32", rotated, low, low, call[1]);
                call.FinishWord(Widened(call, rotated));
                return true;
            case nameof(LaneInstructions.KeepLow32):
                call.FinishWord(Widened(call, call.LowHalf(0)));
                return true;
            case nameof(LaneInstructions.MultiplyWideByUniform):
                EmitProduct(call, call[1]);
                return true;
            case nameof(LaneInstructions.MultiplyWide):
                EmitProduct(call, call.LowHalf(1));
                return true;
            default:
                return false;
        }
    }

    private static void EmitConstant(PtxCall call)
    {
        if (call[0] is Constant constant)
        {
            call.MoveConstant(call.Result, constant.Value.Float64Value);
        }
        else
        {
            call.Command(call.IsDouble ? "mov.f64" : "cvt.rn.f32.f64", call.Result, call[0]);
        }
    }

    private static void EmitWordConstant(PtxCall call)
    {
        Register word = call.NewWord();
        if (call[0] is Constant constant)
        {
            call.MoveConstant(word, constant.Value.UInt64Value);
        }
        else
        {
            call.Command(call.IsDouble ? "mov.b64" : "cvt.u32.u64", word, call[0]);
        }

        call.FinishWord(word);
    }

    private static void EmitShift(PtxCall call, string instruction)
    {
        Register word = call.NewWord();
        call.Command(instruction, word, call.Word(0), call[1]);
        call.FinishWord(word);
    }

    // Both halves by one instruction.
    private static void EmitProduct(PtxCall call, Operand right)
    {
        Register product = call.NewInt64();
        Register high = call.NewInt32();
        Register low = call.NewInt32();
        call.Command("mul.wide.u32", product, call.LowHalf(0), right);
        call.Split(low, high, product);
        call.Command($"mov.{call.Bits}", call.Half(0), Widened(call, high));
        call.Command($"mov.{call.Bits}", call.Half(1), Widened(call, low));
    }

    private static Register Negated(PtxCall call, int argument)
    {
        Register negated = call.NewReal();
        call.Command($"neg.{call.Real}", negated, call[argument]);
        return negated;
    }

    private static Register Compared(PtxCall call, string relation) => PredicateOf(call, $"setp.{relation}.{call.Real}", call[0], call[1]);

    private static Register PredicateOf(PtxCall call, string instruction, params ReadOnlySpan<Operand> operands)
    {
        Register predicate = call.NewPredicate();
        call.Command(instruction, predicate, operands);
        return predicate;
    }

    private static Register WordOf(PtxCall call, string instruction)
    {
        Register word = call.NewWord();
        call.Command(instruction, word, call.Word(0), call.Word(1));
        return word;
    }

    private static Register Widened(PtxCall call, Register low)
    {
        if (!call.IsDouble)
        {
            return low;
        }

        Register word = call.NewWord();
        call.Command("cvt.u64.u32", word, low);
        return word;
    }
}
