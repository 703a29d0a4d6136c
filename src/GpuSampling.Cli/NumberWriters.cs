using System.Globalization;
using System.Runtime.InteropServices;
using GpuSampling.Interchange;

namespace GpuSampling.Cli;

/// <summary>Where random numbers go.</summary>
internal interface INumberWriter : IDisposable
{
    void Write<T>(ReadOnlySpan<T> numbers)
        where T : unmanaged;

    /// <summary>Told after the last number.</summary>
    void Complete();
}

/// <summary>Numbers as text: one to a line, or their bits in hexadecimal, four to a line.</summary>
internal sealed class TextNumberWriter(TextWriter output, bool hexadecimal) : INumberWriter
{
    private int column;

    public void Write<T>(ReadOnlySpan<T> numbers)
        where T : unmanaged
    {
        if (!hexadecimal)
        {
            foreach (T number in numbers)
            {
                output.WriteLine(((IFormattable)number).ToString(null, CultureInfo.InvariantCulture));
            }

            return;
        }

        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(numbers);
        int size = bytes.Length / numbers.Length;
        for (int start = 0; start < bytes.Length; start += size)
        {
            ulong bits = size == 4
                ? BitConverter.ToUInt32(bytes.Slice(start, 4))
                : BitConverter.ToUInt64(bytes.Slice(start, 8));
            output.Write(column > 0 ? " " : string.Empty);
            output.Write(bits.ToString(size == 4 ? "x8" : "x16", CultureInfo.InvariantCulture));
            column = (column + 1) % 4;
            if (column == 0)
            {
                output.WriteLine();
            }
        }
    }

    public void Complete() => EndLine();

    public void Dispose() => EndLine();

    private void EndLine()
    {
        if (column > 0)
        {
            column = 0;
            output.WriteLine();
        }

        output.Flush();
    }
}

/// <summary>Numbers in a file, NumPy's format or text, which replaces an earlier one of its name when it is whole.</summary>
internal sealed class FileNumberWriter : INumberWriter
{
    private readonly ReplacedFile file;
    private readonly long count;
    private readonly StreamWriter? textFile;
    private readonly TextNumberWriter? text;
    private bool hasHeader;

    private FileNumberWriter(ReplacedFile file, RandomRequest request, bool isText)
    {
        this.file = file;
        count = request.Count;
        textFile = isText ? new StreamWriter(file.Stream) : null;
        text = isText ? new TextNumberWriter(textFile!, request.Hexadecimal) : null;
    }

    /// <summary>Opens a file by its ending.</summary>
    /// <exception cref="BadInputException">The ending is neither .npy nor .csv, or the file cannot be written.</exception>
    public static FileNumberWriter Create(FileInfo target, RandomRequest request)
    {
        bool isText = target.Extension.Equals(".csv", StringComparison.OrdinalIgnoreCase);
        if (!isText && !target.Extension.Equals(".npy", StringComparison.OrdinalIgnoreCase))
        {
            throw new BadInputException($"--out is {target.FullName}; allowed are files that end in .npy or .csv.");
        }

        if (!isText && request.Hexadecimal)
        {
            throw new BadInputException($"--hex prints text, and --out is {target.FullName}; allowed with --hex are files that end in .csv.");
        }

        try
        {
            return new FileNumberWriter(new ReplacedFile(target.FullName), request, isText);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"--out {target.FullName} cannot be written: {fault.Message}");
        }
    }

    public void Write<T>(ReadOnlySpan<T> numbers)
        where T : unmanaged
    {
        if (text is not null)
        {
            text.Write(numbers);
            return;
        }

        if (!hasHeader)
        {
            NumpyArrayFile.WriteHeader<T>(file.Stream, [count]);
            hasHeader = true;
        }

        NumpyArrayFile.WriteValues(file.Stream, numbers);
    }

    public void Complete()
    {
        text?.Complete();
        textFile?.Flush();
        file.Complete();
    }

    public void Dispose() => file.Dispose();
}
