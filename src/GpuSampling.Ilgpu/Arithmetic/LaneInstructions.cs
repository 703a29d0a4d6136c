using System.Runtime.CompilerServices;
using GpuSampling.Kernels.Lanes;
using ILGPU.IR.Intrinsics;

namespace GpuSampling.Ilgpu.Arithmetic;

/// <summary>
/// What stands for the members of the scalar lane types, and the operators of their words and masks, inside device code. ILGPU
/// asks <see cref="PtxLaneInstructions"/> and <see cref="OpenClLaneInstructions"/> for the instructions of each call and leaves
/// the calls alone otherwise, whereas it would re-associate and fold plain operators, and take long to inline the members.
/// </summary>
/// <remarks>The bodies say what the instructions compute; they never run.</remarks>
internal static class LaneInstructions
{
    [IntrinsicImplementation]
    [Replaces("get_Zero")]
    public static T Zero<T>()
        where T : struct, IReal<T> => T.Zero;

    [IntrinsicImplementation]
    [Replaces("get_One")]
    public static T One<T>()
        where T : struct, IReal<T> => T.One;

    [IntrinsicImplementation]
    [Replaces("Constant")]
    public static T Constant<T>(double value)
        where T : struct, IReal<T> => T.Constant(value);

    [IntrinsicImplementation]
    [Replaces("FromInteger")]
    public static T FromInteger<T>(int value)
        where T : struct, IReal<T> => T.FromInteger(value);

    [IntrinsicImplementation]
    [Replaces("op_Addition")]
    public static T Add<T>(T left, T right)
        where T : struct, IReal<T> => left + right;

    [IntrinsicImplementation]
    [Replaces("op_Subtraction")]
    public static T Subtract<T>(T left, T right)
        where T : struct, IReal<T> => left - right;

    [IntrinsicImplementation]
    [Replaces("op_Multiply")]
    public static T Multiply<T>(T left, T right)
        where T : struct, IReal<T> => left * right;

    [IntrinsicImplementation]
    [Replaces("op_Division")]
    public static T Divide<T>(T left, T right)
        where T : struct, IReal<T> => left / right;

    [IntrinsicImplementation]
    [Replaces("op_UnaryNegation")]
    public static T Negate<T>(T value)
        where T : struct, IReal<T> => -value;

    [IntrinsicImplementation]
    [Replaces("FusedMultiplyAdd")]
    public static T FusedMultiplyAdd<T>(T left, T right, T addend)
        where T : struct, IReal<T> => T.FusedMultiplyAdd(left, right, addend);

    [IntrinsicImplementation]
    [Replaces("FusedNegatedMultiplyAdd")]
    public static T FusedNegatedMultiplyAdd<T>(T left, T right, T addend)
        where T : struct, IReal<T> => T.FusedNegatedMultiplyAdd(left, right, addend);

    [IntrinsicImplementation]
    [Replaces("FusedMultiplySubtract")]
    public static T FusedMultiplySubtract<T>(T left, T right, T subtrahend)
        where T : struct, IReal<T> => T.FusedMultiplySubtract(left, right, subtrahend);

    [IntrinsicImplementation]
    [Replaces("Sqrt")]
    public static T Sqrt<T>(T value)
        where T : struct, IReal<T> => T.Sqrt(value);

    [IntrinsicImplementation]
    [Replaces("Abs")]
    public static T Abs<T>(T value)
        where T : struct, IReal<T> => T.Abs(value);

    [IntrinsicImplementation]
    [Replaces("Floor")]
    public static T Floor<T>(T value)
        where T : struct, IReal<T> => T.Floor(value);

    [IntrinsicImplementation]
    [Replaces("RoundToEven")]
    public static T RoundToEven<T>(T value)
        where T : struct, IReal<T> => T.RoundToEven(value);

    [IntrinsicImplementation]
    [Replaces("Min")]
    public static T Min<T>(T left, T right)
        where T : struct, IReal<T> => T.Min(left, right);

