namespace GpuSampling.Generators.Graphs;

/// <summary>What a node computes. The comment gives its operands.</summary>
internal enum Operation
{
    // Real numbers.
    RealConstant,
    Add,                // a + b
    Subtract,           // a − b
    Multiply,           // a · b
    Reciprocal,         // 1 / a
    Divide,             // a / b, correctly rounded, to be rounded to an integer
    Negate,             // −a
    Sqrt,               // √a
    Abs,                // |a|
    Floor,              // ⌊a⌋
    Min,                // min(a, b)
    Max,                // max(a, b)
    Select,             // mask, whenTrue, whenFalse
    UniformSelect,      // condition, whenTrue, whenFalse
    Call,               // elementary function by name
    IntegerToReal,      // integer
    WithoutGradient,    // a, taken as a constant
    Term,               // a: a part of the log-density that is prior or likelihood as a whole

    // Loads of what never changes within a call.
    Position,           // index
    DataReal,           // index; payload: field
    DataInteger,        // index; payload: field
    HoistedReal,        // indices; payload: table
    BlockReal,          // index; a table of rows in blocks, row after row fastest within a block
    ModelInteger,       // payload: name of an integer member of the kernel
    Argument,           // payload: name of an integer argument of the method

    // Integers, the same for all lanes.
    IntegerConstant,
    IntegerAdd,
    IntegerSubtract,
    IntegerMultiply,
    IntegerDivide,
    IntegerRemainder,
    IntegerNegate,
    IntegerSelect,      // condition, whenTrue, whenFalse

    // Truth values, the same for all lanes.
    BooleanConstant,
    IntegerLess,
    IntegerLessOrEqual,
    IntegerEqual,
    BooleanAnd,
    BooleanOr,
    BooleanNot,
    AnyLane,            // mask

    // Masks, a truth value per lane.
    Less,
    LessOrEqual,
    Equal,
    MaskAnd,
    MaskOr,
    MaskNot,
    UniformMask,        // condition

    // Results of statements.
    LoopIndex,          // the counter of a loop
    Carried,            // a value at the start of an iteration
    LoopResult,         // a carried value after the loop, or a sum over its iterations
    BranchResult,       // a value that depends on the branch taken
    Load,               // an element of a local array, now
    Variate,            // a random number of a generated quantity
}
