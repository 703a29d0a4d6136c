using System.Text.RegularExpressions;

namespace GpuSampling.Generators.Emission;

/// <summary>A piece of a method's text: a line, or a block with a header.</summary>
internal abstract class Code
{
    private static readonly Regex Declaration = new(@"^(?:for \()?(T|int|bool|Mask<T>|\w+Values<T>) (\w+)(?: =|;)", RegexOptions.CultureInvariant);
    private static readonly Regex Assignment = new(@"^(\w+) = ", RegexOptions.CultureInvariant);
    private readonly Lazy<string[]> names;

    protected Code(string text)
    {
        Text = text;
        names = new(() => IsComment ? [] : NamesIn(text));
        if (IsComment)
        {
            return;
        }

        Match declaration = Declaration.Match(text);
        if (declaration.Success)
        {
            Declares = (declaration.Groups[1].Value, declaration.Groups[2].Value);
        }
        else if (Assignment.Match(text) is { Success: true } assignment)
        {
            Assigns = assignment.Groups[1].Value;
        }

        Cost = InliningCost.Of(text);
    }

    /// <summary>The line, or the header of the block.</summary>
    public string Text { get; }

    public bool IsComment => Text.StartsWith("//", StringComparison.Ordinal);

    /// <summary>Type and name of the variable that is declared here.</summary>
    public (string Type, string Name)? Declares { get; }

    /// <summary>Whether a variable is declared here that gets its value later.</summary>
    public bool DeclaresWithoutValue => Declares is not null && Text.EndsWith(Declares.Value.Name + ";", StringComparison.Ordinal);

    /// <summary>The variable that receives a new value here.</summary>
    public string? Assigns { get; }

    /// <summary>What the line itself adds to the methods that the JIT has to inline.</summary>
    public int Cost { get; }

    /// <summary>The same for all of it.</summary>
    public virtual int TotalCost => Cost;

    /// <summary>The names that occur.</summary>
    public IReadOnlyList<string> Names => names.Value;

    /// <summary>This and all that lies within.</summary>
    public virtual IEnumerable<Code> All() => [this];

    /// <summary>The identifiers that do not follow a dot.</summary>
    private static string[] NamesIn(string text)
    {
        var found = new List<string>();
        for (int i = 0; i < text.Length;)
        {
            int start = i;
            while (i < text.Length && (char.IsLetterOrDigit(text[i]) || text[i] == '_'))
            {
                i++;
            }

            if (i == start)
            {
                i++;
            }
            else if (!char.IsDigit(text[start]) && (start == 0 || text[start - 1] != '.'))
            {
                found.Add(text.Substring(start, i - start));
            }
        }

        return [.. found];
    }
}

/// <summary>A line.</summary>
internal sealed class CodeLine(string text) : Code(text);

/// <summary>A loop or a side of a branch.</summary>
internal sealed class CodeBlock(string header) : Code(header)
{
    public List<Code> Body { get; set; } = [];

    public override int TotalCost => Cost + Body.Sum(item => item.TotalCost);

    public override IEnumerable<Code> All() => Body.SelectMany(item => item.All()).Prepend(this);
}

/// <summary>Writes the body of a method as a tree, so that it can be divided before it becomes text.</summary>
internal sealed class CodeWriter
{
    private readonly Stack<CodeBlock> open = new();

    public CodeWriter() => open.Push(new CodeBlock(""));

    /// <summary>All that was written.</summary>
    public List<Code> Body => open.Peek().Body;

    public void Line(string line) => Body.Add(new CodeLine(line));

    public void Open(string header)
    {
        var block = new CodeBlock(header);
        Body.Add(block);
        open.Push(block);
    }

    public void Close() => open.Pop();

    /// <summary>Writes a tree as text.</summary>
    public static void Print(IEnumerable<Code> body, SourceWriter writer)
    {
        foreach (Code item in body)
        {
            if (item is CodeBlock block)
            {
                writer.Open(block.Text);
                Print(block.Body, writer);
                writer.Close();
            }
            else
            {
                writer.Line(item.Text);
            }
        }
    }
}
