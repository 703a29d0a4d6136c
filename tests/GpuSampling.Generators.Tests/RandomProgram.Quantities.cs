namespace GpuSampling.Generators.Tests.Support;

/// <content>Generated quantities. Those whose names begin with "random" hold random numbers.</content>
internal sealed partial class RandomProgram
{
    private string Generate()
    {
        Forget();
        bool isRandom = random.Next(3) == 0;
        quantities.Add("[Generated] double q, u, never;");
        quantities.Add("[Generated(\"N\")] double[] qv = [];");
        quantities.Add("[Generated(\"M\", \"2\")] double[,] qm = new double[0, 0];");
        Line("double target = 0.1 * b;");
        DeclareLocalFunction();
        TakeArrays(isRandom);

        // What no path assigns is 0.
        Line(Pick(["", "q = 0;", $"if ({Condition()}) {{ q = 1; }}"]));
        Line(Pick(["", "u = a;", $"if ({Condition()}) {{ u += a; }}"]));
        Line($"for (int i = {random.Next(2)}; i < N; i++) {{ {Pick(["", $"if ({Condition()}) "])}qv[i] = a * i; }}");
        Line($"for (int i = 0; i < M; i++) {{ for (int j = {random.Next(3)}; j < 2; j++) {{ qm[i, j] {Pick(["=", "+="])} x[i] - j * s; }} }}");
        if (isRandom)
        {
            quantities.Add("[Generated(\"N\")] double[] randoms = [];");
            quantities.Add("[Generated] double randomKind;");
            Line($"randomKind = random.Binomial({random.Next(1, 4)}, Special.Logistic(a)) switch {{ 0 => {Real()}, 1 => {Real()}, _ => 2 }};");
            Line("for (int i = 0; i < N; i++) { randoms[i] = random.Normal(a, 1 + s) + random.Uniform() - random.Exponential(1 + s); }");
        }

        ending = () => "return;";
        int count = random.Next(1, 5);
        for (int i = 0; i < count; i++)
        {
            Statement(2);
        }

        Line($"q {Pick(["=", "+=", "-="])} target + {Bounded(2)};");
        Line($"if ({Condition()}) {{ u = q * {Real()}; qv[1] -= u; }} else {{ qm[{Index(2)}, 1] *= {Bounded(1)}; }}");
        Line($"for (int i = 1; i < N; i++) {{ qv[i] += Math.Tanh(qv[i - 1]) * {Real()}; }}");
        Line($"qm[{Index(3)}, {Index(2)}] = qv[{Index(4)}] + u;");
        return $"    void Generate({(isRandom ? "RandomSource random" : "")})\n    {{\n{body}    }}";
    }

    /// <summary>Quantities that are other arrays as a whole, always or on some paths.</summary>
    private void TakeArrays(bool isRandom)
    {
        quantities.Add("[Generated(\"3\")] double[] qw = [];");
        quantities.Add("[Generated(\"3\", \"3\")] double[,] qg = new double[0, 0];");
        Line(Pick(["", $"if ({Condition()}) "]) + $"qw = {Pick([$"Filled({Bounded(1)}, {Real()})", $"Shares({Vector()}, {Real()})", $"[{Real()}, {Bounded(1)}, 0.5]"])};");
        Line($"for (int i = 0; i < {random.Next(3)}; i++) {{ qw[i] -= 0.5; qw = Shares(qw, {Real()}); }}");
        Line($"qg = {Pick([$"Outer(qw, {Vector()}, {Real()})", $"Positive({Pick(matrices)})", Pick(matrices)])};");
        arrays.Add("qw");
        matrices.Add("qg");
        if (isRandom)
        {
            quantities.Add("[Generated(\"3\")] double[] randomShares = [], randomVector = [];");
            Line($"if ({Condition()}) {{ randomShares = random.Dirichlet({Simplex()}); }}");
            Line($"randomVector = random.MultivariateNormalCholesky({Vector()}, {Factor()});");
        }
    }
}