    [IntrinsicImplementation]
    [Replaces("Max")]
    public static T Max<T>(T left, T right)
        where T : struct, IReal<T> => T.Max(left, right);

    [IntrinsicImplementation]
    [Replaces("op_LessThan")]
    public static Mask<T> LessThan<T>(T left, T right)
        where T : struct, IReal<T> => left < right;

    [IntrinsicImplementation]
    [Replaces("op_LessThanOrEqual")]
    public static Mask<T> LessThanOrEqual<T>(T left, T right)
        where T : struct, IReal<T> => left <= right;

    [IntrinsicImplementation]
    [Replaces("op_GreaterThan")]
    public static Mask<T> GreaterThan<T>(T left, T right)
        where T : struct, IReal<T> => left > right;

    [IntrinsicImplementation]
    [Replaces("op_GreaterThanOrEqual")]
    public static Mask<T> GreaterThanOrEqual<T>(T left, T right)
        where T : struct, IReal<T> => left >= right;

    [IntrinsicImplementation]
    [Replaces("AreEqual")]
    public static Mask<T> AreEqual<T>(T left, T right)
        where T : struct, IReal<T> => T.AreEqual(left, right);

    [IntrinsicImplementation]
    [Replaces("Select")]
    public static T Select<T>(Mask<T> mask, T whenTrue, T whenFalse)
        where T : struct, IReal<T> => T.Select(mask, whenTrue, whenFalse);

    [IntrinsicImplementation]
    [Replaces("UniformMask")]
    public static Mask<T> UniformMask<T>(bool value)
        where T : struct, IReal<T> => T.UniformMask(value);

    [IntrinsicImplementation]
    [Replaces("And")]
    [Replaces("op_BitwiseAnd")]
    public static Mask<T> And<T>(Mask<T> left, Mask<T> right)
        where T : struct, IReal<T> => T.And(left, right);

    [IntrinsicImplementation]
    [Replaces("Or")]
    [Replaces("op_BitwiseOr")]
    public static Mask<T> Or<T>(Mask<T> left, Mask<T> right)
        where T : struct, IReal<T> => T.Or(left, right);

    [IntrinsicImplementation]
    [Replaces("Not")]
    [Replaces("op_LogicalNot")]
    public static Mask<T> Not<T>(Mask<T> mask)
        where T : struct, IReal<T> => T.Not(mask);

    [IntrinsicImplementation]
    [Replaces("Any")]
    [Replaces("All")]
    public static bool IsTrue<T>(Mask<T> mask)
        where T : struct, IReal<T> => T.Any(mask);

    [IntrinsicImplementation]
    [Replaces("ToBits")]
    public static Word<T> ToBits<T>(T value)
        where T : struct, IReal<T> => T.ToBits(value);

    /// <summary>The low 32 bits of a word as a signed integer: the index of a thread's own element.</summary>
    [IntrinsicImplementation]
    public static int ToInt32<T>(Word<T> word)
        where T : struct, IReal<T>
    {
        T bits = T.FromBits(word);
        return Unsafe.As<T, int>(ref bits);
    }

    [IntrinsicImplementation]
    [Replaces("FromBits")]
    public static T FromBits<T>(Word<T> bits)
        where T : struct, IReal<T> => T.FromBits(bits);

    [IntrinsicImplementation]
    [Replaces("FromSignedWord")]
    public static T FromSignedWord<T>(Word<T> word)
        where T : struct, IReal<T> => T.FromSignedWord(word);

    [IntrinsicImplementation]
    [Replaces("WordConstant")]
    public static Word<T> WordConstant<T>(ulong value)
        where T : struct, IReal<T> => T.WordConstant(value);

    [IntrinsicImplementation]
    [Replaces("Add")]
    [Replaces("op_Addition")]
    public static Word<T> AddWords<T>(Word<T> left, Word<T> right)
        where T : struct, IReal<T> => T.Add(left, right);

