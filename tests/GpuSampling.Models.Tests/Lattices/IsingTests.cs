using GpuSampling.Engines;
using GpuSampling.Kernels.Lattices;
using GpuSampling.Lattices;
using GpuSampling.Models.Tests.References;

namespace GpuSampling.Models.Tests.Lattices;

/// <summary>
/// The mean energy of Ising lattices against Kaufman's exact answer for finite ones (Physical Review 76, 1949), and against all 256
/// states of a lattice that is not square. Errors from independent lattices; a |z| of 4 happens by chance once in 16,000; fixed seeds.
/// </summary>
public sealed class IsingTests
{
    private static readonly double Critical = 0.5 * Math.Log(1 + Math.Sqrt(2));

    [Fact]
    public void Kaufmans_partition_function_has_the_known_values()
    {
        Assert.Equal(14.561093024, LogPartitionFunction(4, 0.4), 1e-8);
        Assert.Equal(60.14178079, LogPartitionFunction(8, Critical), 1e-7);
        Assert.Equal(188.03988796, LogPartitionFunction(16, 0.2), 1e-7);
    }

    [Theory]
    [InlineData(8, 0.4, SpinUpdate.Metropolis)]
    [InlineData(8, 0.4, SpinUpdate.HeatBath)]
    [InlineData(16, 0.2, SpinUpdate.Metropolis)]
    [InlineData(4, 0.5, SpinUpdate.HeatBath)]
    public void The_energy_is_the_exact_one(int size, double coupling, SpinUpdate update)
    {
        (double mean, double error) = PairSum(new() { RowCount = size, ColumnCount = size, Coupling = coupling, Update = update });
        double exact = ExactPairSum(size, coupling);
        TestContext.Current.TestOutputHelper?.WriteLine($"{mean} ± {error}, exact {exact}");
        Assert.InRange((mean - exact) / error, -4, 4);

        // Weights that are wrong by 3 % would be noticed.
        Assert.True(Math.Abs(mean - ExactPairSum(size, coupling * 1.03)) / error > 4);
    }

    /// <summary>32 spins to a word; a lattice too large to be wide of the exact answer by chance only.</summary>
    [Theory]
    [InlineData(0.2)]
    [InlineData(0.4)]
    public void Packed_spins_have_the_exact_energy(double coupling)
    {
        const int size = 64;
        IsingOptions options = new() { RowCount = size, ColumnCount = size, Coupling = coupling, IsPacked = true, WarmupSweeps = 300 };
        (double mean, double error) = PairSum(options, 256);
        double exact = ExactPairSum(size, coupling);
        TestContext.Current.TestOutputHelper?.WriteLine($"{mean} ± {error}, exact {exact}");
        Assert.InRange((mean - exact) / error, -4, 4);
        Assert.True(Math.Abs(mean - ExactPairSum(size, coupling * 1.01)) / error > 4);
    }

    [Fact]
    public void Packed_and_plain_spins_have_the_same_magnetisation_and_energy()
    {
        IsingOptions options = new() { RowCount = 10, ColumnCount = 128, Coupling = 0.35, SweepsPerMeasurement = 5, ChainCount = 512, MeasurementCount = 20, Seed = 4 };
        using SimdEngine engine = new();
        (double plain, double plainError) = Squares(options with { IsPacked = false });
        (double packed, double packedError) = Squares(options with { Seed = 5 });
        Assert.InRange((plain - packed) / Math.Sqrt((plainError * plainError) + (packedError * packedError)), -4, 4);

        (double Mean, double Error) Squares(IsingOptions one)
        {
            IsingMeasurements measured = IsingSampler.Sample(one, engine, cancellationToken: TestContext.Current.CancellationToken);
            double[] means = new double[one.ChainCount];
            for (int i = 0; i < measured.Magnetizations.Length; i++)
            {
                double magnetization = measured.Magnetizations.Span[i];
                means[i % one.ChainCount] += magnetization * magnetization / one.MeasurementCount;
            }

            return RunMoments.MeanOfChains(means);
        }
    }

    [Theory]
    [InlineData(SpinUpdate.Metropolis, 2, 4)]
    [InlineData(SpinUpdate.HeatBath, 2, 4)]
    [InlineData(SpinUpdate.Metropolis, 3, 5)]
    [InlineData(SpinUpdate.HeatBath, 3, 3)]
    public void Lattices_of_any_shape_have_the_energy_of_their_states(SpinUpdate update, int rows, int columns)
    {
        const double coupling = 0.3;
        double sum = 0, weighted = 0;
        for (int state = 0; state < 1 << (rows * columns); state++)
        {
            int pairs = 0;
            for (int site = 0; site < rows * columns; site++)
            {
                int right = (site / columns * columns) + ((site + 1) % columns), below = (site + columns) % (rows * columns);
                pairs += Spin(state, site) * (Spin(state, right) + Spin(state, below));
            }

            double weight = Math.Exp(coupling * pairs);
            sum += weight;
            weighted += weight * pairs;
        }

        (double mean, double error) = PairSum(new() { RowCount = rows, ColumnCount = columns, Coupling = coupling, Update = update });
        Assert.InRange((mean - (weighted / sum)) / error, -4, 4);

        static int Spin(int state, int site) => ((state >> site) & 1) == 0 ? -1 : 1;
    }

