using GpuSampling.Modeling;

namespace GpuSampling.Models;

/// <summary>
/// How content 1,681 tenants in Copenhagen were with their homes, in three ordered categories, by their influence on the management,
/// the type of house and their contact with neighbours: ordered logistic regression. Data: Madsen (1976), R package MASS.
/// </summary>
[Model]
public sealed partial class HousingSatisfaction
{
    /// <summary>The number of cells of the table.</summary>
    [Data] public required int N;

    /// <summary>Satisfaction: 0 low, 1 medium, 2 high.</summary>
    [Data(nameof(N))] public required int[] satisfaction;

    /// <summary>Influence on the management: 0 low, 1 medium, 2 high.</summary>
    [Data(nameof(N))] public required int[] influence;

    /// <summary>Type of house: 0 tower, 1 apartment, 2 atrium, 3 terrace.</summary>
    [Data(nameof(N))] public required int[] type;

    /// <summary>Contact with neighbours: 0 low, 1 high.</summary>
    [Data(nameof(N))] public required int[] contact;

    /// <summary>The number of tenants in each cell.</summary>
    [Data(nameof(N))] public required int[] frequency;

    [Parameter("6")] double[] beta = [];
    [Parameter("2", Constraint = Constraint.Ordered)] double[] cut = [];

    void Prepare()
    {
        Check.Within(satisfaction, 0, 2, nameof(satisfaction));
        Check.Within(influence, 0, 2, nameof(influence));
        Check.Within(type, 0, 3, nameof(type));
        Check.Indicators(contact, nameof(contact));
        Check.Counts(frequency, nameof(frequency));
    }

    double LogDensity()
    {
        double target = Density.Normal(cut[0], 0, 5) + Density.Normal(cut[1], 0, 5);
        for (int k = 0; k < 6; k++)
        {
            target += Density.Normal(beta[k], 0, 2);
        }

        for (int n = 0; n < N; n++)
        {
            double location = beta[0] * Indicator(influence[n], 1) + beta[1] * Indicator(influence[n], 2)
                + beta[2] * Indicator(type[n], 1) + beta[3] * Indicator(type[n], 2) + beta[4] * Indicator(type[n], 3)
                + beta[5] * contact[n];
            target += frequency[n] * Density.OrderedLogistic(satisfaction[n], location, cut);
        }

        return target;
    }

    static double Indicator(int value, int level) => value == level ? 1 : 0;

    void DrawPrior(RandomSource random)
    {
        double one = random.Normal(0, 5), other = random.Normal(0, 5);
        cut[0] = Math.Min(one, other);
        cut[1] = Math.Max(one, other);
        for (int k = 0; k < 6; k++)
        {
            beta[k] = random.Normal(0, 2);
        }
    }
}
