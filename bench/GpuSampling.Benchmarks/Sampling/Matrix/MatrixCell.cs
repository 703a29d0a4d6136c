using System.Globalization;

namespace GpuSampling.Benchmarks.Sampling.Matrix;

/// <summary>What a run of the matrix came to: a line of the file of results, its fields between tabs.</summary>
internal sealed record MatrixCell(
    string Target, string Sampler, int Bits, string State, int Numbers, int Beyond, double Score, string Where, long Divergences, double RHat, double DensityError, double Seconds)
{
    /// <summary>The lines of a file, none where there is no file; of several for the same run the last counts.</summary>
    /// <param name="file">The file.</param>
    public static Dictionary<(string Target, string Sampler, int Bits), MatrixCell> Read(string file)
    {
        Dictionary<(string, string, int), MatrixCell> cells = [];
        foreach (string line in File.Exists(file) ? File.ReadAllLines(file) : [])
        {
            string[] one = line.Split('\t');
            cells[(one[0], one[1], Whole(one[2]))] = new(
                one[0], one[1], Whole(one[2]), one[3], Whole(one[4]), Whole(one[5]), Real(one[6]), one[7], Whole(one[8]), Real(one[9]), Real(one[10]), Real(one[11]));
        }

        return cells;

        static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);
        static double Real(string text) => double.Parse(text, CultureInfo.InvariantCulture);
    }

    /// <summary>Adds a line to a file.</summary>
    /// <param name="file">The file.</param>
    public void AppendTo(string file) => File.AppendAllText(file, ToLine() + "\n");

    /// <summary>The line.</summary>
    public string ToLine() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Target}\t{Sampler}\t{Bits}\t{State}\t{Numbers}\t{Beyond}\t{Score:0.00}\t{Where}\t{Divergences}\t{RHat:0.000}\t{DensityError:G2}\t{Seconds:0.0}");
}