    [Theory]
    [InlineData(6, 10)]
    [InlineData(7, 5)]
    [InlineData(4, 128)]
    public void Spins_are_the_same_on_every_width_and_for_any_number_of_threads(int rows, int columns)
    {
        IsingOptions options = new() { RowCount = rows, ColumnCount = columns, ChainCount = 37, WarmupSweeps = 5, MeasurementCount = 4, SweepsPerMeasurement = 3, Seed = 8 };
        Assert.Equal(columns == 128, options.CanBePacked);
        using SimdEngine scalar = new(VectorWidth.Scalar, 1);
        IsingMeasurements expected = IsingSampler.Sample(options, scalar, cancellationToken: TestContext.Current.CancellationToken);
        foreach (VectorWidth width in VectorWidths.Present)
        {
            using SimdEngine engine = new(width, 2);
            IsingMeasurements actual = IsingSampler.Sample(options, engine, cancellationToken: TestContext.Current.CancellationToken);
            Assert.Equal(expected.PairSums.ToArray(), actual.PairSums.ToArray());
            Assert.Equal(expected.Magnetizations.ToArray(), actual.Magnetizations.ToArray());
        }
    }

    [Fact]
    public void Lattices_too_narrow_negative_couplings_and_sides_that_cannot_be_packed_are_refused()
    {
        using SimdEngine engine = new();
        Assert.Throws<ArgumentOutOfRangeException>(() => new IsingOptions { RowCount = 1 });
        Assert.Throws<ArgumentException>(() => IsingSampler.Sample(new() { IsPacked = true }, engine, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Throws<ArgumentOutOfRangeException>(() => new IsingOptions { ColumnCount = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new IsingOptions { Coupling = -0.1 });
    }

    private static (double Mean, double Error) PairSum(IsingOptions options, int chains = 2048)
    {
        IsingOptions run = options with { ChainCount = chains, WarmupSweeps = 300, MeasurementCount = 20, SweepsPerMeasurement = 5, Seed = 2 };
        using SimdEngine engine = new();
        ReadOnlySpan<float> all = IsingSampler.Sample(run, engine, cancellationToken: TestContext.Current.CancellationToken).PairSums.Span;
        double[] means = new double[run.ChainCount];
        for (int i = 0; i < all.Length; i++)
        {
            means[i % run.ChainCount] += all[i] / run.MeasurementCount;
        }

        return RunMoments.MeanOfChains(means);
    }

    private static double ExactPairSum(int size, double coupling) =>
        (LogPartitionFunction(size, coupling + 1e-4) - LogPartitionFunction(size, coupling - 1e-4)) / 2e-4;

    /// <summary>Kaufman's eq. 43 for a square lattice: ½ (2 sinh 2K)^(N/2) times the sum of four products.</summary>
    private static double LogPartitionFunction(int size, double coupling)
    {
        double oddCosh = 0, oddSinh = 0, evenCosh = 0, evenSinh = 0;
        int sign = 1;
        for (int r = 0; r < size; r++)
        {
            double odd = size / 2.0 * Gamma((2 * r) + 1), even = size / 2.0 * Gamma(2 * r);
            oddCosh += Math.Log(2 * Math.Cosh(odd));
            oddSinh += Math.Log(2 * Math.Abs(Math.Sinh(odd)));
            evenCosh += Math.Log(2 * Math.Cosh(even));
            evenSinh += Math.Log(2 * Math.Abs(Math.Sinh(even)));
            sign *= even < 0 ? -1 : 1;
        }

        double sum = 1 + Math.Exp(oddSinh - oddCosh) + Math.Exp(evenCosh - oddCosh) + (sign * Math.Exp(evenSinh - oddCosh));
        return (0.5 * size * size * Math.Log(2 * Math.Sinh(2 * coupling))) + oddCosh + Math.Log(sum / 2);

        double Gamma(int l) => l == 0
            ? (2 * coupling) + Math.Log(Math.Tanh(coupling))
            : Math.Acosh((Math.Cosh(2 * coupling) / Math.Tanh(2 * coupling)) - Math.Cos(Math.PI * l / size));
    }
}
