namespace GpuSampling.Generators.Tests.Support;

/// <content>Matrices, densities, integers, and forms of statements that programs hold more rarely.</content>
internal sealed partial class RandomProgram
{
    private const string ArrayHelpers = """
            static double[] Filled(double first, double step)
            {
                double[] result = new double[3];
                for (int h = 0; h < 3; h++)
                {
                    result[h] = h == 0 ? first : 0.5 * result[h - 1] + Math.Sin(step * h);
                }

                return result;
            }

            static double Mean(double[] values)
            {
                double sum = 0;
                for (int h = 0; h < values.Length; h++)
                {
                    sum += values[h];
                }

                return sum / values.Length;
            }

            static void Turn(double[] values, double by)
            {
                double first = values[0];
                values[0] = Math.Tanh(values[1] + by);
                values[1] = values[2] * by;
                values[2] -= first;
            }

            /// <summary>A A' + I / 2, which has a Cholesky factor.</summary>
            static double[,] Positive(double[,] root)
            {
                double[,] result = LinearAlgebra.MultiplyByTranspose(root);
                for (int h = 0; h < root.GetLength(0); h++)
                {
                    result[h, h] += 0.5;
                }

                return result;
            }
        """;

    private void WideStatement(int depth)
    {
        switch (random.Next(15))
        {
            case 0:
                string matrix = Name("g");
                Line($"double[,] {matrix} = new double[3, 3];");
                matrices.Add(matrix);
                Line($"{matrix}[{Index(3)}, {Index(3)}] = {Bounded(1)};");
                break;
            case 1 when matrices.Any(IsLocal):
                Line($"{Pick([.. matrices.Where(IsLocal)])}[{Index(3)}, {Index(3)}] {Pick(["=", "+=", "-=", "*="])} {Bounded(1)};");
                break;
            case 2 when matrices.Count > 0:
                // A recurrence over rows of a matrix.
                string table = Name("g"), row = Name("i");
                Line($"double[,] {table} = new double[3, 3];");
                Line($"for (int {row} = 1; {row} < 3; {row}++)");
                Line($"    for (int h = 0; h < {row}; h++)");
                Line($"        {table}[{row}, h] = 0.4 * {table}[{row} - 1, h] + Math.Tanh({Pick(matrices)}[h, {row}] + {Real()});");
                matrices.Add(table);
                break;
            case 3:
                Fill();
                break;
            case 4 when arrays.Any(IsLocal):
                Line($"Turn({Pick([.. arrays.Where(IsLocal)])}, {Bounded(1)});");
                break;
            case 13:
                Line($"target {Pick(["+=", "-="])} {Pick(["", "0.5 * "])}{LibraryDensity()};");
                break;
            case 14:
                MatrixStatement();
                break;
            case 5:
                Line($"target += Density.Normal({Real()}, {Expression(1)}, 1 + {Square()});");
                break;
            case 6:
                string observation = Name("i");
                Line($"for (int {observation} = 0; {observation} < N; {observation}++)");
                Line($"    target += {Likelihood(observation)};");
                break;
            case 7 when Locals().Count > 0:
                Line($"{Pick(Locals())} {Pick(["*=", "-=", "+="])} {Bounded(1)};");
                break;
            case 8:
                string truth = Name("q");
                Line($"bool {truth} = {Condition()};");
                Declare($"{truth} ? {Bounded(1)} : {Bounded(1)}");
                break;
            case 9 when depth > 0:
                Branch(depth, Condition());
                break;
            case 10:
                string number = Name("n");
                Line($"int {number} = {Integer()};");
                integers.Add(number);
                Declare($"Math.Tanh({number} * {Real()}) + x[Math.Abs({number}) % 4]");
                break;
            case 11:
                string first = Name("r"), second = Name("r");
                Line($"(double {first}, double {second}) = ({Bounded(1)}, {Bounded(1)});");
                Line($"({first}, {second}) = ({second}, {first} * {second});");
                reals.AddRange([first, second]);
                break;
            default:
                Declare($"k[{Index(4)}] switch {{ 0 => {Bounded(1)}, 1 => {Real()}, _ => {Bounded(1)} }}");
                break;
        }
    }

    /// <summary>An array that a helper, the library or a list makes.</summary>
    private void Fill()
    {
        string array = Name("v");
        string source = random.Next(5) switch
        {
            0 => $"Filled({Bounded(1)}, {Real()})",
            1 => $"[{Bounded(1)}, {Real()}, {Expression(1)}]",
            2 when matrices.Count > 0 => $"LinearAlgebra.Multiply({Pick(matrices)}, w)",
            3 when matrices.Count > 0 => $"LinearAlgebra.SolveLower(LinearAlgebra.Cholesky(Positive({Pick(matrices)})), {Pick(["w", .. arrays])})",
            _ => $"new double[] {{ {Real()}, {Bounded(1)}, {Real()} }}",
        };
        Line($"double[] {array} = {source};");
        arrays.Add(array);
    }

