using System.Collections.Immutable;
using GpuSampling.Adaptation;

namespace GpuSampling.Tests.Adaptation;

public sealed class WarmupScheduleTests
{
    public static TheoryData<int> LongLengths => [100_000, 200_000_000, int.MaxValue];

    [Fact]
    public void Windows_make_up_the_warm_up_whatever_its_length()
    {
        for (int length = 0; length <= 2000; length++)
        {
            AssertWindows(length);
        }
    }

    [Theory]
    [MemberData(nameof(LongLengths))]
    public void Long_warm_ups_do_not_overflow(int length) => AssertWindows(length);

    [Fact]
    public void A_warm_up_of_300_is_divided_as_documented() =>
        Assert.Equal(
            [new(45, false), new(15, true), new(30, true), new(165, true), new(45, false)],
            WarmupSchedule.Windows(300));

    [Fact]
    public void Negative_lengths_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>("transitionCount", () => WarmupSchedule.Windows(-1));

    private static void AssertWindows(int length)
    {
        ImmutableArray<WarmupWindow> windows = WarmupSchedule.Windows(length);
        Assert.Equal(length, windows.Sum(window => (long)window.Length));
        Assert.DoesNotContain(windows, window => window.Length <= 0);
        if (length < 20)
        {
            Assert.DoesNotContain(windows, window => window.AdaptsMetric);
            return;
        }

        // Step size alone at both ends; between them windows that double, the last at least as long as a doubled one.
        Assert.False(windows[0].AdaptsMetric);
        Assert.False(windows[^1].AdaptsMetric);
        ImmutableArray<WarmupWindow> middle = windows[1..^1];
        Assert.NotEmpty(middle);
        Assert.DoesNotContain(middle, window => !window.AdaptsMetric);
        for (int i = 1; i < middle.Length; i++)
        {
            Assert.True(i == middle.Length - 1
                ? middle[i].Length >= 2L * middle[i - 1].Length
                : middle[i].Length == 2 * middle[i - 1].Length);
        }
    }
}
