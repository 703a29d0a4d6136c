namespace GpuSampling.Diagnostics;

/// <summary>What <see cref="DiagnosticWarnings"/> judges a run by, of its draws or of what was kept in their place.</summary>
internal interface IRunFindings
{
    /// <summary>The number of chains.</summary>
    int Chains { get; }

    /// <summary>The number of draws of each chain.</summary>
    int Draws { get; }

    /// <summary>The summary of each parameter; what is not known of it is NaN.</summary>
    IReadOnlyList<ParameterSummary> Parameters { get; }

    /// <summary>What the sampler reported, or null.</summary>
    SamplerOutcome? Outcome { get; }

    /// <summary>Whether nested R-hat was computed.</summary>
    bool HasSuperchains { get; }

    /// <summary>Whether errors and sizes from the spread of the chains' means were computed.</summary>
    bool HasCrossChain { get; }

    /// <summary>Whether all draws were there, from which effective sample sizes are computed.</summary>
    bool HasDraws { get; }

    /// <summary>Which chains never move.</summary>
    ChainMovement Movement { get; }
}
