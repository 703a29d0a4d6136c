using GpuSampling.Modeling;

namespace GpuSampling.Models;

/// <summary>
/// What makes low birth weight likely, for 189 births in Springfield, Massachusetts: logistic regression. Data: Hosmer and Lemeshow
/// (1989), R package MASS.
/// </summary>
[Model]
public sealed partial class BirthWeight
{
    /// <summary>The number of births.</summary>
    [Data] public required int N;

    /// <summary>1 where the child weighed less than 2.5 kg, else 0.</summary>
    [Data(nameof(N))] public required int[] isLow;

    /// <summary>The mother's age in years.</summary>
    [Data(nameof(N))] public required double[] age;

    /// <summary>The mother's weight at the last menstrual period, in pounds.</summary>
    [Data(nameof(N))] public required double[] motherWeight;

    /// <summary>Race as the study recorded it: 1 white, 2 black, 3 other.</summary>
    [Data(nameof(N))] public required int[] race;

    /// <summary>1 where the mother smoked, else 0.</summary>
    [Data(nameof(N))] public required int[] smokes;

    /// <summary>The number of premature labours before.</summary>
    [Data(nameof(N))] public required int[] priorLabours;

    /// <summary>1 for hypertension, else 0.</summary>
    [Data(nameof(N))] public required int[] hypertension;

    /// <summary>1 for an irritable uterus, else 0.</summary>
    [Data(nameof(N))] public required int[] irritability;

    /// <summary>The visits to a physician in the first three months.</summary>
    [Data(nameof(N))] public required int[] visits;

    [TransformedData(nameof(N), "10")] double[,] design = new double[0, 0];

    [Parameter("10")] double[] beta = [];

    void Prepare()
    {
        Check.Lengths(
            N, nameof(N), (isLow, nameof(isLow)), (age, nameof(age)), (motherWeight, nameof(motherWeight)), (race, nameof(race)), (smokes, nameof(smokes)),
            (priorLabours, nameof(priorLabours)), (hypertension, nameof(hypertension)), (irritability, nameof(irritability)), (visits, nameof(visits)));
        Check.Indicators(isLow, nameof(isLow));
        Check.Within(race, 1, 3, nameof(race));
        Check.Indicators(smokes, nameof(smokes));
        Check.Counts(priorLabours, nameof(priorLabours));
        Check.Indicators(hypertension, nameof(hypertension));
        Check.Indicators(irritability, nameof(irritability));
        Check.Counts(visits, nameof(visits));
        design = new double[N, 10];
        double[] ages = Columns.Standardized(age, nameof(age)), weights = Columns.Standardized(motherWeight, nameof(motherWeight));
        for (int n = 0; n < N; n++)
        {
            double[] row =
            [
                1, ages[n], weights[n], race[n] == 2 ? 1 : 0, race[n] == 3 ? 1 : 0, smokes[n], priorLabours[n] > 0 ? 1 : 0, hypertension[n],
                irritability[n], visits[n] > 0 ? 1 : 0,
            ];
            for (int k = 0; k < 10; k++)
            {
                design[n, k] = row[k];
            }
        }
    }

    double LogPrior()
    {
        double target = 0;
        for (int k = 0; k < 10; k++)
        {
            target += Density.Normal(beta[k], 0, 2.5);
        }

        return target;
    }

    double LogLikelihood()
    {
        double target = 0;
        for (int n = 0; n < N; n++)
        {
            target += Density.BernoulliLogit(isLow[n], LinearAlgebra.RowDot(design, n, beta));
        }

        return target;
    }

    void DrawPrior(RandomSource random)
    {
        for (int k = 0; k < 10; k++)
        {
            beta[k] = random.Normal(0, 2.5);
        }
    }
}
