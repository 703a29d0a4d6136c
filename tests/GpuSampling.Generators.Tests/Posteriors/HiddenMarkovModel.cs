using GpuSampling.Modeling;

namespace GpuSampling.Models.Tests.Posteriors;

/// <summary>posteriordb hmm_example-hmm_example: two hidden states, summed over by the forward algorithm.</summary>
[Model]
public partial class HiddenMarkovModel
{
    [Data] public required int N;
    [Data(nameof(N))] public required double[] y;

    [Parameter("2", Constraint = Constraint.Simplex)] double[] theta1 = [], theta2 = [];
    [Parameter("2", Constraint = Constraint.PositiveOrdered)] double[] mu = [];

    double LogPrior() => Density.Normal(mu[0], 3, 1) + Density.Normal(mu[1], 10, 1);

    double LogLikelihood()
    {
        double first = Density.Normal(y[0], mu[0], 1);
        double second = Density.Normal(y[0], mu[1], 1);
        for (int n = 1; n < N; n++)
        {
            double fromFirst = Special.LogAddExp(first + Math.Log(theta1[0]), second + Math.Log(theta2[0]));
            double fromSecond = Special.LogAddExp(first + Math.Log(theta1[1]), second + Math.Log(theta2[1]));
            first = fromFirst + Density.Normal(y[n], mu[0], 1);
            second = fromSecond + Density.Normal(y[n], mu[1], 1);
        }

        return Special.LogAddExp(first, second);
    }
}
