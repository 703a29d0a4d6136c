namespace GpuSampling.Tests.Modeling.Densities;

/// <summary>Integrals by the double exponential rule of Takahasi and Mori (1974), which bears singular ends.</summary>
internal static class DoubleExponentialQuadrature
{
    /// <summary>The integral of a function between two ends, either of which may be infinite.</summary>
    /// <param name="function">The integrand.</param>
    /// <param name="lower">The lower end.</param>
    /// <param name="upper">The upper end.</param>
    /// <param name="step">The distance of the nodes after the substitution.</param>
    public static double Integrate(Func<double, double> function, double lower, double upper, double step = 1.0 / 64)
    {
        double sum = 0;
        for (int k = -(int)(6.5 / step); k * step <= 6.5; k++)
        {
            double t = k * step;
            double outer = Math.PI / 2 * Math.Sinh(t), slope = Math.PI / 2 * Math.Cosh(t);
            (double x, double weight) = (double.IsInfinity(lower), double.IsInfinity(upper)) switch
            {
                (false, false) => Finite(lower, upper, outer, slope),
                (false, true) => (lower + Math.Exp(outer), slope * Math.Exp(outer)),
                (true, false) => (upper - Math.Exp(-outer), slope * Math.Exp(-outer)),
                _ => (Math.Sinh(outer), slope * Math.Cosh(outer)),
            };

            // Nodes that rounding moves onto an end have no weight worth counting.
            if (weight > 0 && double.IsFinite(weight) && x > lower && x < upper)
            {
                double value = function(x) * weight;
                sum += double.IsFinite(value) ? value : 0;
            }
        }

        return sum * step;
    }

    private static (double X, double Weight) Finite(double lower, double upper, double outer, double slope)
    {
        double half = 0.5 * (upper - lower);
        double fromEnd = (upper - lower) / (1 + Math.Exp(2 * Math.Abs(outer)));
        double cosh = Math.Cosh(outer);
        return (outer < 0 ? lower + fromEnd : upper - fromEnd, half * slope / (cosh * cosh));
    }
}
