using System.Globalization;

namespace GpuSampling.Benchmarks.Sampling.Matrix;

/// <summary>
/// A parameter's mean and standard deviation as a third party or an exact solution has them, with the number of independent draws that
/// they are worth: infinite where exact.
/// </summary>
/// <param name="Name">The label, as the model has it.</param>
/// <param name="Mean">The mean.</param>
/// <param name="MeanError">Its standard error.</param>
/// <param name="Deviation">The standard deviation.</param>
/// <param name="DrawCount">The number of draws for the error of the deviation.</param>
internal sealed record ReferenceMoments(string Name, double Mean, double MeanError, double Deviation, double DrawCount)
{
    /// <summary>reference.csv of a posterior of posteriordb.</summary>
    /// <param name="file">Where it is.</param>
    public static ReferenceMoments[] Posteriordb(string file) =>
    [
        .. File.ReadLines(file).Skip(1).Select(line => line.Split(',')).Select(cells =>
            new ReferenceMoments(cells[0], Number(cells[1]), Number(cells[3]), Number(cells[2]), Math.Min(Number(cells[5]), Number(cells[6])))),
    ];

    /// <summary>A target of the inference gym.</summary>
    /// <param name="file">Where reference.csv is.</param>
    /// <param name="target">The target.</param>
    /// <param name="nameOf">A label from a quantity and an index.</param>
    public static ReferenceMoments[] InferenceGym(string file, string target, Func<string, int, string> nameOf) =>
    [
        .. File.ReadLines(file).Select(line => line.Split(',')).Where(cells => cells[0] == target).Select(cells =>
        {
            double error = Number(cells[4]), deviation = Number(cells[5]);
            return new ReferenceMoments(
                nameOf(cells[1], int.Parse(cells[2], CultureInfo.InvariantCulture)), Number(cells[3]), error, deviation, Math.Pow(deviation / error, 2));
        }),
    ];

    private static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);
}
