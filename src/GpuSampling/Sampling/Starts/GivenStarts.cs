using GpuSampling.Diagnostics;
using GpuSampling.Kernels.Lanes;
using GpuSampling.Kernels.Streams;
using GpuSampling.Kernels.Variates;
using GpuSampling.Modeling;
using GpuSampling.Numerics;

namespace GpuSampling.Sampling;

/// <summary>Starts at given values, one for all chains or one for each. Immutable; every value is checked when set.</summary>
/// <remarks>A chain whose start has no finite density is refused with its values, unless jitter may still find one close by.</remarks>
public sealed record GivenStarts : ChainStarts
{
    private readonly StartValues values;
    private readonly double jitter;

    private GivenStarts(StartValues values) => this.values = values;

    /// <summary>
    /// Starts are uniform within ± this about the values, in unconstrained space; a finite number, 0 or more. Default 0. With jitter a
    /// start without finite density is drawn again, up to 100 times.
    /// </summary>
    public double Jitter
    {
        get => jitter;
        init => jitter = Allowed.NotNegative(value);
    }

    /// <summary>Starts in unconstrained space.</summary>
    /// <param name="position">
    /// A number for each unconstrained parameter: one start for all chains; or [parameter][chain], chain fastest: one for each. Finite.
    /// </param>
    /// <exception cref="ArgumentException">The span is empty, or a number is not finite.</exception>
    public static GivenStarts At(ReadOnlySpan<double> position)
    {
        int index = position.IndexOfAnyExceptInRange(double.MinValue, double.MaxValue);
        return !position.IsEmpty && index < 0
            ? new GivenStarts(new UnconstrainedStartValues(position.ToArray()))
            : throw new ArgumentException(position.IsEmpty ? "There are no values." : FormattableString.Invariant($"Number {index} is {position[index]}; allowed are finite numbers."), nameof(position));
    }

    /// <summary>Starts by the values of parameters, such as <c>tau</c> or <c>theta</c> or <c>theta[3]</c>.</summary>
    /// <param name="values">
    /// By the name of a parameter its elements, the last index fastest: one start for all chains; or [element][chain], chain fastest: one
    /// for each. Finite, and where the constraints want them, bounds not included. Every parameter is needed; generated quantities are ignored.
    /// </param>
    /// <exception cref="ArgumentException">There are no values, or one is not finite.</exception>
    public static GivenStarts At(IReadOnlyDictionary<string, double[]> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0)
        {
            throw new ArgumentException("There are no values.", nameof(values));
        }

        foreach ((string name, double[] numbers) in values)
        {
            ArgumentNullException.ThrowIfNull(numbers, nameof(values));
            int index = numbers.AsSpan().IndexOfAnyExceptInRange(double.MinValue, double.MaxValue);
            if (index >= 0)
            {
                throw new ArgumentException(FormattableString.Invariant($"Number {index} of {name} is {numbers[index]}; allowed are finite numbers."), nameof(values));
            }
        }

        return new GivenStarts(new NamedStartValues(values.ToDictionary(one => one.Key, one => (double[])one.Value.Clone())));
    }

    /// <summary>
    /// Starts where earlier draws ended: chain c at the last draw of chain c, or where there were only C chains at an earlier draw, the
    /// last but ⌊c / C⌋, of chain c mod C.
    /// </summary>
    /// <typeparam name="TElement">float or double.</typeparam>
    /// <param name="draws">The draws; at least as many as there are chains to start.</param>
    public static GivenStarts LastOf<TElement>(IDrawSource<TElement> draws)
        where TElement : unmanaged
    {
        ArgumentNullException.ThrowIfNull(draws);
        return new GivenStarts(new EarlierDraws<TElement>(draws));
    }

    internal override bool AreShared(Posterior posterior) => Jitter == 0 && values.AreShared(posterior);

    internal override void Check(Posterior posterior, RunOptions run) => values.Check(posterior, run);

    internal override void Place(Chains chains, double radius, CancellationToken cancellationToken)
    {
        StreamKey key = new(chains.Run.Seed);
        double[] distances = new double[chains.Dimension];
        StartReader starts = values.For(chains.Posterior, chains.Run.ChainCount / chains.ReplicaCount);
        chains.StartAt(
            (chain, attempt, position) =>
            {
                starts(chain / chains.ReplicaCount, position);
                if (Jitter > 0)
                {
                    Word<Float64> stream = Float64.WordConstant((ulong)(chains.Run.FirstChain + chain));
                    VectorVariates.FillUniform(
                        new StreamAddress<Float64>(key, StreamPurpose.Initialization, stream, 0, attempt), new HostNumbers(distances, [], 0), distances.Length);
                    for (int i = 0; i < position.Length; i++)
                    {
                        position[i] += Jitter * ((2 * distances[i]) - 1);
                    }
                }
            },
            Jitter > 0,
            Jitter > 0 ? FormattableString.Invariant($"within ±{Jitter} of the values given") : "that was given",
            cancellationToken);
    }
}
