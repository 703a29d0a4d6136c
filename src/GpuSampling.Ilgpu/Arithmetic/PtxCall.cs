using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;
using ILGPU;
using ILGPU.Backends;
using ILGPU.Backends.PTX;
using ILGPU.IR.Values;
using Operand = ILGPU.Backends.RegisterAllocator<ILGPU.Backends.PTX.PTXRegisterKind>.PrimitiveRegister;
using Register = ILGPU.Backends.RegisterAllocator<ILGPU.Backends.PTX.PTXRegisterKind>.HardwareRegister;
using Value = ILGPU.IR.Value;

namespace GpuSampling.Ilgpu.Arithmetic;

/// <summary>One call of a lane instruction, while its PTX is written.</summary>
/// <remarks>
/// ILGPU gives every lane, word and mask a floating-point register. A word has an integer register beside it, a mask a
/// predicate; whatever uses the word or mask in the same function uses those, and ptxas drops the float. Only words and masks
/// that pass through a loop's variable or through memory are converted again.
/// </remarks>
internal readonly struct PtxCall
{
    // The integer or predicate register of each word and mask of the functions that are being written; they go with the values.
    private static readonly ConditionalWeakTable<Value, Register> Twins = [];

    private readonly PTXCodeGenerator generator;
    private readonly MethodCall call;

    public PtxCall(PTXCodeGenerator generator, MethodCall call)
    {
        this.generator = generator;
        this.call = call;
        IsDouble = call.Target.Source.GetGenericArguments()[0] == typeof(Float64);
    }

    /// <summary>Whether the lane type is <see cref="Float64"/>.</summary>
    public bool IsDouble { get; }

    /// <summary>The suffix of real instructions.</summary>
    public string Real => IsDouble ? "f64" : "f32";

    /// <summary>The suffix of bitwise instructions on words.</summary>
    public string Bits => IsDouble ? "b64" : "b32";

    /// <summary>The suffix of instructions on words as unsigned integers.</summary>
    public string Unsigned => IsDouble ? "u64" : "u32";

    /// <summary>An argument as ILGPU keeps it.</summary>
    public Operand this[int argument] => generator.LoadPrimitive(call[argument]);

    /// <summary>The register of a real result.</summary>
    public Register Result => generator.AllocateHardware(call);

    /// <summary>A new register for a real number.</summary>
    public Register NewReal() => IsDouble
        ? generator.AllocateRegister(BasicValueType.Float64, PTXRegisterKind.Float64)
        : generator.AllocateRegister(BasicValueType.Float32, PTXRegisterKind.Float32);

    /// <summary>A new 32-bit integer register.</summary>
    public Register NewInt32() => generator.AllocateRegister(BasicValueType.Int32, PTXRegisterKind.Int32);

    /// <summary>A new 64-bit integer register.</summary>
    public Register NewInt64() => generator.AllocateRegister(BasicValueType.Int64, PTXRegisterKind.Int64);

    /// <summary>A new register for a word.</summary>
    public Register NewWord() => IsDouble ? NewInt64() : NewInt32();

    /// <summary>A new predicate register.</summary>
    public Register NewPredicate() => generator.AllocateRegister(BasicValueType.Int1, PTXRegisterKind.Predicate);

    /// <summary>The register of one half of a pair of words.</summary>
    public Register Half(int index) =>
        (Register)((RegisterAllocator<PTXRegisterKind>.CompoundRegister)generator.Allocate(call)).Children[index];

    /// <summary>Writes an instruction.</summary>
    public void Command(string instruction, Register result, params ReadOnlySpan<Operand> operands)
    {
        using PTXCodeGenerator.CommandEmitter command = generator.BeginCommand(instruction);
        command.AppendArgument(result);
        foreach (Operand operand in operands)
        {
            command.AppendArgument(operand);
        }
    }

    /// <summary>Writes the split of a 64-bit integer.</summary>
    public void Split(Register low, Register high, Register whole)
    {
        using PTXCodeGenerator.CommandEmitter command = generator.BeginCommand("mov.b64");
        command.AppendVectorArgument([low, high]);
        command.AppendArgument(whole);
    }

    /// <summary>Writes a choice between real constants.</summary>
    public void SelectConstants(Register result, int whenTrue, int whenFalse, Register predicate)
    {
        using PTXCodeGenerator.CommandEmitter command = generator.BeginCommand($"selp.{Real}");
        command.AppendArgument(result);
        AppendReal(command, whenTrue);
        AppendReal(command, whenFalse);
        command.AppendArgument(predicate);
    }

    /// <summary>Writes the move of a real constant.</summary>
    public void MoveConstant(Register result, double value)
    {
        using PTXCodeGenerator.CommandEmitter command = generator.BeginCommand($"mov.{Real}");
        command.AppendArgument(result);
        AppendReal(command, value);
    }

    /// <summary>Writes the move of a word constant.</summary>
    public void MoveConstant(Register result, ulong value)
    {
        using PTXCodeGenerator.CommandEmitter command = generator.BeginCommand($"mov.{Bits}");
        command.AppendArgument(result);
        command.AppendConstant(IsDouble ? value : (uint)value);
    }

    /// <summary>The predicate of a mask argument.</summary>
    public Register Predicate(int argument)
    {
        Value mask = call[argument];
        if (Twins.TryGetValue(mask, out Register? predicate))
        {
            return predicate;
        }

        predicate = NewPredicate();
        TestMask(argument, predicate);
        return predicate;
    }

    /// <summary>Writes the test of a mask argument.</summary>
    public void TestMask(int argument, Register predicate)
    {
        Operand mask = this[argument];
        using PTXCodeGenerator.CommandEmitter command = generator.BeginCommand($"setp.neu.{Real}");
        command.AppendArgument(predicate);
        command.AppendArgument(mask);
        AppendReal(command, 0);
    }

    /// <summary>Makes a mask of its predicate.</summary>
    public void FinishMask(Register predicate)
    {
        Twins.AddOrUpdate(call, predicate);
        SelectConstants(Result, 1, 0, predicate);
    }

    /// <summary>The integer register of a word argument.</summary>
    public Register Word(int argument)
    {
        Value value = call[argument];
        if (Twins.TryGetValue(value, out Register? word))
        {
            return word;
        }

        word = NewWord();
        Command($"mov.{Bits}", word, generator.EnsureHardwareRegister(this[argument]));
        return word;
    }

    /// <summary>The low 32 bits of a word argument.</summary>
    public Register LowHalf(int argument)
    {
        Register word = Word(argument);
        if (!IsDouble)
        {
            return word;
        }

        Register low = NewInt32();
        Command("cvt.u32.u64", low, word);
        return low;
    }

    /// <summary>Makes a word of its integer register.</summary>
    public void FinishWord(Register word)
    {
        Twins.AddOrUpdate(call, word);
        Command($"mov.{Bits}", Result, word);
    }

    private void AppendReal(PTXCodeGenerator.CommandEmitter command, double value)
    {
        if (IsDouble)
        {
            command.AppendConstant(value);
        }
        else
        {
            command.AppendConstant((float)value);
        }
    }
}
