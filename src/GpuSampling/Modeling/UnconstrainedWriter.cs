using System.Globalization;

namespace GpuSampling.Modeling;

/// <summary>
/// Takes the parameters of a model one after another, in the order of its unconstrained space, checks that each lies where its
/// constraint wants it, and writes the unconstrained numbers behind it.
/// </summary>
/// <remarks>
/// Generated models use it, and models written by hand where they say how to find a start (<see cref="Posterior.Unconstraining"/>) or how
/// to draw from the prior (<see cref="Posterior.PriorDrawing"/>).
/// </remarks>
public sealed class UnconstrainedWriter
{
    // What was stored in 32 bits need not add up to 1 exactly.
    private const double Tolerance = 1e-5;

    private readonly string model;
    private readonly double[] destination;
    private int next;

    internal UnconstrainedWriter(string model, double[] destination)
    {
        this.model = model;
        this.destination = destination;
    }

    /// <summary>A number without constraint.</summary>
    /// <param name="name">The parameter's name, for messages.</param>
    /// <param name="value">A finite number.</param>
    /// <exception cref="ArgumentException">It is not finite.</exception>
    public void Free(string name, double value) => Bounded(name, value, null, null);

    /// <summary>Numbers without constraint.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="values">Finite numbers; of a matrix, row after row.</param>
    /// <exception cref="ArgumentException">One is not finite.</exception>
    public void Free(string name, params ReadOnlySpan<double> values) => Bounded(name, values, null, null);

    /// <summary>A matrix of numbers without constraint.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="values">Finite numbers.</param>
    /// <exception cref="ArgumentException">One is not finite.</exception>
    public void Free(string name, double[,] values) => Bounded(name, values, null, null);

    /// <summary>A number between bounds.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="value">A finite number between the bounds, neither included.</param>
    /// <param name="lower">The lower bound; null for none.</param>
    /// <param name="upper">The upper bound; null for none.</param>
    /// <exception cref="ArgumentException">It is not.</exception>
    public void Bounded(string name, double value, double? lower, double? upper) => Put(Unbounded(name, value, lower, upper));

    /// <summary>Numbers between the same bounds.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="values">Finite numbers between the bounds, neither included.</param>
    /// <param name="lower">The lower bound; null for none.</param>
    /// <param name="upper">The upper bound; null for none.</param>
    /// <exception cref="ArgumentException">One is not.</exception>
    public void Bounded(string name, ReadOnlySpan<double> values, double? lower, double? upper)
    {
        for (int i = 0; i < values.Length; i++)
        {
            Put(Unbounded(string.Create(CultureInfo.InvariantCulture, $"{name}[{i + 1}]"), values[i], lower, upper));
        }
    }

    /// <summary>A matrix of numbers between the same bounds.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="values">Finite numbers between the bounds, neither included.</param>
    /// <param name="lower">The lower bound; null for none.</param>
    /// <param name="upper">The upper bound; null for none.</param>
    /// <exception cref="ArgumentException">One is not.</exception>
    public void Bounded(string name, double[,] values, double? lower, double? upper)
    {
        ArgumentNullException.ThrowIfNull(values);
        for (int i = 0; i < values.GetLength(0); i++)
        {
            for (int j = 0; j < values.GetLength(1); j++)
            {
                Put(Unbounded(string.Create(CultureInfo.InvariantCulture, $"{name}[{i + 1},{j + 1}]"), values[i, j], lower, upper));
            }
        }
    }

