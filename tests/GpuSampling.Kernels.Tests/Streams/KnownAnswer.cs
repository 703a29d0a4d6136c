using System.Globalization;
using GpuSampling.TestSupport;

namespace GpuSampling.Kernels.Tests.Streams;

/// <summary>One known answer of a counter-based generator: name, rounds, counter, key, expected words.</summary>
internal sealed record KnownAnswer(string Generator, int Rounds, uint[] Counter, uint[] Key, uint[] Expected)
{
    /// <summary>The vectors of the Random123 distribution for these tests, kept so that they run without the file.</summary>
    private const string Inline = """
        philox4x32 7  00000000 00000000 00000000 00000000  00000000 00000000   5f6fb709 0d893f64 4f121f81 4f730a48
        philox4x32 7  ffffffff ffffffff ffffffff ffffffff  ffffffff ffffffff   5207ddc2 45165e59 4d8ee751 8c52f662
        philox4x32 7  243f6a88 85a308d3 13198a2e 03707344  a4093822 299f31d0   4dfccaba 190a87f0 c47362ba b6b5242a
        philox4x32 10 00000000 00000000 00000000 00000000  00000000 00000000   6627e8d5 e169c58d bc57ac4c 9b00dbd8
        philox4x32 10 ffffffff ffffffff ffffffff ffffffff  ffffffff ffffffff   408f276d 41c83b0e a20bc7c6 6d5451fd
        philox4x32 10 243f6a88 85a308d3 13198a2e 03707344  a4093822 299f31d0   d16cfe09 94fdcceb 5001e420 24126ea1
        threefry4x32 13 00000000 00000000 00000000 00000000  00000000 00000000 00000000 00000000   531c7e4f 39491ee5 2c855a92 3d6abf9a
        threefry4x32 20 00000000 00000000 00000000 00000000  00000000 00000000 00000000 00000000   9c6ca96a e17eae66 fc10ecd4 5256a7d8
        threefry4x32 20 ffffffff ffffffff ffffffff ffffffff  ffffffff ffffffff ffffffff ffffffff   2a881696 57012287 f6c7446e a16a6732
        threefry4x32 20 243f6a88 85a308d3 13198a2e 03707344  a4093822 299f31d0 082efa98 ec4e6c89   59cd1dbb b8879579 86b5d00c ac8b6d84
        """;

    public static IReadOnlyList<KnownAnswer> FromSource { get; } = Parse(Inline);

    /// <summary>The whole file of the Random123 distribution; skips the test where it is absent.</summary>
    public static IReadOnlyList<KnownAnswer> FromFileOrSkip() =>
        Parse(File.ReadAllText(ReferenceData.PathOrSkip("random123/kat_vectors")));

    /// <summary>Reads the lines of four-word generators over 32 bits. An expectation of zeros would pass a generator that does nothing.</summary>
    private static List<KnownAnswer> Parse(string text)
    {
        List<KnownAnswer> answers = [];
        foreach (string line in text.Split('\n'))
        {
            string[] fields = line.Split('#')[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length == 0 || fields[0] is not ("philox4x32" or "threefry4x32"))
            {
                continue;
            }

            int keyLength = fields[0] == "philox4x32" ? 2 : 4;
            Assert.Equal(10 + keyLength, fields.Length);
            uint[] words = [.. fields.Skip(2).Select(field => uint.Parse(field, NumberStyles.HexNumber))];
            KnownAnswer answer = new(
                fields[0], int.Parse(fields[1]), words[..4], words[4..(4 + keyLength)], words[(4 + keyLength)..]);
            Assert.Contains(answer.Expected, word => word != 0);
            answers.Add(answer);
        }

        return answers;
    }
}
