namespace GpuSampling.Kernels.Functions;

/// <summary>
/// The project's own elementary functions: minimax polynomials over the lane types' correctly rounded operations, so that every
/// engine computes the same bits. Each states its error bound in units in the last place (ulp).
/// </summary>
public static partial class Elementary
{
}
