using System.CommandLine;
using System.Globalization;
using System.Reflection;
using GpuSampling.Kernels.Models;
using GpuSampling.Modeling;

namespace GpuSampling.Cli;

/// <summary><c>model check</c>: a model's parameters, its gradient beside finite differences, and what it costs.</summary>
internal static class ModelCheckCommand
{
    public static Command Create(TextWriter output)
    {
        Argument<string> model = new("model") { Description = ModelSource.Help };
        Option<string?> type = new("--model") { Description = "The name of a model within PATH.dll; needed where it has several." };
        Option<FileInfo?> data = new("--data") { Description = "A JSON file with the model's data." };
        Option<int> points = new("--points") { Description = "The number of random points.", DefaultValueFactory = _ => 20 };
        Option<ulong> seed = new("--seed") { Description = "The seed of the points.", DefaultValueFactory = _ => 0 };
        Command check = new("check", "Compare a model's gradient with finite differences; show its parameters and cost. Exit code 1 if they differ.")
        {
            model, type, data, points, seed,
        };
        check.SetAction((parsed, cancellationToken) => Task.FromResult(Run(
            ModelSource.Open(parsed.GetValue(model)!, parsed.GetValue(type), parsed.GetValue(data), cancellationToken),
            parsed.GetValue(points), parsed.GetValue(seed), output, cancellationToken)));
        return new Command("model", "Work on models.") { check };
    }

    private static int Run(Posterior posterior, int points, ulong seed, TextWriter output, CancellationToken cancellationToken)
    {
        if (points is < 1 or > 100000)
        {
            throw new BadInputException($"--points is {points}; allowed are 1 to 100000.");
        }

        ModelGradientCheck check = ModelGradientCheck.Of(posterior, points, seed, cancellationToken: cancellationToken);
        IReadOnlyDictionary<string, string> kinds = posterior.Accept(new Kinds());
        Line($"{posterior.Name}: {check.Dimension} unconstrained parameters, {check.DataTermCount} data terms");
        output.WriteLine();
        foreach (OutputShape shape in posterior.Outputs)
        {
            string size = shape.Dimensions.IsEmpty ? "scalar" : string.Join(" x ", shape.Dimensions);
            Line($"  {shape.Name,-16} {size,-12} {kinds.GetValueOrDefault(shape.Name, "output")}");
        }

        output.WriteLine();
        Line($"density {check.DensityMicroseconds:F2} us, with gradient {check.GradientMicroseconds:F2} us ({check.GradientMicroseconds / check.DensityMicroseconds:F1} densities), one chain on one core without vectors, 64 bits");
        Line($"memory for the gradient: {4L * check.TapeLength} bytes a chain in 32 bits, {8L * check.TapeLength} in 64");
        if (check.NonFiniteCount > 0)
        {
            Line($"density not finite at {check.NonFiniteCount} of {check.PointCount} points");
        }

        if (check.WorstCoordinate < 0)
        {
            Line($"FAILED: no point had a finite density, so that the gradient could not be looked at.");
            return ExitCode.Failed;
        }

        string worst = $"largest error {check.LargestError:E1}, at unconstrained parameter {check.WorstCoordinate + 1}";
        Line(check.IsPassed ? (FormattableString)$"gradient: passed at {check.PointCount - check.NonFiniteCount} points, {worst}" : $"gradient: FAILED, {worst}; up to 1e-6 is allowed");
        return check.IsPassed ? ExitCode.Success : ExitCode.Failed;

        void Line(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>What each output is, from the attributes of the class that the kernel was made for.</summary>
    private sealed class Kinds : IPosteriorVisitor<IReadOnlyDictionary<string, string>>
    {
        public IReadOnlyDictionary<string, string> Visit<TModel>(Posterior<TModel> posterior)
            where TModel : struct, IModel
        {
            Dictionary<string, string> kinds = [];
            foreach (FieldInfo field in typeof(TModel).DeclaringType?.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic) ?? [])
            {
                if (field.GetCustomAttribute<ParameterAttribute>() is ParameterAttribute parameter)
                {
                    kinds[field.Name] = "parameter, " + Describe(parameter);
                }
                else if (field.GetCustomAttribute<GeneratedAttribute>() is not null)
                {
                    kinds[field.Name] = "generated";
                }
            }

            return kinds;
        }

        private static string Describe(ParameterAttribute parameter) => (parameter.Constraint, parameter.Lower, parameter.Upper) switch
        {
            (Constraint.Ordered, _, _) => "ordered",
            (Constraint.PositiveOrdered, _, _) => "positive and ordered",
            (Constraint.Simplex, _, _) => "simplex, by stick breaking",
            (Constraint.UnitVector, _, _) => "unit vector",
            (Constraint.CorrelationCholesky, _, _) => "Cholesky factor of a correlation matrix",
            (Constraint.CovarianceCholesky, _, _) => "Cholesky factor of a covariance matrix",
            (_, null, null) => "unbounded",
            (_, object lower, null) => string.Create(CultureInfo.InvariantCulture, $"above {lower}, by exp"),
            (_, null, object upper) => string.Create(CultureInfo.InvariantCulture, $"below {upper}, by exp"),
            (_, object lower, object upper) => string.Create(CultureInfo.InvariantCulture, $"between {lower} and {upper}, by the logistic function"),
        };
    }
}
