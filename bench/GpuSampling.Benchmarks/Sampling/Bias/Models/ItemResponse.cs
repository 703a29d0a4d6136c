using GpuSampling.Modeling;

namespace GpuSampling.Benchmarks.Sampling.Bias.Models;

/// <summary>
/// Whether a student answers a question: logit = mean ability + ability of the student − difficulty of the question. Inference gym:
/// synthetic_item_response_theory.
/// </summary>
[Model]
public partial class ItemResponse
{
    [Data] public required int N;
    [Data] public required int StudentCount;
    [Data] public required int QuestionCount;
    [Data(nameof(N))] public required int[] student;
    [Data(nameof(N))] public required int[] question;
    [Data(nameof(N))] public required int[] isCorrect;

    [Parameter(nameof(StudentCount))] double[] ability = [];
    [Parameter] double meanAbility;
    [Parameter(nameof(QuestionCount))] double[] difficulty = [];

    double LogDensity()
    {
        double target = Density.Normal(meanAbility, 0.75, 1);
        for (int i = 0; i < StudentCount; i++)
        {
            target += Density.StandardNormal(ability[i]);
        }

        for (int i = 0; i < QuestionCount; i++)
        {
            target += Density.StandardNormal(difficulty[i]);
        }

        for (int n = 0; n < N; n++)
        {
            target += Density.BernoulliLogit(isCorrect[n], meanAbility + ability[student[n]] - difficulty[question[n]]);
        }

        return target;
    }
}
