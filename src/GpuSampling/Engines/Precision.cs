namespace GpuSampling.Engines;

/// <summary>The floating-point type in which chains are computed and draws are kept.</summary>
public enum Precision
{
    /// <summary>32 bits: twice the chains in a register or more, and enough for most posteriors.</summary>
    Single = 32,

    /// <summary>64 bits.</summary>
    Double = 64,
}
