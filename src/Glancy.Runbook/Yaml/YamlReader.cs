using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Glancy.Runbook.Yaml;

/// <summary>
/// Reads the plain part of YAML that an operator can see through: mappings, lists and text. Anchors, aliases, tags,
/// merge keys, duplicate keys and second documents are refused, because they make a file mean something else than it
/// shows.
/// </summary>
internal sealed class YamlReader
{
    private const int MaximumDepth = 24;

    private readonly Parser parser;
    private readonly string file;
    private readonly RunbookReading reading;

    private YamlReader(string text, string file, RunbookReading reading)
    {
        parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
        this.file = file;
        this.reading = reading;
    }

    /// <summary>
    /// The top mapping of the file; null when there is none, the reason then being among the problems.
    /// </summary>
    public static YamlMap? Read(string text, string file, RunbookReading reading)
    {
        // The parser tells of a tab at the beginning of the mapping around it, which may be the whole file.
        var tabs = text.Split('\n')
            .Index()
            .Where(l => l.Item[..^l.Item.TrimStart().Length].Contains('\t', StringComparison.Ordinal))
            .ToList();
        foreach (var (index, _) in tabs)
        {
            reading.Problem(file, index + 1, "yaml-tab");
        }

        if (tabs.Count > 0)
        {
            return null;
        }

        var reader = new YamlReader(text, file, reading);
        try
        {
            var node = reader.Document();
            if (node is null)
            {
                return null;
            }

            if (node is YamlMap map)
            {
                return map;
            }

            reading.Problem(file, node.Line, "mapping-expected");
        }
        catch (YamlException e)
        {
            reading.Problem(file, (int)Math.Max(1, e.End.Line), "yaml-syntax", e.Message);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // The parser gives up like this, without a place, after a bracket that is never closed; its last event is
            // nearest.
            reading.Problem(file, (int)Math.Max(1, reader.parser.Current?.End.Line ?? 1), "yaml-broken");
        }

        return null;
    }

    private static int Line(ParsingEvent e) => (int)Math.Max(1, e.Start.Line);

    private YamlNode? Document()
    {
        parser.Consume<StreamStart>();
        if (!parser.TryConsume<DocumentStart>(out _))
        {
            reading.Problem(file, 0, "empty-file");
            return null;
        }

        var node = Node(0);
        parser.Consume<DocumentEnd>();
        if (parser.TryConsume<DocumentStart>(out var second))
        {
            reading.Problem(file, Line(second), "yaml-documents");
        }

        return node;
    }

    private YamlNode Node(int depth)
    {
        if (depth > MaximumDepth)
        {
            throw new YamlException(
                parser.Current?.Start ?? Mark.Empty,
                parser.Current?.End ?? Mark.Empty,
                "nested too deeply"
            );
        }

        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            reading.Problem(file, Line(alias), "yaml-alias", alias.Value.Value);
            return new YamlText("", Line(alias));
        }

        if (parser.Current is NodeEvent decorated)
        {
            Undecorated(decorated);
        }

        if (parser.TryConsume<Scalar>(out var scalar))
        {
            return new YamlText(IsNull(scalar) ? "" : scalar.Value, Line(scalar));
        }

        return parser.Accept<SequenceStart>(out _) ? List(depth) : Map(depth);
    }

    // "null" and "~" mean nothing to whoever knows YAML, and a word to whoever does not: they are as empty as they look
    // to the one, and in quotes they are the word. Every other scalar is the text it shows.
    private static bool IsNull(Scalar scalar) =>
        scalar is { Style: ScalarStyle.Plain, Value: "null" or "Null" or "NULL" or "~" };

    private YamlList List(int depth)
    {
        var start = parser.Consume<SequenceStart>();
        var items = new List<YamlNode>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(Node(depth + 1));
        }

        return new YamlList(items, Line(start));
    }

    private YamlMap Map(int depth)
    {
        var start = parser.Consume<MappingStart>();
        var entries = new List<YamlEntry>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = Node(depth + 1);
            var value = Node(depth + 1);
            if (key is not YamlText { Value: var name })
            {
                reading.Problem(file, key.Line, "yaml-key");
            }
            else if (name == "<<")
            {
                reading.Problem(file, key.Line, "yaml-merge");
            }
            else if (entries.Any(e => e.Key == name))
            {
                reading.Problem(file, key.Line, "duplicate-key", name);
            }
            else
            {
                entries.Add(new YamlEntry(name, key.Line, value));
            }
        }

        return new YamlMap(entries, Line(start));
    }

    private void Undecorated(NodeEvent e)
    {
        if (!e.Anchor.IsEmpty)
        {
            reading.Problem(file, Line(e), "yaml-anchor", e.Anchor.Value);
        }

        // "!" alone and explicit standard tags are refused too: every scalar is text here, whatever its tag would say.
        if (!e.Tag.IsEmpty)
        {
            reading.Problem(file, Line(e), "yaml-tag", e.Tag.Value);
        }
    }
}
