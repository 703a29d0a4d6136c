using System.Globalization;
using System.Runtime.InteropServices;
using GpuSampling.Interchange;

namespace GpuSampling.Cli;

/// <summary>Where random numbers go.</summary>
internal interface INumberWriter : IDisposable
{
    void Write<T>(ReadOnlySpan<T> numbers)
        where T : unmanaged;
}

/// <summary>Numbers as text: one to a line, or their bits in hexadecimal, four to a line.</summary>
internal sealed class TextNumberWriter(TextWriter output, bool hexadecimal, bool ownsOutput) : INumberWriter
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

    public void Dispose()
    {
        if (column > 0)
        {
            output.WriteLine();
        }

        output.Flush();
        if (ownsOutput)
        {
            output.Dispose();
        }
    }
}

/// <summary>Numbers in a file: NumPy's format or comma-separated text.</summary>
internal sealed class FileNumberWriter : INumberWriter
{
    private readonly FileStream file;
    private readonly long count;
    private bool hasHeader;

    private FileNumberWriter(FileStream file, long count)
    {
        this.file = file;
        this.count = count;
    }

    /// <summary>Opens a file by its ending.</summary>
    /// <exception cref="BadInputException">The ending is neither .npy nor .csv, or the file cannot be written.</exception>
    public static INumberWriter Create(FileInfo target, RandomRequest request)
    {
        try
        {
            return target.Extension.ToLowerInvariant() switch
            {
                ".npy" => new FileNumberWriter(target.Create(), request.Count),
                ".csv" => new TextNumberWriter(new StreamWriter(target.Create()), request.Hexadecimal, ownsOutput: true),
                _ => throw new BadInputException($"The output file {target.FullName} must end in .npy or .csv."),
            };
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"The output file {target.FullName} cannot be written: {fault.Message}");
        }
    }

    public void Write<T>(ReadOnlySpan<T> numbers)
        where T : unmanaged
    {
        if (!hasHeader)
        {
            NumpyArrayFile.WriteHeader<T>(file, [count]);
            hasHeader = true;
        }

        NumpyArrayFile.WriteValues(file, numbers);
    }

    public void Dispose() => file.Dispose();
}