    /// <summary>A vector with a constraint as a whole.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="values">The vector. A simplex or unit vector may miss its sum or length by 10⁻⁵, as numbers of 32 bits do.</param>
    /// <param name="constraint">A constraint of vectors.</param>
    /// <exception cref="ArgumentException">The vector is not as the constraint wants it.</exception>
    public void Constrained(string name, double[] values, Constraint constraint)
    {
        ArgumentNullException.ThrowIfNull(values);
        CheckFinite(name, values);
        switch (constraint)
        {
            case Constraint.Ordered:
                CheckAscending(name, values);
                Put(InverseTransform.Ordered(values));
                break;
            case Constraint.PositiveOrdered:
                Check(values.Length == 0 || values[0] > 0, name, values, "ascending numbers above 0");
                CheckAscending(name, values);
                Put(InverseTransform.PositiveOrdered(values));
                break;
            case Constraint.Simplex:
                Check(Array.TrueForAll(values, value => value > 0) && Math.Abs(values.Sum() - 1) <= Tolerance, name, values, "numbers above 0 with sum 1");
                Put(InverseTransform.Simplex(values));
                break;
            case Constraint.UnitVector:
                Check(Math.Abs(values.Sum(value => value * value) - 1) <= Tolerance, name, values, "vectors of length 1");
                Put(values);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(constraint), constraint, "Allowed: the constraints of vectors.");
        }
    }

    /// <summary>A matrix with a constraint as a whole.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="values">The matrix. The rows of a Cholesky factor of correlations may miss their length by 10⁻⁵.</param>
    /// <param name="constraint">A constraint of matrices.</param>
    /// <exception cref="ArgumentException">The matrix is not as the constraint wants it.</exception>
    public void Constrained(string name, double[,] values, Constraint constraint)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (constraint is not (Constraint.CorrelationCholesky or Constraint.CovarianceCholesky))
        {
            throw new ArgumentOutOfRangeException(nameof(constraint), constraint, "Allowed: the constraints of matrices.");
        }

        bool hasUnitRows = constraint == Constraint.CorrelationCholesky;
        for (int i = 0; i < values.GetLength(0); i++)
        {
            double[] row = [.. Enumerable.Range(0, values.GetLength(1)).Select(j => values[i, j])];
            CheckFinite(name, row);
            bool isLower = row[i] > 0 && Array.TrueForAll(row[(i + 1)..], value => value == 0);
            bool hasLength = !hasUnitRows || Math.Abs(row.Sum(value => value * value) - 1) <= Tolerance;
            Check(isLower && hasLength, name, row, $"lower triangular matrices with a diagonal above 0{(hasUnitRows ? " and rows of length 1" : string.Empty)}");
        }

        Put(hasUnitRows ? InverseTransform.CorrelationCholesky(values) : InverseTransform.CovarianceCholesky(values));
    }

    internal void End()
    {
        if (next != destination.Length)
        {
            throw new InvalidOperationException($"Model {model} has {destination.Length} unconstrained parameters and wrote {next}.");
        }
    }

    private static double Unbounded(string name, double value, double? lower, double? upper)
    {
        bool isWithin = double.IsFinite(value) && !(value <= lower) && !(value >= upper);
        if (!isWithin)
        {
            string allowed = (lower, upper) switch
            {
                (null, null) => "finite numbers",
                (double low, null) => FormattableString.Invariant($"finite numbers above {low:G9}"),
                (null, double high) => FormattableString.Invariant($"finite numbers below {high:G9}"),
                (double low, double high) => FormattableString.Invariant($"numbers above {low:G9} and below {high:G9}"),
            };
            throw Refused(name, Format(value), allowed);
        }

        return (lower, upper) switch
        {
            (null, null) => value,
            (double low, null) => InverseTransform.Lower(value, low),
            (null, double high) => InverseTransform.Upper(value, high),
            (double low, double high) => InverseTransform.Interval(value, low, high),
        };
    }

    private static void CheckFinite(string name, double[] values)
    {
        int index = Array.FindIndex(values, value => !double.IsFinite(value));
        if (index >= 0)
        {
            throw Refused(string.Create(CultureInfo.InvariantCulture, $"{name}[{index + 1}]"), Format(values[index]), "finite numbers");
        }
    }

    private static void CheckAscending(string name, double[] values)
    {
        for (int k = 1; k < values.Length; k++)
        {
            Check(values[k] > values[k - 1], name, values, "ascending numbers");
        }
    }

    private static void Check(bool holds, string name, double[] values, string allowed)
    {
        if (!holds)
        {
            throw Refused(name, $"({string.Join(", ", values.Take(10).Select(Format))}{(values.Length > 10 ? ", …" : string.Empty)})", allowed);
        }
    }

    private static ArgumentException Refused(string name, string value, string allowed) =>
        new($"The value of {name} is {value}; allowed are {allowed}.");

    private static string Format(double value) => value.ToString("G9", CultureInfo.InvariantCulture);

    private void Put(params ReadOnlySpan<double> numbers)
    {
        foreach (double number in numbers)
        {
            if (next == destination.Length)
            {
                throw new InvalidOperationException($"Model {model} has {destination.Length} unconstrained parameters and wrote more.");
            }

            destination[next++] = number;
        }
    }
}
