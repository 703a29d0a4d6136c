namespace GpuSampling.Generators.Tests.Support;

/// <content>The densities of the library, with arguments that they allow.</content>
internal sealed partial class RandomProgram
{
    /// <summary>A density of a number, of observed data unless others are given.</summary>
    private string LibraryDensity(string? real = null, string? integer = null)
    {
        string value = real ?? Expression(1);
        string count = integer ?? $"k[{Index(4)}]";
        return "Density." + random.Next(44) switch
        {
            0 => $"StandardNormal({value})",
            1 => $"HalfNormal({Positive()}, {Positive()})",
            2 => $"LogNormal({Positive()}, {Expression(1)}, {Positive()})",
            3 => $"StudentT({value}, {Positive()}, {Real()}, {Positive()})",
            4 => $"HalfStudentT({Positive()}, 1 + {Positive()}, {Positive()})",
            5 => $"Cauchy({value}, {Real()}, {Positive()})",
            6 => $"HalfCauchy({Positive()}, {Positive()})",
            7 => $"Logistic({value}, {Real()}, {Positive()})",
            8 => $"Gumbel(Math.Tanh({value}), {Real()}, 1 + {Positive()})",
            9 => $"Bernoulli({count} % 2, {Unit()})",
            10 => $"Binomial({count}, 3, {Unit()})",
            11 => $"BinomialLogit({count}, 2 + {count}, {Expression(1)})",
            12 => $"Poisson({count}, {Positive()})",
            13 => $"NegativeBinomial({count}, {Positive()}, {Positive()})",
            14 => $"NegativeBinomialLog({count}, {Bounded(1)}, {Positive()})",
            15 => $"BetaBinomial({count}, 4, {Positive()}, {Positive()})",
            16 => $"Categorical({count}, {Simplex()})",
            17 => $"CategoricalLogit({count}, {Vector()})",
            18 => "Multinomial(k, Shares(x, b))",
            19 => $"OrderedLogistic({count}, {Real()}, Rising({Real()}, {Positive()}))",
            20 => $"LogMix({Simplex()}, [{Bounded(1)}, Density.Normal({value}, {Real()}, 1), -1.5])",
            21 => $"LogMix({Unit()}, Density.Normal({value}, {Real()}, {Positive()}), {Bounded(1)})",
            22 => $"MultivariateNormalCholesky({Vector()}, {Factor()})",
            23 => $"MultivariateNormalCholesky({Vector()}, {Vector()}, {Factor()})",
            24 => $"LkjCholesky({Factor()}, {Positive()})",
            25 => $"Wishart(Positive({Pick(matrices)}), 2.5 + {Positive()}, Positive({Pick(matrices)}))",
            26 => $"WishartCholesky({Factor()}, 2.5 + {Positive()}, {Factor()})",
            27 => $"InverseWishart(Positive({Pick(matrices)}), 2.5 + {Positive()}, Positive({Pick(matrices)}))",
            28 => $"Exponential({Positive()}, {Positive()})",
            29 => $"Gamma({Positive()}, {Positive()}, {Positive()})",
            30 => $"InverseGamma({Positive()}, {Positive()}, {Positive()})",
            31 => $"ChiSquare({Positive()}, {Positive()})",
            32 => $"Weibull({Positive()}, {Positive()}, {Positive()})",
            33 => $"WeibullSurvival({Positive()}, {Positive()}, {Positive()})",
            34 => $"Pareto(0.3 + {Positive()}, 0.3, {Positive()})",
            35 => $"Rayleigh({Positive()}, {Positive()})",
            36 => $"Uniform(Math.Tanh({value}), -1.5, {Pick(["2.5", "2 + s"])})",
            37 => $"Beta({Unit()}, {Positive()}, {Positive()})",
            38 => $"Dirichlet({Simplex()}, [{Positive()}, {Positive()}, 1.5])",
            39 => $"TruncatedNormal({Unit()}, {Bounded(1)}, {Positive()}, 0, 1)",
            40 => $"LowerTruncatedNormal({Positive()}, {Bounded(1)}, {Positive()}, 0.1)",
            41 => $"UpperTruncatedNormal(-{Positive()}, {Bounded(1)}, {Positive()}, 0.2)",
            42 => $"NormalSurvival({value}, {Real()}, 1 + {Positive()})",
            _ => $"VonMises({value}, {Real()}, {Positive()})",
        };
    }

    /// <summary>Above 0.2.</summary>
    private string Positive() => random.Next(4) switch
    {
        0 => $"(0.3 + {Square()})",
        1 => $"Math.Exp(0.4 * {Bounded(1)})",
        2 => "(s + 0.3)",
        _ => $"(1.5 + Math.Tanh({Expression(1)}))",
    };

    /// <summary>Between 0 and 1.</summary>
    private string Unit() => random.Next(3) switch
    {
        0 => $"Special.Logistic({Bounded(1)})",
        1 => $"(0.5 + 0.4 * Math.Tanh({Expression(1)}))",
        _ => "(b + 1.5) / 4",
    };

    private string Vector() => Pick(["w", .. arrays]);

    private string Simplex() => parameters.Any(line => line.Contains("] double[] p ", StringComparison.Ordinal)) && random.Next(2) == 0
        ? "p"
        : $"Shares({Vector()}, {Real()})";

    /// <summary>A Cholesky factor of three by three.</summary>
    private string Factor() => matrices.Contains("L") && random.Next(2) == 0 ? "L" : $"LinearAlgebra.Cholesky(Positive({Pick(matrices)}))";
}