    [IntrinsicImplementation]
    [Replaces("Subtract")]
    [Replaces("op_Subtraction")]
    public static Word<T> SubtractWords<T>(Word<T> left, Word<T> right)
        where T : struct, IReal<T> => T.Subtract(left, right);

    [IntrinsicImplementation]
    [Replaces("BitwiseAnd")]
    [Replaces("op_BitwiseAnd")]
    public static Word<T> BitwiseAnd<T>(Word<T> left, Word<T> right)
        where T : struct, IReal<T> => T.BitwiseAnd(left, right);

    [IntrinsicImplementation]
    [Replaces("BitwiseOr")]
    [Replaces("op_BitwiseOr")]
    public static Word<T> BitwiseOr<T>(Word<T> left, Word<T> right)
        where T : struct, IReal<T> => T.BitwiseOr(left, right);

    [IntrinsicImplementation]
    [Replaces("ExclusiveOr")]
    [Replaces("op_ExclusiveOr")]
    public static Word<T> ExclusiveOr<T>(Word<T> left, Word<T> right)
        where T : struct, IReal<T> => T.ExclusiveOr(left, right);

    [IntrinsicImplementation]
    [Replaces("ExclusiveOr")]
    public static Word<T> ExclusiveOrOfThree<T>(Word<T> first, Word<T> second, Word<T> third)
        where T : struct, IReal<T> => T.ExclusiveOr(first, second, third);

    [IntrinsicImplementation]
    [Replaces("ShiftLeft")]
    [Replaces("op_LeftShift")]
    public static Word<T> ShiftLeft<T>(Word<T> word, int count)
        where T : struct, IReal<T> => T.ShiftLeft(word, count);

    [IntrinsicImplementation]
    [Replaces("ShiftRight")]
    [Replaces("op_UnsignedRightShift")]
    public static Word<T> ShiftRight<T>(Word<T> word, int count)
        where T : struct, IReal<T> => T.ShiftRight(word, count);

    [IntrinsicImplementation]
    [Replaces("RotateLeft32")]
    public static Word<T> RotateLeft32<T>(Word<T> word, int count)
        where T : struct, IReal<T> => T.RotateLeft32(word, count);

    [IntrinsicImplementation]
    [Replaces("KeepLow32")]
    public static Word<T> KeepLow32<T>(Word<T> word)
        where T : struct, IReal<T> => T.KeepLow32(word);

    [IntrinsicImplementation]
    [Replaces("MultiplyWide32")]
    public static WordPair<T> MultiplyWideByUniform<T>(Word<T> left, uint right)
        where T : struct, IReal<T> => T.MultiplyWide32(left, right);

    [IntrinsicImplementation]
    [Replaces("MultiplyWide32")]
    public static WordPair<T> MultiplyWide<T>(Word<T> left, Word<T> right)
        where T : struct, IReal<T> => T.MultiplyWide32(left, right);

    [IntrinsicImplementation]
    [Replaces("LessThan")]
    public static Mask<T> LessThanOfWords<T>(Word<T> left, Word<T> right)
        where T : struct, IReal<T> => T.LessThan(left, right);

    [IntrinsicImplementation]
    [Replaces("AreEqual")]
    public static Mask<T> AreEqualWords<T>(Word<T> left, Word<T> right)
        where T : struct, IReal<T> => T.AreEqual(left, right);

    [IntrinsicImplementation]
    [Replaces("Select")]
    public static Word<T> SelectWord<T>(Mask<T> mask, Word<T> whenTrue, Word<T> whenFalse)
        where T : struct, IReal<T> => T.Select(mask, whenTrue, whenFalse);

    /// <summary>Names a member that a method stands for: of the lane type, or of its <see cref="Word{T}"/> or <see cref="Mask{T}"/>.</summary>
    /// <param name="member">The name in metadata; the parameters are the method's.</param>
    [AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
    internal sealed class ReplacesAttribute(string member) : Attribute
    {
        /// <summary>The member's name.</summary>
        public string Member { get; } = member;
    }
}
