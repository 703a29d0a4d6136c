namespace GpuSampling.Generators.Emission;

/// <summary>A piece of a method's text: a line, or a block with a header.</summary>
internal abstract class Code
{
    private IReadOnlyList<string>? names;

    protected Code(string text)
    {
        Text = text;
        if (IsComment)
        {
            return;
        }

        Declares = DeclarationIn(text);
        if (Declares is null && WordEnd(text, 0) is > 0 and int end && string.CompareOrdinal(text, end, " = ", 0, 3) == 0)
        {
            Assigns = text.Substring(0, end);
        }

        (Cost, InlinedCost) = InliningCost.Of(text);
        if (Declares is { Type: "T" or "int" or "bool" or "Mask<T>" })
        {
            Cost += InliningCost.OfVariable;
        }
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

    /// <summary>The part of the cost that comes from elementary functions which the JIT inlines.</summary>
    public int InlinedCost { get; }

    /// <summary>The same for all of it.</summary>
    public virtual int TotalCost => Cost;

    /// <summary>The names that occur.</summary>
    public IReadOnlyList<string> Names => names ??= IsComment ? [] : NamesIn(Text);

    /// <summary>This and all that lies within.</summary>
    public List<Code> All()
    {
        var all = new List<Code>();
        AddTo(all);
        return all;
    }

    /// <summary>Appends this and all that lies within.</summary>
    public virtual void AddTo(List<Code> all) => all.Add(this);

    /// <summary>What a line begins by declaring, as in "T mean = …", "for (int i = …" or "T sum;".</summary>
    private static (string Type, string Name)? DeclarationIn(string text)
    {
        int start = text.StartsWith("for (", StringComparison.Ordinal) ? 5 : 0;
        int typeEnd = WordEnd(text, start);
        if (string.CompareOrdinal(text, typeEnd, "<T>", 0, 3) == 0)
        {
            typeEnd += 3;
        }

        int nameStart = typeEnd + 1;
        if (typeEnd == start || nameStart >= text.Length || text[typeEnd] != ' ')
        {
            return null;
        }

        int nameEnd = WordEnd(text, nameStart);
        bool isDeclaration = nameEnd > nameStart && nameEnd < text.Length
            && (text[nameEnd] == ';' || string.CompareOrdinal(text, nameEnd, " =", 0, 2) == 0);
        string type = text.Substring(start, typeEnd - start);
        return isDeclaration && (type is "T" or "int" or "bool" or "Mask<T>" || type.EndsWith("Values<T>", StringComparison.Ordinal))
            ? (type, text.Substring(nameStart, nameEnd - nameStart))
            : null;
    }

    /// <summary>Where the word that begins at a place ends.</summary>
    public static int WordEnd(string text, int start)
    {
        while (start < text.Length && (char.IsLetterOrDigit(text[start]) || text[start] == '_'))
        {
            start++;
        }

        return start;
    }

    /// <summary>The identifiers that do not follow a dot.</summary>
    private static string[] NamesIn(string text)
    {
        var found = new List<string>();
        for (int i = 0; i < text.Length;)
        {
            int start = i;
            i = WordEnd(text, i);
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

    public override void AddTo(List<Code> all)
    {
        all.Add(this);
        foreach (Code item in Body)
        {
            item.AddTo(all);
        }
    }
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
