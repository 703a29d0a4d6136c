using GpuSampling.Modeling;

namespace GpuSampling.Models;

/// <summary>
/// Seizures of 59 epileptics in four periods of two weeks, half of them treated with progabide: Poisson regression with effects of
/// patients and of single periods, which allow for overdispersion. Data: Thall and Vail (1990), R package MASS.
/// </summary>
[Model]
public sealed partial class Epilepsy
{
    /// <summary>The number of counts.</summary>
    [Data] public required int N;

    /// <summary>The number of patients.</summary>
    [Data] public required int J;

    /// <summary>The seizures of each period.</summary>
    [Data(nameof(N))] public required int[] seizures;

    /// <summary>The patient of each count, from 0.</summary>
    [Data(nameof(N))] public required int[] patient;

    /// <summary>1 for counts of the fourth period, else 0.</summary>
    [Data(nameof(N))] public required int[] isFourth;

    /// <summary>The seizures of each patient in the eight weeks before, above 0.</summary>
    [Data(nameof(J))] public required double[] baseline;

    /// <summary>1 for each patient treated, else 0.</summary>
    [Data(nameof(J))] public required int[] isTreated;

    /// <summary>The age of each patient, in years.</summary>
    [Data(nameof(J))] public required double[] age;

    [TransformedData(nameof(J))] double[] logBaseline = [];
    [TransformedData(nameof(J))] double[] logAge = [];

    [Parameter("6")] double[] beta = [];
    [Parameter(Lower = 0)] double sigmaPatient;
    [Parameter(Lower = 0)] double sigmaVisit;
    [Parameter(nameof(J))] double[] z = [];
    [Parameter(nameof(N))] double[] v = [];

    void Prepare()
    {
        Check.Count(N, nameof(N));
        Check.Count(J, nameof(J));
        Check.Counts(seizures, nameof(seizures));
        Check.Indices(patient, J, nameof(patient));
        Check.Indicators(isFourth, nameof(isFourth));
        Check.Positive(baseline, nameof(baseline), firstIndex: 0);
        Check.Indicators(isTreated, nameof(isTreated));
        Check.Positive(age, nameof(age), firstIndex: 0);
        (logBaseline, logAge) = (Columns.CenteredLogarithms(baseline), Columns.CenteredLogarithms(age));
    }

    double LogPrior()
    {
        double target = Density.HalfNormal(sigmaPatient, 1) + Density.HalfNormal(sigmaVisit, 1);
        for (int k = 0; k < 6; k++)
        {
            target += Density.Normal(beta[k], 0, 3);
        }

        for (int j = 0; j < J; j++)
        {
            target += Density.StandardNormal(z[j]);
        }

        for (int n = 0; n < N; n++)
        {
            target += Density.StandardNormal(v[n]);
        }

        return target;
    }

    double LogLikelihood()
    {
        double target = 0;
        for (int n = 0; n < N; n++)
        {
            int j = patient[n];
            double logMean = beta[0] + beta[1] * logBaseline[j] + beta[2] * isTreated[j] + beta[3] * isTreated[j] * logBaseline[j]
                + beta[4] * logAge[j] + beta[5] * isFourth[n] + sigmaPatient * z[j] + sigmaVisit * v[n];
            target += Density.PoissonLog(seizures[n], logMean);
        }

        return target;
    }

    void DrawPrior(RandomSource random)
    {
        sigmaPatient = Math.Abs(random.Normal());
        sigmaVisit = Math.Abs(random.Normal());
        for (int k = 0; k < 6; k++)
        {
            beta[k] = random.Normal(0, 3);
        }

        for (int j = 0; j < J; j++)
        {
            z[j] = random.Normal();
        }

        for (int n = 0; n < N; n++)
        {
            v[n] = random.Normal();
        }
    }
}
