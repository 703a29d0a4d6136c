namespace GpuSampling.Generators.Tests.Transforms;

/// <summary>A model of nothing but constrained parameters: its density is the Jacobian of their transforms.</summary>
/// <param name="Parameters">Their declarations.</param>
/// <param name="Inverse">From the constrained values, in order, and the unconstrained ones they came from, back to these.</param>
internal sealed record TransformCase(string Parameters, Func<double[], double[], double[]> Inverse)
{
    private const double C = 0.7;

    public const string Data = """{"K": 4, "c": 0.7}""";

    /// <summary>As many of the constrained values as there are unconstrained ones, which determine the others.</summary>
    public Func<double[], double[]> Coordinates { get; init; } = x => x;

    /// <summary>What the log-density has besides the log-determinant of the coordinates.</summary>
    public Func<double[], double[], double> Correction { get; init; } = (_, _) => 0;

    /// <summary>How far out differences still see the transform: further out its values no longer change in double precision.</summary>
    public double Reach { get; init; } = 10;

    /// <summary>How far out the density is finite: a bound that is computed in double precision can meet the other one.</summary>
    public double Farthest { get; init; } = 60;

    /// <summary>The first step of differences, short beside the distance to where the transform is not smooth.</summary>
    public double Step { get; init; } = 0.5;

    /// <summary>Whether a value lies where the constraint wants it.</summary>
    public Func<double[], bool> Holds { get; init; } = _ => true;

    public bool HasJacobian { get; init; } = true;

    public string Source(string name) => $$"""
        [Model]
        public partial class {{name}}
        {
            [Data] public required int K;
            [Data] public required double c;
            {{Parameters}}

            double LogDensity() => 0;
        }
        """;

    public static IReadOnlyDictionary<string, TransformCase> All { get; } = new Dictionary<string, TransformCase>
    {
        ["None"] = new("[Parameter(\"3\")] double[] x = [];", (x, _) => x) { HasJacobian = false },
        ["NoneMatrix"] = new("[Parameter(\"K\", \"2\")] double[,] x = new double[0, 0];", (x, _) => x) { HasJacobian = false },
        ["Positive"] = new("[Parameter(Lower = 0)] double x; [Parameter(\"2\", Lower = 0)] double[] z = [];", (x, _) => Map(x, Math.Log))
        {
            Reach = 40, Holds = x => x.All(one => one >= 0),
        },
        ["Lower"] = new("[Parameter(\"3\", Lower = -1.5)] double[] x = [];", (x, _) => Map(x, one => Math.Log(one + 1.5))) { Holds = x => x.All(one => one >= -1.5) },
        ["LowerByData"] = new("[Parameter(Lower = \"c - K\")] double x;", (x, _) => [Math.Log(x[0] - C + 4)]) { Holds = x => x[0] >= C - 4 },
        ["LowerByParameter"] = new("[Parameter] double a; [Parameter(\"2\", Lower = \"2 * a\")] double[] x = [];", (x, _) => [x[0], Math.Log(x[1] - (2 * x[0])), Math.Log(x[2] - (2 * x[0]))])
        {
            Holds = x => x[1] >= 2 * x[0] && x[2] >= 2 * x[0],
        },
        ["Upper"] = new("[Parameter(\"K\", Upper = 2.5)] double[] x = [];", (x, _) => Map(x, one => Math.Log(2.5 - one))) { Holds = x => x.All(one => one <= 2.5) },
        ["UpperByData"] = new("[Parameter(Upper = \"-c\")] double x;", (x, _) => [Math.Log(-C - x[0])]) { Holds = x => x[0] <= -C },
        ["UpperByParameter"] = new("[Parameter(Lower = 0)] double a; [Parameter(Upper = \"a * a\")] double x;", (x, _) => [Math.Log(x[0]), Math.Log((x[0] * x[0]) - x[1])])
        {
            Reach = 5, Holds = x => x[1] <= x[0] * x[0],
        },
        ["Interval"] = new("[Parameter(\"2\", \"2\", Lower = -1, Upper = 2)] double[,] x = new double[0, 0];", (x, _) => Map(x, one => Between(one, -1, 2)))
        {
            Holds = x => x.All(one => one is >= -1 and <= 2),
        },
        ["UnitInterval"] = new("[Parameter(Lower = 0, Upper = 1)] double x;", (x, _) => [Between(x[0], 0, 1)]) { Holds = x => x[0] is >= 0 and <= 1 },
        ["IntervalByData"] = new("[Parameter(\"K\", Lower = \"-c\", Upper = \"K * c\")] double[] x = [];", (x, _) => Map(x, one => Between(one, -C, 4 * C)))
        {
            Holds = x => x.All(one => one is >= -C and <= 4 * C),
        },
        ["IntervalByParameter"] = new(
            "[Parameter(Lower = 0, Upper = 1)] double a; [Parameter(Lower = 0, Upper = \"1 - a\")] double x; [Parameter(Lower = \"-x\", Upper = \"a + c\")] double z;",
            (x, _) => [Between(x[0], 0, 1), Between(x[1], 0, 1 - x[0]), Between(x[2], -x[1], x[0] + C)])
        {
            Reach = 5, Farthest = 30, Holds = x => x[0] + x[1] <= 1 + 1e-15 && x[2] >= -x[1] && x[2] <= x[0] + C + 1e-15,
        },
        ["Ordered"] = new(Vector("K", "Ordered"), (x, _) => InverseTransforms.Ordered(x)) { Holds = IsAscending },
        ["OrderedOne"] = new(Vector("1", "Ordered"), (x, _) => InverseTransforms.Ordered(x)) { HasJacobian = false },
        ["PositiveOrdered"] = new(Vector("K", "PositiveOrdered"), (x, _) => InverseTransforms.PositiveOrdered(x)) { Holds = x => x[0] >= 0 && IsAscending(x) },
        ["PositiveOrderedOne"] = new(Vector("1", "PositiveOrdered"), (x, _) => InverseTransforms.PositiveOrdered(x)) { Reach = 40, Holds = x => x[0] >= 0 },
        ["Simplex"] = new(Vector("K + 1", "Simplex"), (x, _) => InverseTransforms.Simplex(x)) { Coordinates = x => x[..^1], Holds = IsSimplex },
        ["SimplexOfTwo"] = new(Vector("2", "Simplex"), (x, _) => InverseTransforms.Simplex(x)) { Coordinates = x => x[..^1], Holds = IsSimplex },
        ["UnitVector"] = OnSphere("K"),
        ["UnitVectorOfTwo"] = OnSphere("2"),
        ["CorrelationCholesky"] = new(Matrix("K", "CorrelationCholesky"), (x, _) => InverseTransforms.CorrelationCholesky(x))
        {
            Coordinates = x => [.. Lower(x, diagonal: false)], Reach = 5, Holds = x => IsLower(x) && HasUnitRows(x),
        },
        ["CorrelationCholeskyOfTwo"] = new(Matrix("2", "CorrelationCholesky"), (x, _) => InverseTransforms.CorrelationCholesky(x))
        {
            Coordinates = x => [.. Lower(x, diagonal: false)], Reach = 5, Holds = x => IsLower(x) && HasUnitRows(x),
        },
        ["CovarianceCholesky"] = new(Matrix("K", "CovarianceCholesky"), (x, _) => InverseTransforms.CovarianceCholesky(x))
        {
            Coordinates = x => [.. Lower(x, diagonal: true)], Reach = 40, Holds = IsLower,
        },
        ["CovarianceCholeskyOfOne"] = new(Matrix("1", "CovarianceCholesky"), (x, _) => InverseTransforms.CovarianceCholesky(x)) { Reach = 40, Holds = x => x[0] >= 0 },
    };

