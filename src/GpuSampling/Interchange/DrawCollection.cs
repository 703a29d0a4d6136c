using GpuSampling.Diagnostics;
using GpuSampling.Modeling;

namespace GpuSampling.Interchange;

/// <summary>Collects the arrays of a file, checks that they agree in chains and draws, and turns them into <see cref="StoredDraws"/>.</summary>
/// <param name="source">The file's name, for messages.</param>
internal sealed class DrawCollection(string source)
{
    private readonly List<(string Name, double[] Values)> parameters = [];
    private readonly Dictionary<string, double[]> statistics = new(StringComparer.Ordinal);
    private int chains;
    private int draws;
    private double[]? energies;
    private double[]? divergent;

    /// <summary>Adds an array of shape (chain, draw, …), its elements last index fastest.</summary>
    public void AddParameter(string name, ReadOnlySpan<int> shape, ReadOnlySpan<double> elements)
    {
        Check(name, shape, elements.Length);
        int count = elements.Length / (chains * draws);
        string[] labels = [.. new OutputShape(name, shape[2..]).Labels];
        for (int one = 0; one < count; one++)
        {
            parameters.Add((labels[one], DrawByDraw(elements, one, count)));
        }
    }

    /// <summary>Adds a statistic of each draw, of shape (chain, draw); those of other shapes are left out, but for what diagnostics need.</summary>
    public void AddStatistic(string name, ReadOnlySpan<int> shape, ReadOnlySpan<double> elements)
    {
        bool isEnergy = name is "energy" or "energy__", isDivergent = name is "diverging" or "divergent__";
        if (!isEnergy && !isDivergent && (shape.Length != 2 || shape[0] != chains || shape[1] != draws))
        {
            return;
        }

        Check(name, shape, elements.Length);
        double[] values = DrawByDraw(elements, 0, elements.Length / (chains * draws));
        statistics[name] = values;
        if (isEnergy)
        {
            energies = values;
        }
        else if (isDivergent)
        {
            divergent = values;
        }
    }

    /// <summary>The draws with what the statistics say.</summary>
    /// <exception cref="InvalidDataException">There is no parameter.</exception>
    public StoredDraws ToStoredDraws()
    {
        if (parameters.Count == 0)
        {
            throw new InvalidDataException($"{source} holds no draws of any parameter.");
        }

        return new StoredDraws(chains, parameters, statistics, energies is null && divergent is null ? null : new SamplerOutcome
        {
            KnowsDivergences = divergent is not null,
            Divergences = divergent?.LongCount(value => value != 0) ?? 0,
            Transitions = (long)chains * draws,
            EnergyFractions = energies is null ? default : EnergyFractions(energies),
        });
    }

    private double[] EnergyFractions(double[] values)
    {
        double[] fractions = new double[chains];
        EnergyBayesianFractionOfMissingInformation.Compute(new ParameterDraws<double>(values, chains), fractions);
        return fractions;
    }

    private double[] DrawByDraw(ReadOnlySpan<double> elements, int one, int count)
    {
        double[] values = new double[chains * draws];
        for (int chain = 0; chain < chains; chain++)
        {
            for (int draw = 0; draw < draws; draw++)
            {
                values[(draw * chains) + chain] = elements[(((chain * draws) + draw) * count) + one];
            }
        }

        return values;
    }

    private void Check(string name, ReadOnlySpan<int> shape, int count)
    {
        if (shape.Length < 2 || count == 0)
        {
            throw new InvalidDataException(
                $"{source}: {name} has the shape ({string.Join(", ", shape.ToArray())}); chain and draw must be its first two indices, and neither empty.");
        }

        if (chains == 0)
        {
            (chains, draws) = (shape[0], shape[1]);
        }
        else if (shape[0] != chains || shape[1] != draws)
        {
            throw new InvalidDataException(
                $"{source}: {name} has {shape[0]} chains of {shape[1]} draws, and what came before it {chains} of {draws}; they must be equal.");
        }
    }
}
