namespace GpuSampling.Numerics;

/// <summary>
/// The quantile function (inverse cumulative distribution function) of the standard normal distribution, on the host in float64.
/// </summary>
/// <remarks>
/// Wichura, Algorithm AS 241 (PPND16), Applied Statistics 37 (1988) 477-484: three rational minimax approximations with a
/// relative error near 1e-16 over the whole range.
/// </remarks>
internal static class StandardNormalQuantile
{
    private const double CentralHalfWidth = 0.425;

    // 0.425 squared: the centre of the central approximation's argument.
    private const double CentralOffset = 0.180625;

    private const double TailOffset = 1.6;
    private const double FarTailStart = 5.0;

    /// <summary>The z with Phi(z) = <paramref name="probability"/>.</summary>
    /// <param name="probability">A probability; 0 and 1 give minus and plus infinity, anything outside [0, 1] gives NaN.</param>
    public static double Evaluate(double probability)
    {
        double fromHalf = probability - 0.5;
        if (Math.Abs(fromHalf) <= CentralHalfWidth)
        {
            return fromHalf * Central(CentralOffset - (fromHalf * fromHalf));
        }

        double tailProbability = fromHalf < 0 ? probability : 1 - probability;
        if (!(tailProbability > 0))
        {
            return tailProbability == 0 ? Math.CopySign(double.PositiveInfinity, fromHalf) : double.NaN;
        }

        double root = Math.Sqrt(-Math.Log(tailProbability));
        double magnitude = root <= FarTailStart ? Tail(root - TailOffset) : FarTail(root - FarTailStart);
        return Math.CopySign(magnitude, fromHalf);
    }

    private static double Central(double r)
    {
        double numerator = 2.5090809287301226727e+3;
        numerator = (numerator * r) + 3.3430575583588128105e+4;
        numerator = (numerator * r) + 6.7265770927008700853e+4;
        numerator = (numerator * r) + 4.5921953931549871457e+4;
        numerator = (numerator * r) + 1.3731693765509461125e+4;
        numerator = (numerator * r) + 1.9715909503065514427e+3;
        numerator = (numerator * r) + 1.3314166789178437745e+2;
        numerator = (numerator * r) + 3.3871328727963666080e+0;

        double denominator = 5.2264952788528545610e+3;
        denominator = (denominator * r) + 2.8729085735721942674e+4;
        denominator = (denominator * r) + 3.9307895800092710610e+4;
        denominator = (denominator * r) + 2.1213794301586595867e+4;
        denominator = (denominator * r) + 5.3941960214247511077e+3;
        denominator = (denominator * r) + 6.8718700749205790830e+2;
        denominator = (denominator * r) + 4.2313330701600911252e+1;
        denominator = (denominator * r) + 1.0;
        return numerator / denominator;
    }

    private static double Tail(double r)
    {
        double numerator = 7.74545014278341407640e-4;
        numerator = (numerator * r) + 2.27238449892691845833e-2;
        numerator = (numerator * r) + 2.41780725177450611770e-1;
        numerator = (numerator * r) + 1.27045825245236838258e+0;
        numerator = (numerator * r) + 3.64784832476320460504e+0;
        numerator = (numerator * r) + 5.76949722146069140550e+0;
        numerator = (numerator * r) + 4.63033784615654529590e+0;
        numerator = (numerator * r) + 1.42343711074968357734e+0;

        double denominator = 1.05075007164441684324e-9;
        denominator = (denominator * r) + 5.47593808499534494600e-4;
        denominator = (denominator * r) + 1.51986665636164571966e-2;
        denominator = (denominator * r) + 1.48103976427480074590e-1;
        denominator = (denominator * r) + 6.89767334985100004550e-1;
        denominator = (denominator * r) + 1.67638483018380384940e+0;
        denominator = (denominator * r) + 2.05319162663775882187e+0;
        denominator = (denominator * r) + 1.0;
        return numerator / denominator;
    }

    private static double FarTail(double r)
    {
        double numerator = 2.01033439929228813265e-7;
        numerator = (numerator * r) + 2.71155556874348757815e-5;
        numerator = (numerator * r) + 1.24266094738807843860e-3;
        numerator = (numerator * r) + 2.65321895265761230930e-2;
        numerator = (numerator * r) + 2.96560571828504891230e-1;
        numerator = (numerator * r) + 1.78482653991729133580e+0;
        numerator = (numerator * r) + 5.46378491116411436990e+0;
        numerator = (numerator * r) + 6.65790464350110377720e+0;

        double denominator = 2.04426310338993978564e-15;
        denominator = (denominator * r) + 1.42151175831644588870e-7;
        denominator = (denominator * r) + 1.84631831751005468180e-5;
        denominator = (denominator * r) + 7.86869131145613259100e-4;
        denominator = (denominator * r) + 1.48753612908506148525e-2;
        denominator = (denominator * r) + 1.36929880922735805310e-1;
        denominator = (denominator * r) + 5.99832206555887937690e-1;
        denominator = (denominator * r) + 1.0;
        return numerator / denominator;
    }
}
