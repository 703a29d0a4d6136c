using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace GpuSampling.Cli.Tests;

/// <summary>An independent reader of NumPy's format, for the tests of the writer.</summary>
internal sealed partial record NumpyFile<T>(int[] Shape, bool FirstIndexIsFastest, string Type, T[] Values)
    where T : unmanaged
{
    public static NumpyFile<T> Read(byte[] bytes)
    {
        Assert.Equal("\u0093NUMPY\u0001\0", Encoding.Latin1.GetString(bytes, 0, 8));
        int length = bytes[8] | (bytes[9] << 8);
        Assert.Equal(0, (10 + length) % 64);
        string header = Encoding.ASCII.GetString(bytes, 10, length);
        Assert.EndsWith("\n", header, StringComparison.Ordinal);
        Match match = Header().Match(header);
        Assert.True(match.Success, header);
        int[] shape = [.. match.Groups["shape"].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(int.Parse)];
        T[] values = MemoryMarshal.Cast<byte, T>(bytes.AsSpan(10 + length)).ToArray();
        Assert.Equal(shape.Aggregate(1, (product, extent) => product * extent), values.Length);
        return new NumpyFile<T>(shape, match.Groups["order"].Value == "True", match.Groups["type"].Value, values);
    }

    [GeneratedRegex(@"^\{'descr': '(?<type>[^']+)', 'fortran_order': (?<order>True|False), 'shape': \((?<shape>[^)]*)\), \} *\n$")]
    private static partial Regex Header();
}
