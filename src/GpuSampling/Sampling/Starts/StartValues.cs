using GpuSampling.Diagnostics;
using GpuSampling.Modeling;

namespace GpuSampling.Sampling;

/// <summary>Reads the start of a chain of the result, from 0.</summary>
internal delegate void StartReader(int chain, Span<double> position);

/// <summary>Values that chains start from.</summary>
internal abstract class StartValues
{
    /// <summary>Whether all chains have one start.</summary>
    public abstract bool AreShared(Posterior posterior);

    /// <summary>Throws where the values do not suit the posterior or the number of chains.</summary>
    /// <exception cref="ArgumentException">They do not.</exception>
    public abstract void Check(Posterior posterior, RunOptions run);

    /// <summary>Reads starts in unconstrained space.</summary>
    public abstract StartReader For(Posterior posterior, int chainCount);

    /// <summary>Starts of draws of which the value of an output for a chain is known; shared ones are computed once.</summary>
    protected static StartReader FromDraws(Posterior posterior, bool areShared, Func<int, int, double> value)
    {
        double[] draw = new double[posterior.OutputLabels.Length];
        double[]? known = null;
        return (chain, position) =>
        {
            if (known is null || !areShared)
            {
                for (int output = 0; output < draw.Length; output++)
                {
                    draw[output] = value(output, chain);
                }

                known = Unconstrain(posterior, draw);
            }

            known.CopyTo(position);
        };
    }

    /// <summary>The unconstrained parameters; a fault names what is missing, too.</summary>
    private static double[] Unconstrain(Posterior posterior, double[] draw)
    {
        try
        {
            return posterior.Unconstrain(draw);
        }
        catch (ArgumentException fault) when (Array.Exists(draw, double.IsNaN))
        {
            string[] missing = [.. posterior.OutputLabels.Where((_, output) => double.IsNaN(draw[output]))];
            throw new ArgumentException($"{fault.Message} There are no values of {string.Join(", ", missing.Take(10))}{(missing.Length > 10 ? ", …" : string.Empty)} to start from.", nameof(draw), fault);
        }
    }

    /// <summary>Throws where a posterior cannot find unconstrained parameters.</summary>
    protected static void CheckUnconstraining(Posterior posterior)
    {
        if (posterior.Unconstraining is null)
        {
            throw new ArgumentException($"Model {posterior.Name} does not say which unconstrained parameters give which values: give the unconstrained ones.", nameof(posterior));
        }
    }
}

/// <summary>Unconstrained numbers: [parameter], or [parameter][chain].</summary>
internal sealed class UnconstrainedStartValues(double[] values) : StartValues
{
    public override bool AreShared(Posterior posterior) => values.Length == posterior.Dimension;

    public override void Check(Posterior posterior, RunOptions run)
    {
        if (values.Length != posterior.Dimension && values.Length != (long)posterior.Dimension * run.ChainCount)
        {
            throw new ArgumentException(
                $"{values.Length} unconstrained numbers were given to start from; allowed are {posterior.Dimension}, one for each unconstrained parameter of model {posterior.Name}, or {(long)posterior.Dimension * run.ChainCount}, for each of {run.ChainCount} chains.",
                nameof(run));
        }
    }

    public override StartReader For(Posterior posterior, int chainCount)
    {
        (int stride, int step) = AreShared(posterior) ? (1, 0) : (chainCount, 1);
        return (chain, position) =>
        {
            for (int i = 0; i < position.Length; i++)
            {
                position[i] = values[(i * stride) + (chain * step)];
            }
        };
    }
}

/// <summary>Values by the names of parameters or of their elements.</summary>
internal sealed class NamedStartValues(IReadOnlyDictionary<string, double[]> values) : StartValues
{
    public override bool AreShared(Posterior posterior) => values.All(one => one.Value.Length == ElementCount(posterior, one.Key));

    public override void Check(Posterior posterior, RunOptions run)
    {
        CheckUnconstraining(posterior);
        foreach ((string name, double[] numbers) in values)
        {
            int elements = ElementCount(posterior, name);
            if (elements == 0)
            {
                throw new ArgumentException(
                    $"Model {posterior.Name} has no parameter {name} to start from; it has {string.Join(", ", posterior.Outputs.Select(output => output.Name))}.", nameof(run));
            }

            if (numbers.Length != elements && numbers.Length != (long)elements * run.ChainCount)
            {
                throw new ArgumentException(
                    $"{numbers.Length} values of {name} were given to start from; allowed are {elements}, or {(long)elements * run.ChainCount} for each of {run.ChainCount} chains.", nameof(run));
            }
        }
    }

    public override StartReader For(Posterior posterior, int chainCount)
    {
        // For each output its values: one, or one for each chain; none where it was not given.
        ReadOnlyMemory<double>[] columns = new ReadOnlyMemory<double>[posterior.OutputLabels.Length];
        int first = 0;
        foreach (OutputShape output in posterior.Outputs)
        {
            Take(output.Name, first, output.Count);
            for (int i = 0; i < output.Count; i++)
            {
                Take(posterior.OutputLabels[first + i], first + i, 1);
            }

            first += output.Count;
        }

        return FromDraws(posterior, AreShared(posterior), (output, chain) =>
        {
            ReadOnlySpan<double> column = columns[output].Span;
            return column.IsEmpty ? double.NaN : column[column.Length == 1 ? 0 : chain];
        });

        void Take(string name, int at, int count)
        {
            if (values.TryGetValue(name, out double[]? numbers))
            {
                int length = numbers.Length / count;
                for (int i = 0; i < count; i++)
                {
                    columns[at + i] = numbers.AsMemory(i * length, length);
                }
            }
        }
    }

    /// <summary>The number of values behind a name; 0 if there is none.</summary>
    private static int ElementCount(Posterior posterior, string name) =>
        posterior.Outputs.FirstOrDefault(output => output.Name == name)?.Count ?? (posterior.OutputLabels.Contains(name) ? 1 : 0);
}

/// <summary>The last of earlier draws.</summary>
internal sealed class EarlierDraws<TElement>(IDrawSource<TElement> draws) : StartValues
    where TElement : unmanaged
{
    public override bool AreShared(Posterior posterior) => false;

    public override void Check(Posterior posterior, RunOptions run)
    {
        CheckUnconstraining(posterior);
        int drawCount = draws.Parameters == 0 ? 0 : draws.Values(0).Length / draws.Chains;
        if ((long)drawCount * draws.Chains < run.ChainCount)
        {
            throw new ArgumentException(
                $"{run.ChainCount} chains cannot start at different ones of {draws.Chains} chains of {drawCount} draws; allowed are {(long)drawCount * draws.Chains} chains.", nameof(run));
        }
    }

    public override StartReader For(Posterior posterior, int chainCount)
    {
        int[] places = [.. posterior.OutputLabels.Select(label => Enumerable.Range(0, draws.Parameters).FirstOrDefault(parameter => draws.Name(parameter) == label, -1))];
        return FromDraws(posterior, areShared: false, (output, chain) =>
        {
            if (places[output] < 0)
            {
                return double.NaN;
            }

            ReadOnlySpan<TElement> values = draws.Values(places[output]);
            TElement value = values[values.Length - ((1 + (chain / draws.Chains)) * draws.Chains) + (chain % draws.Chains)];
            return value is float single ? single : (double)(object)value;
        });
    }
}
