using GpuSampling.Generators.Tests.Support;
using GpuSampling.TestSupport;

namespace GpuSampling.Generators.Tests;

/// <summary>The posteriors of posteriordb, written as models: value and gradient against dual numbers, with the real data.</summary>
public class PosteriordbTests
{
    [Theory]
    [InlineData("KidScoreByMotherIq", "kidiq-kidscore_momiq")]
    [InlineData("KidScoreByMotherHighSchoolAndIq", "kidiq-kidscore_momhsiq")]
    [InlineData("LogEarningsByHeight", "earnings-logearn_height")]
    [InlineData("LogEarningsInteraction", "earnings-logearn_interaction_z")]
    [InlineData("Mesquite", "mesquite-logmesquite_logvash")]
    [InlineData("Kilpisjarvi", "kilpisjarvi_mod-kilpisjarvi")]
    [InlineData("PartyIdentification", "nes1972-nes")]
    [InlineData("PartyIdentification", "nes1976-nes")]
    [InlineData("EightSchoolsNonCentered", "eight_schools-eight_schools_noncentered")]
    [InlineData("Autoregression", "arK-arK")]
    [InlineData("Garch", "garch-garch11")]
    [InlineData("GaussianProcessRegression", "gp_pois_regr-gp_regr")]
    [InlineData("NormalMixture", "low_dim_gauss_mix-low_dim_gauss_mix")]
    [InlineData("HiddenMarkovModel", "hmm_example-hmm_example")]
    [InlineData("LotkaVolterra", "hudson_lynx_hare-lotka_volterra")]
    public void HasTheRightDensityAndGradient(string model, string folder)
    {
        string data = File.ReadAllText(ReferenceData.PathOrSkip($"posteriordb/{folder}/data.json"));
        string source = File.ReadAllText(Path.Combine(
            ReferenceData.RepositoryRoot!, "tests", "GpuSampling.Generators.Tests", "Posteriors", model + ".cs"));
        ModelCase.Check(source.Replace("using GpuSampling.Modeling;", "", StringComparison.Ordinal), data, points: 20, scale: 1.5);
    }
}