    private static string Vector(string size, string constraint) => $"[Parameter(\"{size}\", Constraint = Constraint.{constraint})] double[] x = [];";

    private static string Matrix(string size, string constraint) => $"[Parameter(\"{size}\", \"{size}\", Constraint = Constraint.{constraint})] double[,] x = new double[0, 0];";

    /// <summary>
    /// In place of the vector's last element its length r is the last coordinate. The surface of the sphere above dx₁ … dx_{K−1} is
    /// those divided by |x_K|, and r has density r^{K−1} exp(−r²/2): what is left is the direction's density by surface, a constant.
    /// </summary>
    private static TransformCase OnSphere(string size) => new(Vector(size, "UnitVector"), (x, y) => InverseTransforms.UnitVector(x, Norm(y)))
    {
        Coordinates = x => x[..^1],
        Correction = (x, y) => ((y.Length - 1) * Math.Log(Norm(y))) - (0.5 * Norm(y) * Norm(y)) - Math.Log(Math.Abs(x[^1])),
        Reach = 3,
        Step = 0.03,
        Holds = x => Math.Abs(Norm(x) - 1) < 1e-14,
    };

    public static double Norm(double[] x) => Math.Sqrt(x.Sum(one => one * one));

    private static double[] Map(double[] x, Func<double, double> function) => [.. x.Select(function)];

    private static double Between(double x, double lower, double upper) => InverseTransforms.Logit((x - lower) / (upper - lower));

    private static bool IsAscending(double[] x) => x.Zip(x.Skip(1), (a, b) => a <= b).All(holds => holds);

    private static bool IsSimplex(double[] x) => x.All(one => one >= 0) && Math.Abs(x.Sum() - 1) < 1e-14;

    private static IEnumerable<double> Lower(double[] x, bool diagonal)
    {
        int size = (int)Math.Sqrt(x.Length);
        return x.Where((_, at) => at % size < (at / size) + (diagonal ? 1 : 0));
    }

    private static bool IsLower(double[] x)
    {
        int size = (int)Math.Sqrt(x.Length);
        return x.Where((_, at) => at % size > at / size).All(one => one == 0) && Enumerable.Range(0, size).All(i => x[(i * size) + i] >= 0);
    }

    private static bool HasUnitRows(double[] x)
    {
        int size = (int)Math.Sqrt(x.Length);
        return Enumerable.Range(0, size).All(i => Math.Abs(Norm(x[(i * size)..((i + 1) * size)]) - 1) < 1e-14);
    }
}
