using GpuSampling.Modeling;
using GpuSampling.TestSupport;

namespace GpuSampling.Tests.Modeling;

public sealed class PosteriorTests
{
    [Fact]
    public void Labels_have_the_last_index_fastest_and_count_from_one()
    {
        Assert.Equal(["tau"], new OutputShape("tau").Labels);
        Assert.Equal(["theta[1]", "theta[2]", "theta[3]"], new OutputShape("theta", 3).Labels);
        OutputShape matrix = new("L", 2, 3);
        Assert.Equal(6, matrix.Count);
        Assert.Equal(["L[1,1]", "L[1,2]", "L[1,3]", "L[2,1]", "L[2,2]", "L[2,3]"], matrix.Labels);
    }

    [Fact]
    public void Shapes_without_name_or_elements_are_refused()
    {
        Assert.Throws<ArgumentException>("name", () => new OutputShape(" "));
        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>("dimensions", () => new OutputShape("x", 3, 0));
        Assert.Equal(0, exception.ActualValue);
        Assert.Throws<OverflowException>(() => new OutputShape("x", 1 << 20, 1 << 20).Count);
    }

    [Fact]
    public void Outputs_must_be_those_of_the_model()
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(
            "outputs", () => new Posterior<GumbelModel>("g", new GumbelModel(2), ModelData.Empty, new OutputShape("x", 2)));
        Assert.Contains("3 values", exception.Message, StringComparison.Ordinal);
        Assert.Contains("name 2", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Outputs_must_have_different_names()
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(
            "outputs",
            () => new Posterior<GumbelModel>("g", new GumbelModel(2), ModelData.Empty, new OutputShape("x"), new OutputShape("y"), new OutputShape("x")));
        Assert.Contains("several outputs named x", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Data_must_be_finite(double value)
    {
        ModelData data = new((double[])[1, 2, value], ReadOnlyMemory<int>.Empty);
        ArgumentException exception = Assert.Throws<ArgumentException>(
            "data", () => new Posterior<GumbelModel>("g", new GumbelModel(1), data, new OutputShape("x"), new OutputShape("u")));
        Assert.Contains($"number 2 is {value}", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_must_have_a_parameter() =>
        Assert.Throws<ArgumentOutOfRangeException>(
            "model", () => new Posterior<GumbelModel>("g", new GumbelModel(0), ModelData.Empty, new OutputShape("u")));

    [Fact]
    public void A_visitor_sees_the_models_type() =>
        Assert.Equal(typeof(GumbelModel), GumbelModel.Posterior().Accept(new TypeOfModel()));

    private sealed class TypeOfModel : IPosteriorVisitor<Type>
    {
        public Type Visit<TModel>(Posterior<TModel> posterior)
            where TModel : struct, Kernels.Models.IModel => typeof(TModel);
    }
}
