using GpuSampling.Diagnostics;

namespace GpuSampling.Tests.Diagnostics;

/// <summary>Sketches beside the sorted numbers themselves.</summary>
public sealed class QuantileSketchTests
{
    public static TheoryData<string> Orders => ["random", "ascending", "descending", "few-values", "alternating"];

    [Theory]
    [MemberData(nameof(Orders))]
    public void Ranks_are_within_the_bound_in_every_order(string order)
    {
        const int count = 300_000, buffer = 256;
        double[] values = Numbers(order, count);
        QuantileSketch sketch = new(buffer);
        foreach (double value in values)
        {
            sketch.Add(value);
        }

        double[] sorted = [.. values.Order()];
        double bound = sketch.RankErrorBound;
        Assert.InRange(bound, 1e-4, 0.03);
        double worst = 0;
        foreach (double probability in (double[])[0, 0.001, 0.05, 0.25, 0.5, 0.75, 0.95, 0.999, 1])
        {
            double quantile = sketch.Quantile(probability);

            // The ranks of all numbers equal to it: how far the wanted one is from them.
            int below = LowerBound(sorted, quantile), upTo = LowerBound(sorted, Math.BitIncrement(quantile));
            double error = Math.Max(0, Math.Max(((double)below / count) - probability, probability - ((double)upTo / count)));
            Assert.True(error <= bound, $"{order}, p = {probability}: rank off by {error}, the bound is {bound}.");
            worst = Math.Max(worst, error);
        }

        // What the alternation is for: usual orders are nowhere near the bound.
        Assert.True(worst < 0.25 * bound, $"{order}: {worst} of {bound}");
        Assert.Equal(count, sketch.Count);
    }

    [Fact]
    public void Numbers_that_fit_a_buffer_have_exact_quantiles()
    {
        QuantileSketch sketch = new(16);
        Assert.Equal(double.NaN, sketch.Quantile(0.5));
        foreach (double value in (double[])[5, 1, 4, 2, 3])
        {
            sketch.Add(value);
        }

        Assert.Equal([1, 1, 3, 5, 5], Array.ConvertAll<double, double>([0, 0.2, 0.5, 0.9, 1], sketch.Quantile));
        sketch.Add(double.NegativeInfinity);
        Assert.Equal(double.NegativeInfinity, sketch.Quantile(0));
        sketch.Add(double.NaN);
        Assert.Equal((6L, 1L, double.NaN), (sketch.Count, sketch.NotANumberCount, sketch.Quantile(0.5)));
    }

    [Fact]
    public void A_saved_sketch_goes_on_as_if_it_had_not_been_saved()
    {
        double[] values = Numbers("random", 10_000);
        QuantileSketch whole = new(64), first = new(64), second = new(64);
        foreach (double value in values)
        {
            whole.Add(value);
        }

        foreach (double value in values[..3333])
        {
            first.Add(value);
        }

        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        first.Save(writer);
        stream.Position = 0;
        using BinaryReader reader = new(stream);
        second.Restore(reader);
        foreach (double value in values[3333..])
        {
            second.Add(value);
        }

        for (double p = 0; p <= 1; p += 1.0 / 64)
        {
            Assert.Equal(whole.Quantile(p), second.Quantile(p));
        }
    }

    [Fact]
    public void Arguments_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("bufferLength", () => new QuantileSketch(15));
        Assert.Throws<ArgumentOutOfRangeException>("probability", () => new QuantileSketch().Quantile(1.01));
        Assert.Throws<ArgumentOutOfRangeException>("probability", () => new QuantileSketch().Quantile(double.NaN));
    }

    private static double[] Numbers(string order, int count)
    {
        System.Random random = new(8);
        double[] values = [.. Enumerable.Range(0, count).Select(_ => -Math.Log(-Math.Log(random.NextDouble())))];
        return order switch
        {
            "ascending" => [.. values.Order()],
            "descending" => [.. values.OrderDescending()],
            "few-values" => [.. values.Select(value => Math.Round(value))],
            "alternating" => [.. values.Select((value, i) => i % 2 == 0 ? 100 + value : -value)],
            _ => values,
        };
    }

    private static int LowerBound(double[] sorted, double bound)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = sorted[middle] < bound ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
