using GpuSampling.Generators.Tests.Support;

namespace GpuSampling.Generators.Tests;

/// <summary>Iterations that end early, at every depth, against the same C# run with dual numbers.</summary>
public class ControlFlowTests
{
    [Theory]
    [InlineData("if (i % 2 == 0) { continue; } r += Math.Sin(a + i);")]
    [InlineData("if (i > 1) { if (i == 3) { continue; } r += 2 * a; } r += Math.Sin(a + i);")]
    [InlineData("if (a > 0) { if (b > 0) { continue; } r += 2 * a; } r += Math.Sin(a + i);")]
    [InlineData("if (a > 0) { r *= a; continue; } r += Math.Sin(a + i);")]
    [InlineData("if (i > 0) { if (a * i > b) { r -= b; continue; } else { r *= b; } } else { r += 1; } r += Math.Sin(a + i);")]
    [InlineData("{ if (a < b) { continue; } r += 1; } r += Math.Sin(a + i);")]
    [InlineData("for (int j = 0; j < i; j++) { if (j == 1) { if (a > b) { continue; } } r += j * a; } if (i == 2) { continue; } r += Math.Sin(a + i);")]
    public void An_iteration_may_end_early(string iteration) => ModelCase.Check(
        $$"""
        [Model]
        public partial class Skipping
        {
            [Parameter] double a, b;

            double LogDensity()
            {
                double r = 0.3;
                for (int i = 0; i < 5; i++)
                {
                    {{iteration}}
                }

                return r - a * a - b * b;
            }
        }
        """, "{}", points: 20);
}
