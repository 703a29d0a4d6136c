using GpuSampling.Modeling;

namespace GpuSampling.Benchmarks.Sampling.Bias.Models;

/// <summary>
/// Whether a student answers a question: logit = mean ability + ability of the student − difficulty of the question. Inference gym:
/// synthetic_item_response_theory.
/// </summary>
/// <remarks>
/// The odds are e^ability · e^−difficulty, so that there is an exponential for each student and question and not for each answer, and four
/// answers share a logarithm: log(1 + a) + log(1 + b) = log((1 + a)(1 + b)). Odds above 10⁹ would overflow in 32 bits.
/// </remarks>
[Model]
public partial class ItemResponse
{
    [Data] public required int StudentCount;
    [Data] public required int QuestionCount;
    [Data] public required int BlockCount;

    /// <summary>The questions answered rightly by each student, and how often each question was.</summary>
    [Data(nameof(StudentCount))] public required double[] studentScore;
    [Data(nameof(QuestionCount))] public required double[] questionScore;

    /// <summary>1 where a student answered a question, 0 elsewhere; questions in blocks of four, the last filled with zeros.</summary>
    [Data(nameof(StudentCount), "4 * BlockCount")] public required double[,] isAnswered;

    [Parameter(nameof(StudentCount))] double[] ability = [];
    [Parameter] double meanAbility;
    [Parameter(nameof(QuestionCount))] double[] difficulty = [];

    double LogDensity()
    {
        double target = Density.Normal(meanAbility, 0.75, 1);
        double[] ease = new double[4 * BlockCount];
        for (int j = 0; j < QuestionCount; j++)
        {
            target += Density.StandardNormal(difficulty[j]) - questionScore[j] * difficulty[j];
            ease[j] = Math.Exp(-difficulty[j]);
        }

        for (int i = 0; i < StudentCount; i++)
        {
            target += Density.StandardNormal(ability[i]) + studentScore[i] * (meanAbility + ability[i]);
            double skill = Math.Exp(meanAbility + ability[i]);
            for (int block = 0; block < BlockCount; block++)
            {
                double first = (1 + isAnswered[i, 4 * block] * skill * ease[4 * block]) * (1 + isAnswered[i, 4 * block + 1] * skill * ease[4 * block + 1]);
                double second = (1 + isAnswered[i, 4 * block + 2] * skill * ease[4 * block + 2]) * (1 + isAnswered[i, 4 * block + 3] * skill * ease[4 * block + 3]);
                target -= Math.Log(first * second);
            }
        }

        return target;
    }
}
