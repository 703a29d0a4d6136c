using GpuSampling.Modeling;

namespace GpuSampling.Sampling;

/// <summary>
/// Starts drawn from the prior, as the model says: a generated model by its method <c>void DrawPrior(RandomSource random)</c>, which
/// sets every parameter; a model written by hand by <see cref="Posterior.PriorDrawing"/>. A draw without finite density is drawn again,
/// up to 100 times.
/// </summary>
public sealed record PriorStarts : ChainStarts
{
    // Generated quantities of draws have random numbers of their own: no transition has so high a number.
    private const uint FirstStep = 0x80000000;

    internal override void Check(Posterior posterior, RunOptions run)
    {
        if (posterior.PriorDrawing is null)
        {
            throw new ArgumentException(
                $"Model {posterior.Name} does not say how to draw from its prior: a generated model does so by a method 'void DrawPrior(RandomSource random)', one written by hand by {nameof(posterior.PriorDrawing)}.",
                nameof(posterior));
        }
    }

    internal override void Place(Chains chains, double radius, CancellationToken cancellationToken)
    {
        Posterior posterior = chains.Posterior;
        double[] drawn = new double[posterior.Dimension];
        ArgumentException? refused = null;
        try
        {
            chains.StartAt(
                (chain, attempt, position) =>
                {
                    refused = Draw(posterior, new RandomSource(chains.Run.Seed, (uint)(chains.Run.FirstChain + chain), FirstStep + attempt), drawn) ?? refused;
                    drawn.CopyTo(position);
                },
                isDrawn: true,
                "from the prior",
                cancellationToken);
        }
        catch (InitializationException fault) when (refused is not null)
        {
            throw new InitializationException($"{fault.Message} The last draw that was refused: {refused.Message}", refused);
        }
    }

    /// <summary>Draws a position; returns why there is none.</summary>
    private static ArgumentException? Draw(Posterior posterior, RandomSource random, double[] position)
    {
        UnconstrainedWriter writer = new(posterior.Name, position);
        try
        {
            posterior.PriorDrawing!(random, writer);
            writer.End();
            return null;
        }
        catch (ArgumentException fault)
        {
            // A draw on the edge of a constraint, as an underflow makes it: no start. It is drawn again.
            Array.Fill(position, double.NaN);
            return fault;
        }
    }
}
