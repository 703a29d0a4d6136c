namespace GpuSampling.Generators.Tests.Support;

/// <content>Data, transformed data, and parameters with constraints of every kind.</content>
internal sealed partial class RandomProgram
{
    /// <summary>The data that every program reads.</summary>
    public const string Data = """
        {
            "N": 4, "c": 0.7, "x": [0.3, -1.2, 0.8, 1.9], "k": [1, 0, 2, 1], "y": [0.5, -0.7, 1.2, 0.1, -1.5],
            "m": [[0.1, 0.9, -0.4], [1.1, -0.2, 0.5], [0.7, 0.6, -1.3], [-0.8, 0.2, 0.4]],
            "B": [[0.4, -0.9, 0.2], [1.3, 0.6, -0.5]], "J": [[0, 2], [1, 1], [2, 0], [0, 1]],
            "far": [-1, 2, -1000000, 0], "squared": 2, "cubed": 3
        }
        """;

    private const string DataFields = """
                [Data] public required int N;
                [Data] public required double c;
                [Data("N")] public required double[] x;
                [Data("N")] public required int[] k;
                [Data("N", "3")] public required double[,] m;
                [Data] public required double[] y;
                [Data] public required double[,] B;
                [Data("N", "2")] public required int[,] J;
                [Data("N")] public required int[] far;
                [Data] public required double squared, cubed;
                [TransformedData] int M;
                [TransformedData("N")] double[] lx = [];
                [TransformedData("3", "3")] double[,] R = new double[0, 0];

                void Prepare()
                {
                    M = N - 1;
                    lx = new double[N];
                    R = new double[3, 3];
                    for (int i = 0; i < N; i++)
                    {
                        lx[i] = Math.Log(1 + x[i] * x[i]) - 0.4;
                        for (int j = 0; j < 3; j++)
                        {
                            R[i % 3, j] += 0.5 * m[i, j];
                        }
                    }
                }

                double Level => 0.5 + 0.1 * s + lx[1];
            """;

    private void ChooseParameters()
    {
        string Bounds() => Pick(["", ", Lower = 0", ", Upper = \"-c\"", ", Lower = \"-s\", Upper = \"c\"", ", Lower = \"b\", Upper = \"b + 1 + s\"", ", Upper = \"a * b\""]);
        if (random.Next(4) == 0)
        {
            parameters.Add($"[Parameter(\"{Pick(["3", "M"])}\", Constraint = Constraint.Simplex)] double[] p = [];");
            arrays.Add("p");
        }

        if (random.Next(4) == 0)
        {
            parameters.Add($"[Parameter(\"{Pick(["3", "N - 1"])}\", Constraint = Constraint.{Pick(["Ordered", "PositiveOrdered", "UnitVector"])})] double[] o = [];");
            arrays.Add("o");
        }

        if (random.Next(5) == 0)
        {
            parameters.Add($"[Parameter(\"3\", \"3\", Constraint = Constraint.{Pick(["CorrelationCholesky", "CovarianceCholesky"])})] double[,] L = new double[0, 0];");
            matrices.Add("L");
        }

        if (random.Next(4) == 0)
        {
            parameters.Add($"[Parameter({Pick(["Lower = \"b\", Upper = \"b + s + c\"", "Lower = \"-s\"", "Upper = \"a * b\"", "Lower = \"-c\", Upper = \"1 + s\"", "Upper = \"x[0] + lx[1]\""])})] double t;");
            reals.Add("t");
        }

        if (random.Next(5) == 0)
        {
            parameters.Add($"[Parameter({Pick(["Lower = \"Math.Min(a, c)\"", "Upper = \"Level\"", "Lower = \"k[0] - 2.5\", Upper = \"N\"", "Lower = \"-Math.Exp(b)\", Upper = \"Math.Exp(b)\""])})] double d;");
            reals.Add("d");
        }

        if (random.Next(4) == 0)
        {
            parameters.Add($"[Parameter(\"3\", \"3\"{Bounds()})] double[,] U = new double[0, 0];");
            matrices.Add("U");
        }

        if (random.Next(4) == 0)
        {
            string constraint = Pick(["Ordered", "PositiveOrdered", "UnitVector", "Simplex"]);
            parameters.Add($"[Parameter(\"N\"{(random.Next(3) == 0 ? $", Constraint = Constraint.{constraint}" : Bounds())})] double[] e = [];");
            longer.Add("e");
        }

        if (random.Next(5) == 0)
        {
            parameters.Add($"[Parameter(\"N\", \"2\"{Bounds()})] double[,] Q = new double[0, 0];");
            readers.Add(() => $"Q[{Index(4)}, {Index(2)}]");
            readers.Add(() => $"Q[{Index(3)}, 1]");
        }

        if (random.Next(5) == 0)
        {
            int size = random.Next(2) == 0 ? 2 : 4;
            string text = size == 2 ? "2" : Pick(["N", "4"]), constraint = Pick(["CorrelationCholesky", "CovarianceCholesky"]);
            parameters.Add($"[Parameter(\"{text}\", \"{text}\", Constraint = Constraint.{constraint})] double[,] F = new double[0, 0];");
            readers.Add(() => $"F[{Index(size)}, {Index(size)}]");
            readers.Add(() => "LinearAlgebra.LogDeterminantFromCholesky(F)");
            if (size == 4)
            {
                readers.Add(() => $"0.1 * Density.MultivariateNormalCholesky({Pick(longer)}, {Pick(longer)}, F)");
            }
        }
    }
}