    private string WideExpression(int depth) => random.Next(15) switch
    {
        0 => $"Math.Sin({Expression(depth - 1)}) * Math.Atan({Real()})",
        1 => $"Math.Pow(1 + {Square()}, {Pick(["0.5", "-1.3", "2", "Math.Tanh(a)"])})",
        2 => $"Special.LogSumExp({Pick(["w", "[" + Real() + ", " + Real() + "]", .. arrays])})",
        3 => $"Special.LogAddExp({Expression(depth - 1)}, {Real()})",
        4 => $"Mean({Pick(["w", .. arrays])})",
        5 when matrices.Count > 0 => $"LinearAlgebra.LogDeterminantFromCholesky(LinearAlgebra.Cholesky(Positive({Pick(matrices)})))",
        6 when matrices.Count > 0 => $"LinearAlgebra.RowDot({Pick(matrices)}, {Index(3)}, w)",
        7 => $"LinearAlgebra.Dot(w, {Pick(["w", .. arrays])})",

        // A branch that is not taken must not spoil the gradient of the other.
        8 => $"({Real()} > 0.2 ? Math.Sqrt({Pick(reals)} > 0.2 ? {Pick(reals)} * 0 + 0.3 + {Square()} : 1) : {Real()})",
        9 => $"(s > 1e-3 ? Math.Log(s) : -3)",
        10 => $"(a > 0.1 ? Math.Sqrt(a) : a)",
        12 => MatrixExpression(),
        13 => $"0.1 * {LibraryDensity()}",
        11 => $"Math.Min({Expression(depth - 1)}, {Real()})",
        _ => $"Special.Log1p({Square()}) - Special.Expm1(-Math.Abs({Real()}))",
    };

    private string Likelihood(string index) => random.Next(8) switch
    {
        0 => $"Density.Normal(x[{index}], a + b * m[{index}, 1], Math.Exp(0.3 * Math.Tanh(w[0])))",
        1 => $"Density.BernoulliLogit(k[{index}] % 2, w[0] + w[1] * x[{index}])",
        2 => $"Density.PoissonLog(k[{index}], Math.Tanh(LinearAlgebra.RowDot(m, {index}, w)))",
        3 => $"Density.StudentT(x[{index}], 3 + s, a, 1 + b * b)",
        4 => $"Density.LogMix(Special.Logistic(a), Density.Normal(x[{index}], b, 1), Density.Normal(x[{index}], w[2], 2))",
        6 => LibraryDensity($"x[{index}]", $"k[{index}]"),
        7 => $"Density.Normal(x[{index}], Math.Tanh({Pick(longer)}[{index}]), 1 + s)",
        _ => $"k[{index}] == 1 ? Density.Normal(x[{index}], w[k[{index}]], 1) : Density.Laplace(x[{index}], {Real()}, 1 + s)",
    };

    private string Condition() => random.Next(14) switch
    {
        0 => $"{Real()} < {Real()} && {Real()} > 0.1",
        1 => $"{Real()} < 0.3 || k[{Index(4)}] > 1",
        2 => $"!({Real()} > {Real()})",
        3 when counters.Count > 0 => $"{Pick(counters)} > 0 && x[({Pick(counters)} + 3) % 4] > {Real()}",
        4 when counters.Count > 0 => $"{Pick(counters)} % 2 == 0",
        5 when counters.Count > 0 && counters[^1] is { } last => $"{last} > 0 && {last} < 5 && x[{last} - 1] < 0.5",
        6 => $"k[{Index(4)}] == 1 || c > 2",
        8 => DataCondition(),
        9 => $"({Real()} > {Real()}) {Pick(["==", "!=", "&", "|"])} ({DataCondition()})",
        11 or 12 => GuardedCondition(),
        10 => $"{Real()} {Pick(["<=", ">="])} {Real()} || !({DataCondition()} && {Real()} < 0.7)",
        _ => $"{Real()} > {Real()}",
    };

    private string Integer() => random.Next(9) switch
    {
        0 => $"k[{Index(4)}] + 1",
        1 when counters.Count > 0 => $"({Pick(counters)} + 1) / 2",
        2 => $"Math.Max(k[{Index(4)}], {random.Next(3)})",
        3 => $"k[{Index(4)}] > 0 ? N : 2",
        4 => $"({IntegerName()} * {random.Next(1, 3)} - {IntegerName()}) / 2",
        5 => $"J[{Index(4)}, {Index(2)}] * {random.Next(3)} - {IntegerName()} % 3",
        6 => $"k[{Index(4)}] switch {{ 0 => {IntegerName()} % 5, 2 => -{random.Next(3)}, _ => 1 }}",
        7 => $"({DataCondition()} ? {IntegerName()} % 7 : {random.Next(4)})",
        _ => $"N - {random.Next(4)}",
    };

    private static bool IsLocal(string name) => name[0] is 'v' or 'g';

    /// <summary>A condition of data alone.</summary>
    private string DataCondition() => random.Next(6) switch
    {
        0 => $"k[{Index(4)}] {Pick(["==", "!=", "<"])} 1",
        1 => $"{IntegerName()} > {random.Next(3)}",
        2 => $"x[{Index(4)}] < 0.5",
        3 => $"J[{Index(4)}, {Index(2)}] != 0 && lx[{Index(4)}] > 0",
        4 => $"y[{Index(5)}] >= y[{Index(5)}]",
        _ => $"N > {random.Next(3, 6)} || c < 1",
    };
}
