using GpuSampling.Generators.Tests.Support;

namespace GpuSampling.Generators.Tests;

public class ReadmeTests
{
    [Fact]
    public void TheModelOfTheReadmeIsShortAndHasTheRightGradient()
    {
        string text = File.ReadAllText(Path.Combine(TestSupport.ReferenceData.RepositoryRoot!, "README.md"));
        int section = text.IndexOf("## Write your own model", StringComparison.Ordinal);
        int start = text.IndexOf("[Model]", section, StringComparison.Ordinal), end = text.IndexOf("```", start, StringComparison.Ordinal);
        string source = text[start..end];
        Assert.InRange(source.TrimEnd().Split('\n').Length, 5, 19);
        ModelCase.Check(source, """{"J": 3, "y": [28, 8, -3], "sigma": [15, 10, 16]}""", points: 20);
    }
}
